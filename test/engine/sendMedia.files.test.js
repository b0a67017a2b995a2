const { seeds, skipPauses, useHarness } = require('../support/engine');
const { storeWith } = require('../support/fileStore');

const harness = useHarness({ fresh: true });

const chat = { __rl: true, mode: 'id', value: seeds.chats.group };
const usual = { operation: 'sendMedia', chat, mediaType: 'document', inputType: 'binary' };

const pdf = {
	data: Buffer.from('%PDF-1.4').toString('base64'),
	mimeType: 'application/pdf',
	fileName: 'menu.pdf',
};

/** @param {unknown} binary the fields of the item @param {object} [parameters] */
const send = async (binary, parameters) =>
	await harness.run({
		items: [{ json: { base64: pdf.data.repeat(1000) }, binary: /** @type {any} */ (binary) }],
		parameters: { ...usual, binaryPropertyName: 'data', ...parameters },
	});

/** @param {object} data */
const sendStored = async (data, options = {}) => await send({ data }, { options });

describe("the file in 'Input Data Field Name'", () => {
	it.each([
		"={{ $('Items').item.binary.data }}",
		"={{ $('Items').first().binary.data }}",
		'={{ $input.item.binary.data }}',
		'={{ $binary.data }}',
		"={{ $node['Items'].binary.data }}",
		"={{ ({ ...$('Items').item.binary.data, mimeType: undefined }) }}",
	])('is taken, in the item or in a store: %s', async (binaryPropertyName) => {
		await send({ data: pdf, other: { ...pdf, fileName: 'other.pdf' } }, { binaryPropertyName });
		const { data } = storeWith({});
		await send({ data }, { binaryPropertyName });
		expect(harness.ryze.sent).toMatchObject([
			{ fileName: 'menu.pdf', bytes: 8 },
			{ fileName: 'a.png', bytes: 9 },
		]);
	});

	it('is taken from a node before the last one, which has dropped it', async () => {
		const binaryPropertyName = "={{ $('Items').all()[0].binary.data }}";
		const items = [{ json: {}, binary: { data: pdf } }, { json: {} }];
		const { success } = await harness.run({ items, parameters: { ...usual, binaryPropertyName } });
		expect(success).toHaveLength(2);
	});

	it.each([
		['={{ $binary }}', 'must be the name of a field or one file, but is an object'],
		['={{ {} }}', 'must be the name of a field or one file, but is an object'],
		['={{ $json }}', 'must be the name of a field or one file, but is an object'],
		["={{ ({ data: 'QUJD' }) }}", 'must be the name of a field or one file, but is an object'],
		['={{ [$binary.data] }}', 'must be the name of a field or one file, but is a list'],
		['={{ null }}', 'is required, but is empty'],
		["={{ ({ mimeType: 'image/png' }) }}", 'has no content'],
		['={{ $json.base64 }}', 'looks like the content of a file: "JVBER'],
		['={{ "data:image/png;base64," + $json.base64 }}', 'looks like the content of a file: "data:'],
		['={{ $binary.data }} ', 'looks like the content of a file: "[object Object]"'],
		["={{ 'no such field '.repeat(1000) }}", 'The item has no binary field'],
	])('is refused without a request when it is %s', async (binaryPropertyName, message) => {
		const { error } = await send({ data: pdf }, { binaryPropertyName });
		expect(error.message).toContain(message);
		expect(error.message.length).toBeLessThanOrEqual(501);
		expect(JSON.stringify(error).length).toBeLessThan(5000);
		expect(error.context.reason).toBe('invalid-parameter');
		expect(harness.ryze.requests).toEqual([]);
	});

	it.each([
		['holds no file', {}],
		['holds no file', null],
		['The file is not base64', { mimeType: 'image/png', data: 'data:image/png;base64,QUJD' }],
		['The file is not base64', { mimeType: 'text/plain', data: 'Hello, world!' }],
	])('is refused that %s: %j', async (message, data) => {
		const { error } = await send({ data });
		expect(error.message).toContain(message);
		expect(harness.ryze.requests).toEqual([]);
	});

	it('is what a tool of an AI agent does not get, which the model is told', async () => {
		/** @param {string} binaryPropertyName */
		const answerOf = async (binaryPropertyName) => {
			const { success } = await harness.engine.runAsTool({
				items: [{ json: { Caption: 'The menu' }, binary: { data: pdf } }],
				credential: harness.credential,
				parameters: { ...usual, binaryPropertyName },
			});
			return /** @type {any} */ (success[0].json.answer)[0];
		};
		expect((await answerOf('data')).error).toMatchObject({
			message: 'As a tool of an AI agent, the node gets no files in its input',
			description: expect.stringMatching(/^Set 'Input Type' to URL\./),
		});
		expect(await answerOf("={{ $('Items').first().binary.data }}")).toMatchObject({
			status: 'sent',
		});
	});
});

