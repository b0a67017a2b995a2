const { Readable } = require('node:stream');
const fc = require('fast-check');
const { Stopped } = require('../../../build/nodes/Ryze/errors/RyzeError');
const { checkFile, LARGEST_FILE } = require('../../../build/nodes/Ryze/transport/attachment');

/** @param {any} fields @param {any} attachment */
const bodyWith = async (fields, attachment) =>
	await (await checkFile(attachment, { timeout: 5000 })).bodyWith(fields);

/**
 * @param {Buffer} file
 * @param {{ pieces?: number[], size?: number }} [how] pieces: their lengths; all at once without them
 */
const attached = (file, { pieces, size = file.length } = {}) => ({
	key: 'mediaBase64',
	size: async () => size,
	open: async () => {
		if (!pieces) return file.toString('base64');
		const list = [];
		let from = 0;
		for (const length of pieces) {
			list.push(file.subarray(from, from + length));
			from += length;
		}
		return Readable.from([...list, file.subarray(from)]);
	},
});

describe('A body with a file', () => {
	it('is the JSON that the file as base64 would give, however it is read', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.uint8Array({ minLength: 1, maxLength: 300 }),
				fc.option(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 10 }), {
					nil: undefined,
				}),
				fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })),
				async (bytes, pieces, fields) => {
					const file = Buffer.from(bytes);
					const body = await bodyWith(fields, attached(file, { pieces }));
					const json = JSON.stringify({ ...fields, mediaBase64: file.toString('base64') });
					expect(body.toString()).toBe(json);
				},
			),
		);
	});

	it.each([
		['nothing in it', 0, 'The file is empty'],
		['a byte too much', LARGEST_FILE + 1, 'The file is 65 MB, but at most 64 MB can be sent'],
	])('is refused before the file is read that has %s', async (_, size, message) => {
		const open = jest.fn();
		const attachment = { key: 'mediaBase64', size: async () => size, open };
		await expect(bodyWith({}, attachment)).rejects.toMatchObject({
			failure: { message, reason: 'invalid-parameter', uncertain: false },
		});
		expect(open).not.toHaveBeenCalled();
	});

	it.each([[[2]], [undefined]])('is refused when the file has grown meanwhile', async (pieces) => {
		const file = Buffer.alloc(100);
		await expect(bodyWith({}, attached(file, { pieces, size: 10 }))).rejects.toMatchObject({
			failure: { message: 'The file was changed while it was read' },
		});
	});

	it('is refused when the file is longer or shorter by any number of bytes', async () => {
		const lengths = fc.integer({ min: 1, max: 40 });
		await fc.assert(
			fc.asyncProperty(lengths, lengths, fc.boolean(), async (length, size, inPieces) => {
				const file = attached(Buffer.alloc(length, '='), {
					pieces: inPieces ? [1] : undefined,
					size,
				});
				const body = bodyWith({ caption: '=' }, file);
				if (length === size) {
					await body;
					return;
				}
				await expect(body).rejects.toMatchObject({
					failure: {
						message:
							length > size
								? 'The file was changed while it was read'
								: `The file ended after ${length} of ${size} bytes`,
						reason: 'invalid-parameter',
						uncertain: false,
					},
				});
			}),
		);
	});

	it.each([undefined, null, NaN, Infinity, -1, 1.5, '9', {}])(
		'is refused before the file is read whose size is %p',
		async (size) => {
			const open = jest.fn();
			const attachment = { key: 'mediaBase64', size: async () => size, open };
			await expect(bodyWith({}, attachment)).rejects.toMatchObject({
				failure: { message: "The file has no size in n8n's store", reason: 'invalid-parameter' },
			});
			expect(open).not.toHaveBeenCalled();
		},
	);

	it('destroys a stream that the store gives after the stop', async () => {
		const halt = new AbortController();
		/** @type {(stream: Readable) => void} */
		let give = () => {};
		const attachment = {
			key: 'mediaBase64',
			size: async () => 3,
			open: async () => await new Promise((resolve) => (give = resolve)),
		};
		const file = await checkFile(/** @type {any} */ (attachment), {
			timeout: 5000,
			signal: halt.signal,
		});
		const body = file.bodyWith({});
		halt.abort();
		await expect(body).rejects.toBeInstanceOf(Stopped);
		const stream = new Readable({ read() {} });
		give(stream);
		await new Promise(setImmediate);
		expect(stream.destroyed).toBe(true);
	});
});
