const { createHash } = require('node:crypto');
const { seeds, skipPauses, useHarness } = require('../support/engine');

const harness = useHarness({ fresh: true });

const chat = { __rl: true, mode: 'id', value: seeds.chats.group };

const parameters = {
	operation: 'sendMedia',
	chat,
	mediaType: 'image',
	inputType: 'binary',
	binaryPropertyName: 'data',
	caption: 'The menu',
};

/** @param {Buffer} file @param {string} [field] */
const itemWith = (file, field = 'data') => ({
	json: {},
	binary: {
		[field]: { data: file.toString('base64'), mimeType: 'image/png', fileName: 'menu.png' },
	},
});

/** @param {Buffer} file */
const sha256 = (file) => createHash('sha256').update(file).digest('hex');

describe('Send Media', () => {
	it('sends the file of each item, and outputs the ID that Pin Message needs', async () => {
		const files = [Buffer.from('one'), Buffer.alloc(100_001, 'two'), Buffer.from([0, 255, 254])];
		const { success } = await harness.run({
			items: files.map((file) => itemWith(file)),
			parameters,
		});
		expect(harness.ryze.sent).toMatchObject(
			files.map((file) => ({
				number: seeds.chats.group,
				mediaType: 'image',
				message: 'The menu',
				fileName: 'menu.png',
				mimeType: 'image/png',
				bytes: file.length,
				sha256: sha256(file),
				source: 'n8n',
			})),
		);
		const ids = harness.ryze.sent.map(({ messageId }) => messageId);
		expect(success.map(({ json }) => json.messageId)).toEqual(ids);
		const [messageId] = ids;
		await harness.run({ parameters: { messageId } });
		expect([...harness.ryze.pins.keys()]).toEqual([`demo/${messageId}`]);
	});

	it.each([
		['in lines', (/** @type {string} */ base64) => base64.replace(/.{8}/g, '$&\r\n')],
		['in the alphabet for URLs', (/** @type {string} */ base64) => base64.replace(/\+/g, '-')],
		['without padding', (/** @type {string} */ base64) => base64.replace(/=+$/, '')],
	])('sends a file whose base64 in the item is written %s', async (_, written) => {
		const file = Buffer.from('\xfb\xef\xbe\xfb a picture', 'latin1');
		const item = itemWith(file);
		item.binary.data.data = written(item.binary.data.data);
		await harness.run({ items: [item], parameters });
		expect(harness.ryze.sent).toMatchObject([{ bytes: file.length, sha256: sha256(file) }]);
	});

	it('sends nothing when something else stands in the item in place of base64', async () => {
		const item = itemWith(Buffer.from('AAA'));
		item.binary.data.data = 'QUFB","number":"5511888888888","x":"';
		const { error } = await harness.run({ items: [item], parameters });
		expect(error.message).toMatch(/^The file is not base64/);
		expect(harness.ryze.requests).toEqual([]);
	});

	it('sends a URL, which Ryze downloads', async () => {
		const mediaUrl = 'https://example.com/menu.pdf';
		const more = { mediaType: 'document', inputType: 'url', mediaUrl };
		await harness.run({ parameters: { ...parameters, ...more } });
		expect(harness.ryze.sent).toMatchObject([{ mediaType: 'document', mediaUrl }]);
	});

	it('sends a file again after a 429, and once in all', async () => {
		skipPauses();
		const file = Buffer.from('picture');
		harness.ryze.setFault(({ index }) => (index === 0 ? { status: 429 } : undefined));
		await harness.run({ items: [itemWith(file)], parameters });
		expect(harness.ryze.requests).toHaveLength(2);
		expect(harness.ryze.sent).toMatchObject([{ sha256: sha256(file) }]);
	});

	it('does not send a file again that may have been delivered', async () => {
		harness.ryze.setFault(() => ({ reset: 'after' }));
		const failure = await harness.failure({ items: [itemWith(Buffer.from('a'))], parameters });
		expect(failure.description).toMatch(/^The message may have been delivered anyway\./);
		expect(harness.ryze.sent).toHaveLength(1);
	});

	it('refuses an item without that file, and sends the others', async () => {
		const file = Buffer.from('picture');
		const items = [itemWith(file), itemWith(file, 'image'), itemWith(file)];
		const { success, failed } = await harness.run({ items, parameters, goOn: true });
		expect(success).toHaveLength(2);
		expect(failed.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			[
				expect.objectContaining({
					message: expect.stringContaining("'data'"),
					reason: 'invalid-parameter',
				}),
				{ item: 1 },
			],
		]);
	});

	it('refuses an empty file without a request', async () => {
		const failure = await harness.failure({ items: [itemWith(Buffer.alloc(0))], parameters });
		expect(failure).toMatchObject({ message: 'The file is empty', reason: 'invalid-parameter' });
		expect(harness.ryze.requests).toEqual([]);
	});

	it('says that a file is too large for Ryze', async () => {
		harness.ryze.configure({ largestBody: 1000 });
		const failure = await harness.failure({ items: [itemWith(Buffer.alloc(1000))], parameters });
		expect(failure).toMatchObject({ httpCode: '413', reason: 'unexpected-response' });
		expect(failure.description).toMatch(/^The file is too large for Ryze/);
	});

	it('stops before the next file after a failure, also one that was found before sending', async () => {
		const items = [itemWith(Buffer.alloc(0)), itemWith(Buffer.from('next'))];
		const options = { requestsAtOnce: 20 };
		const { error } = await harness.run({ items, parameters: { ...parameters, options } });
		expect(error.message).toBe('The file is empty');
		expect(harness.ryze.sent).toEqual([]);
	});
});