describe('a file with a type or name that says little', () => {
	it.each([
		['4711', { mimeType: 'application/octet-stream', fileExtension: 'pdf' }, '4711.pdf'],
		['4711.pdf', { mimeType: 'binary/octet-stream' }, '4711.pdf'],
		['Report 1.2', { mimeType: 'application/pdf' }, 'Report 1.2.pdf'],
	])('goes with both: %s', async (fileName, facts, shown) => {
		await send({ data: { ...pdf, ...facts, fileName } });
		await send({ data: { ...pdf, ...facts } }, { options: { fileName } });
		const sent = { fileName: shown, mimeType: 'application/pdf' };
		expect(harness.ryze.sent).toMatchObject([sent, sent]);
	});
});

describe("a file that n8n's store does not return", () => {
	it.each(
		/** @type {const} */ ([
			['short', 'The file ended after 8 of 9 bytes'],
			['nothing', 'The file ended after 0 of 9 bytes'],
			['longer', 'The file was changed while it was read'],
			['breaks', 'The file could not be read'],
		]),
	)('is not sent: %s', async (gives, message) => {
		const { data, streams } = storeWith({ gives });
		const { error } = await sendStored(data);
		expect(error).toMatchObject({ message, context: { reason: 'invalid-parameter' } });
		expect(error.description).toMatch(/^This file was not sent\./);
		expect(JSON.stringify(error) + error.stack).not.toContain('/home/node');
		expect(streams.map(({ destroyed }) => destroyed)).toEqual([true]);
		expect(harness.ryze.requests).toEqual([]);
	});

	const gone = Object.assign(new Error("ENOENT: no such file, open '/home/node/.n8n/abc'"), {
		code: 'ENOENT',
	});

	it.each([
		['is gone', async () => await Promise.reject(gone), "The file is no longer in n8n's store"],
		[
			'is locked',
			async () => await Promise.reject(new Error('EACCES: /home/node')),
			'The file could',
		],
		['has no metadata', async () => undefined, 'The file could not be read'],
		['has no size', async () => ({}), "The file has no size in n8n's store"],
		['has the size NaN', async () => ({ fileSize: NaN }), "The file has no size in n8n's store"],
		['has a negative size', async () => ({ fileSize: -1 }), "The file has no size in n8n's store"],
		['is empty', async () => ({ fileSize: 0 }), 'The file is empty'],
	])('is not read when it %s', async (_, metadata, message) => {
		const { data, streams } = storeWith({ metadata });
		const { error } = await sendStored(data);
		expect(error.message).toContain(message);
		expect(error.context.reason).toBe('invalid-parameter');
		expect(JSON.stringify(error) + error.stack).not.toContain('/home/node');
		expect(streams).toEqual([]);
	});

	let asked = 0;
	const never = async () => {
		asked++;
		return await new Promise(() => {});
	};

	it.each([
		['its content', { gives: /** @type {const} */ ('stalls') }],
		['its size', { metadata: never }],
	])('is given up after the timeout, and at once when stopped: %s', async (_, how) => {
		const { data, streams } = storeWith(how);
		const late = await sendStored(data, { timeout: 0.3 });
		expect(late.error).toMatchObject({
			message: 'The file could not be read in 0.3 s',
			context: { reason: 'timeout' },
		});
		const items = [{ json: {}, binary: { data } }];
		// As long as a test may take.
		const parameters = { ...usual, binaryPropertyName: 'data', options: { timeout: 600 } };
		const before = asked + streams.length;
		const { result, stop } = harness.start({ items, parameters });
		while (asked + streams.length === before) await new Promise(setImmediate);
		stop();
		await result;
		expect(streams.every(({ destroyed }) => destroyed)).toBe(true);
		expect(harness.ryze.requests).toEqual([]);
	});
});

