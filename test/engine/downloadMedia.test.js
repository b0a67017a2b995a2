const { createHash, randomBytes } = require('node:crypto');
const { seeds, skipPauses, useHarness } = require('../support/engine');
const { operations } = require('../support/operations');

const harness = useHarness({ limit: 1_000_000 });

const { group, picture, unknown } = seeds.messages;
const { parameters } = operations['message/downloadMedia'];
const content = Buffer.from(seeds.picture.base64, 'base64');

/** @param {Buffer} data */
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** @param {any} item @param {string} [field] @returns {Buffer} */
const fileIn = (item, field = 'data') => Buffer.from(item.binary[field].data, 'base64');

/** @param {object} fields of the answer */
const answer = (fields) => ({ status: 200, body: { success: true, ...fields } });

const notThere = {
	status: 404,
	body: { success: false, error: { message: 'Message not found or no media available' } },
};

describe('Download Media', () => {
	it('puts the file into the field, named and typed as by the nodes of n8n', async () => {
		const { success, error } = await harness.run({
			parameters: { ...parameters, outputField: ' photo ' },
		});
		expect(error).toBeUndefined();
		const [{ json, binary }] = success;
		expect(binary).toEqual({
			photo: expect.objectContaining({
				fileName: `${picture}.png`,
				fileExtension: 'png',
				mimeType: 'image/png',
				fileType: 'image',
			}),
		});
		expect(fileIn(success[0], 'photo')).toEqual(content);
		expect(json).not.toHaveProperty('base64');
		expect(JSON.stringify(json)).not.toContain(seeds.picture.base64);
	});

	it('outputs a file for Send Media that it can send on', async () => {
		const { run, error } = await harness.run({
			parameters,
			next: {
				parameters: {
					resource: 'message',
					operation: 'sendMedia',
					chat: seeds.chats.private,
					mediaType: 'image',
					inputType: 'binary',
					binaryPropertyName: 'data',
				},
			},
		});
		expect(error).toBeUndefined();
		expect(run.data.resultData.runData.Next).toHaveLength(1);
		expect(harness.ryze.sent).toMatchObject([
			{
				bytes: content.length,
				sha256: sha256(content),
				mimeType: 'image/png',
				fileName: `${picture}.png`,
			},
		]);
	});

	it.each([
		[
			'a voice note',
			'audio/ogg; codecs=opus',
			{},
			{ fileName: `${picture}.ogg`, mimeType: 'audio/ogg' },
		],
		[
			'a name',
			'application/pdf',
			{ fileName: ' a/b ' },
			{ fileName: 'a-b.pdf', mimeType: 'application/pdf' },
		],
		['a name with its extension', 'image/jpeg', { fileName: 'a.jpg' }, { fileName: 'a.jpg' }],
		[
			'a type that says nothing, and a name that does',
			'application/octet-stream',
			{ fileName: 'a.pdf' },
			{ fileName: 'a.pdf', mimeType: 'application/pdf' },
		],
		[
			'a type that says nothing',
			'application/octet-stream',
			{},
			{ fileName: picture, mimeType: 'application/octet-stream' },
		],
	])('names a file with %s', async (_, mimeType, options, expected) => {
		harness.ryze.setFault(() => answer({ mime_type: mimeType, base64: 'AAAA' }));
		const { success } = await harness.run({ parameters: { ...parameters, options } });
		expect(success[0].binary?.data).toMatchObject(expected);
	});

	it('takes base64 with its type in front, and leaves every byte as it is', async () => {
		const data = randomBytes(100_001);
		const base64 = `data:image/png;base64,${data.toString('base64')}`;
		harness.ryze.setFault(() => answer({ mime_type: 'image/png', base64 }));
		const { success } = await harness.run({ parameters });
		expect(sha256(fileIn(success[0]))).toBe(sha256(data));
	});

	it('masks the token in the rest of the response, but never changes the file', async () => {
		const { token } = harness.credential;
		const data = Buffer.from(`before ${token} after`);
		const fields = { mime_type: 'image/png', hint: token, base64: data.toString('base64') };
		harness.ryze.setFault(() => answer(fields));
		const { success } = await harness.run({ parameters });
		expect(success[0].json).toMatchObject({ hint: '***' });
		expect(fileIn(success[0])).toEqual(data);
	});

	it.each([
		['no base64', {}],
		['empty base64', { base64: '' }],
		['what is not base64', { base64: 'not found!' }],
		['another type', { base64: { data: 'AAAA' } }],
	])('fails when the answer has %s', async (_, fields) => {
		harness.ryze.setFault(() => answer(fields));
		expect(await harness.failure({ parameters })).toMatchObject({
			message: "Ryze's response contains no file",
			reason: 'unexpected-response',
		});
	});

	it('says what something else has responded', async () => {
		harness.ryze.setFault(() => ({ status: 200, body: '<html>Sign in</html>' }));
		expect(await harness.failure({ parameters })).toMatchObject({
			message: 'Received HTTP 200 with a web page instead of a response from Ryze',
			reason: 'unexpected-response',
		});
	});
});

