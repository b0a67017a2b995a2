const { Readable } = require('node:stream');
const { readResponseFile } = require('../../../build/nodes/Ryze/transport/responseFile');
const { LARGEST_FILE } = require('../../../build/nodes/Ryze/transport/attachment');

const { signal } = new AbortController();

/** @param {Iterable<Buffer> | AsyncIterable<Buffer>} pieces */
const streamOf = (pieces) => Readable.from(pieces, { objectMode: false });

/** @param {any} body @param {AbortSignal} [stop] */
const read = async (body, stop = signal) =>
	await readResponseFile({ statusCode: 200, headers: { a: 'b' }, body }, 'file', stop);

/** @param {string} text @param {number} [size] of a piece */
function* piecesOf(text, size = 7) {
	const bytes = Buffer.from(text);
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** JSON whose file takes as many characters. @param {number} characters */
function* jsonWith(characters) {
	const piece = Buffer.alloc(1024 * 1024, 'A');
	yield Buffer.from('{"success":true,"file":"');
	for (let left = characters; left > 0; left -= piece.length) {
		yield piece.subarray(0, Math.min(left, piece.length));
	}
	yield Buffer.from('"}');
}

describe('an response with a file', () => {
	it('gives the file for itself, and everything else as it came', async () => {
		const text = JSON.stringify({ success: true, name: 'é 🎉', file: 'aGk=' });
		const { response, file, failure } = await read(streamOf(piecesOf(text)));
		expect(response).toEqual({
			statusCode: 200,
			headers: { a: 'b' },
			body: { success: true, name: 'é 🎉' },
		});
		expect(file?.toString()).toBe('hi');
		expect(failure).toBeUndefined();
	});

	it.each([
		['', ''],
		['no JSON', 'no JSON'],
		['[1]', [1]],
		['null', null],
		['{"error":{"message":"x"}}', { error: { message: 'x' } }],
	])('is passed on without a file when it is %j', async (text, body) => {
		const { response, file } = await read(streamOf(piecesOf(text)));
		expect(response.body).toEqual(body);
		expect(file).toBeUndefined();
	});

	it('may have the largest file in it', async () => {
		const { file, failure } = await read(streamOf(jsonWith(Math.ceil(LARGEST_FILE / 3) * 4)));
		expect(failure).toBeUndefined();
		expect(file?.length).toBeGreaterThanOrEqual(LARGEST_FILE);
	});

	it('is not read to its end when it is larger', async () => {
		let given = 0;
		async function* endless() {
			const piece = Buffer.alloc(1024 * 1024, 'A');
			for (;;) {
				given += piece.length;
				yield piece;
			}
		}
		const stream = streamOf(endless());
		const { response, file, failure } = await read(stream);
		expect(failure).toMatchObject({
			message: 'The file is larger than 64 MB, the most that can be downloaded',
			reason: 'invalid-parameter',
			uncertain: false,
		});
		expect(response.body).toBeUndefined();
		expect(file).toBeUndefined();
		expect(given).toBeLessThan(2 * LARGEST_FILE);
		expect(stream.destroyed).toBe(true);
	});

	it('throws when the connection breaks', async () => {
		async function* broken() {
			yield Buffer.from('{"success":');
			throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
		}
		await expect(read(streamOf(broken()))).rejects.toMatchObject({ code: 'ECONNRESET' });
	});

	it('throws at once when nobody waits for it any longer', async () => {
		const stop = new AbortController();
		const stream = new Readable({ read() {} });
		stream.push('{');
		const reading = read(stream, stop.signal);
		stop.abort();
		await expect(reading).rejects.toThrow();
		expect(stream.destroyed).toBe(true);
	});
});