describe('a file that is not sent', () => {
	const picture = { json: {}, binary: { data: { ...pdf } } };
	const options = { maxWait: 0 };

	/** @param {object} data */
	const runBetweenTwo = async (data) => {
		const pauses = skipPauses();
		const bad = Array.from({ length: 150 }, () => ({ json: {}, binary: { data } }));
		const { success, failed } = await harness.run({
			goOn: true,
			items: /** @type {any} */ ([picture, ...bad, picture]),
			parameters: { ...usual, binaryPropertyName: 'data', options },
		});
		expect(success).toHaveLength(2);
		const reasons = failed.map(({ json }) => /** @type {any} */ (json.error).reason);
		expect(new Set(reasons)).toEqual(new Set(['invalid-parameter']));
		expect(pauses).toEqual([]);
		expect(harness.ryze.sent).toHaveLength(2);
	};

	it('takes no place in the rate limit when it is empty', async () => {
		await runBetweenTwo({ ...pdf, data: '' });
	});

	it('takes no place in the rate limit when it is too large', async () => {
		const { data } = storeWith({ metadata: async () => ({ fileSize: 1e9 }) });
		await runBetweenTwo(data);
	});

	it('gives its place back when it turns out to be another one after the wait', async () => {
		const { data } = storeWith({ gives: 'short' });
		await runBetweenTwo(data);
	});
});

describe('a file', () => {
	it('has longer for its response than a text, and the editor shows how long', async () => {
		// These 30 s are over as soon as the request was read, all others never.
		const over = new AbortController();
		const spy = jest
			.spyOn(AbortSignal, 'timeout')
			.mockImplementation((ms) => (ms === 30_000 ? over.signal : new AbortController().signal));
		harness.ryze.setFault(({ path }) => {
			if (!path.startsWith('/api/message/text')) return undefined;
			setTimeout(() => over.abort(), 10);
			return { hang: true };
		});
		const url = { inputType: 'url', mediaUrl: 'https://example.com/film.mp4' };
		const film = await harness.run({ parameters: { ...usual, ...url, mediaType: 'video' } });
		expect(film.success).toHaveLength(1);
		const text = await harness.failure({ parameters: { operation: 'sendText', chat, text: 'Hi' } });
		expect(text).toMatchObject({ message: 'Ryze did not respond within 30 s', reason: 'timeout' });
		expect(spy.mock.calls).toEqual([[120_000], [30_000]]);
		spy.mockRestore();

		const { description } = /** @type {any} */ (harness.engine.loader.getNode('ryze').type);
		const shown = description.properties
			.filter((/** @type {any} */ { name }) => name === 'options')
			.map((/** @type {any} */ { displayOptions, options }) => [
				displayOptions.show.operation[0],
				options.find((/** @type {any} */ { name }) => name === 'timeout').default,
			]);
		expect(shown.filter((/** @type {any} */ [, seconds]) => seconds !== 30)).toEqual([
			['downloadMedia', 120],
			['sendMedia', 120],
		]);
	});
});