describe('a file that is not stored yet', () => {
	it('is asked for again after a moment', async () => {
		const pauses = skipPauses();
		harness.ryze.setFault(({ index }) => (index < 2 ? notThere : undefined));
		const { success, hints } = await harness.run({ parameters });
		expect(fileIn(success[0])).toEqual(content);
		expect(harness.ryze.requests).toHaveLength(3);
		expect(pauses.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(3000);
		expect(hints).toHaveLength(1);
	});

	it('is asked for 4 times within 7 seconds, and the following ones once', async () => {
		const pauses = skipPauses();
		const { failed } = await harness.run({
			items: [group, unknown, group].map((id) => ({ json: { id } })),
			parameters: { ...parameters, messageId: '={{ $json.id }}' },
			goOn: true,
		});
		const error = expect.objectContaining({
			message: 'Message not found or no media available',
			description: expect.stringMatching(/^Check that the message has a file, and /),
			reason: 'message-not-found',
			httpCode: '404',
		});
		expect(failed.map(({ json }) => json.error)).toEqual([error, error, error]);
		expect(harness.ryze.requests).toHaveLength(4 + 1 + 1);
		expect(pauses.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(7000);
	});

	it('is not what another 404 means', async () => {
		const instance = 'nobody';
		const credential = { ...harness.credential, token: seeds.accountToken, instance };
		expect(await harness.failure({ parameters, credential })).toMatchObject({
			message: 'Instance not found',
		});
		expect(harness.ryze.requests).toHaveLength(1);
	});
});

describe('a lost connection', () => {
	it.each(/** @type {const} */ (['before', 'midway', 'after']))(
		'is no end when it breaks %s',
		async (reset) => {
			skipPauses();
			harness.ryze.setFault(({ index }) => (index === 0 ? { reset } : undefined));
			const { success } = await harness.run({ parameters });
			expect(fileIn(success[0])).toEqual(content);
			expect(harness.ryze.requests).toHaveLength(2);
		},
	);

	it('ends in time when the response comes too slowly', async () => {
		harness.ryze.setFault(() => ({ drip: { everyMs: 50, bytes: 1 } }));
		expect(
			await harness.failure({ parameters: { ...parameters, options: { timeout: 0.4 } } }),
		).toMatchObject({ message: 'Ryze did not respond within 0.4 s', reason: 'timeout' });
	});
});

describe('Download Media as a tool of an AI agent', () => {
	it('tells the model name, type and size, and never the content', async () => {
		const { success, error } = await harness.engine.runAsTool({
			items: [{ json: { id: picture } }],
			credential: harness.credential,
			parameters: {
				...parameters,
				messageId: "={{ $fromAI('id', 'the message', 'string') }}",
			},
		});
		expect(error).toBeUndefined();
		expect(success.map(({ json }) => json)).toEqual([
			{
				answer: [
					{
						success: true,
						message: 'Base64 retrieved successfully',
						message_id: picture,
						mime_type: 'image/png',
						media_type: 'image',
						file: {
							fileName: `${picture}.png`,
							mimeType: 'image/png',
							fileSize: content.length,
							note: expect.stringMatching(/^An AI agent gets no files from n8n/),
						},
					},
				],
			},
		]);
	});
});
