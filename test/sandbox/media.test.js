'use strict';

const { createHash } = require('node:crypto');
const { once } = require('node:events');
const { createServer } = require('node:http');
const { startRyze, seeds } = require('../../sandbox/ryze');

const { chats, messages, instances } = seeds;

/** @type {Awaited<ReturnType<typeof startRyze>>} */
let ryze;

beforeEach(async () => {
	ryze = await startRyze();
});

afterEach(() => ryze.stop());

/**
 * @param {string} path
 * @param {object} [fields] makes it a POST
 * @returns {Promise<{ status: number, text: string, body: any }>}
 */
async function call(path, fields) {
	const response = await fetch(ryze.url + path, {
		method: fields ? 'POST' : 'GET',
		headers: { token: seeds.accountToken, 'Content-Type': 'application/json' },
		body: JSON.stringify(fields),
	});
	const text = await response.text();
	return { status: response.status, text, body: text.startsWith('{') ? JSON.parse(text) : null };
}

/** @param {object} fields @param {string} [instance] */
const send = (fields, instance = 'demo') => call(`/api/message/media/${instance}`, fields);

/** @param {string} text @param {number} status */
const failed = (status, text) => ({ status, body: { success: false, error: { message: text } } });

/** @param {Buffer} data */
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const number = '5511999999999';
const image = { number, mediaType: 'image', mediaBase64: picture.toString('base64') };
const linked = { number, mediaType: 'image', mediaUrl: 'https://example.com/a.jpg' };

describe('sending media', () => {
	it('takes base64 and keeps only its length and hash', async () => {
		const fields = { message: 'Look', mimeType: 'image/png', fileName: 'a.png', source: 'n8n' };
		const { status, body } = await send({ ...image, ...fields });
		expect([status, body]).toEqual([
			200,
			{
				success: true,
				message: 'Message sent successfully',
				status: 'sent',
				data: {
					messageId: expect.stringMatching(/^3EB0[0-9A-F]{20}$/),
					direction: 'outgoing',
					chat: { jid: chats.private, type: 'private' },
					sender: { jid: instances.demo.numberJid },
					messageType: 'image',
					mediaMimeType: 'image/png',
					mediaSize: 7,
					source: 'n8n',
					timestamp: expect.any(String),
				},
			},
		]);
		expect(ryze.sent).toEqual([
			{
				instance: 'demo',
				messageId: body.data.messageId,
				number,
				message: 'Look',
				replyTo: '',
				mentionAll: false,
				delay: 0,
				source: 'n8n',
				mediaType: 'image',
				mediaUrl: '',
				bytes: 7,
				sha256: sha256(picture),
				mimeType: 'image/png',
				fileName: 'a.png',
				isVoice: false,
				duration: 0,
				waveform: [],
			},
		]);
	});

	it('notes a URL and never fetches it', async () => {
		const server = createServer((_, res) => res.end('fetched'));
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
		let requests = 0;
		server.on('request', () => requests++);
		try {
			const mediaUrl = `http://127.0.0.1:${port}/a.jpg`;
			const { data } = (await send({ ...linked, mediaUrl })).body;
			expect(data).toMatchObject({ mediaUrl, mediaMimeType: 'image/jpeg' });
			expect(data).not.toHaveProperty('mediaSize');
			expect(ryze.sent).toMatchObject([{ mediaUrl, bytes: 0, sha256: '', mimeType: '' }]);
			expect(requests).toBe(0);
		} finally {
			server.close();
		}
	});

	it('takes base64 in the place of a URL', async () => {
		const { status } = await send({ number, mediaType: 'image', mediaUrl: image.mediaBase64 });
		expect(status).toBe(200);
		expect(ryze.sent).toMatchObject([{ mediaUrl: '', sha256: sha256(picture) }]);
	});

	it('takes audio as a voice message unless told otherwise', async () => {
		const audio = { ...image, mediaType: 'audio', duration: 3, waveform: [0, 50, 100] };
		const { data } = (await send(audio)).body;
		expect(data).toMatchObject({ mediaMimeType: 'audio/ogg; codecs=opus', mediaDuration: 3 });
		const file = await send({ ...audio, isVoice: false });
		expect(file.body.data).not.toHaveProperty('mediaDuration');
		await send({ ...image, isVoice: true });
		expect(ryze.sent.map(({ isVoice }) => isVoice)).toEqual([true, false, false]);
		expect(ryze.sent[0]).toMatchObject({ duration: 3, waveform: [0, 50, 100] });
	});

	it('makes a message that can be found, replied to and pinned', async () => {
		const fields = { number: chats.group, message: 'Look', replyTo: messages.group };
		const mentions = { mention: ['5511988888888'], mentionAll: true, replyPrivate: true };
		const { data } = (await send({ ...image, ...fields, ...mentions, delay: 0.01 })).body;
		expect(data).toMatchObject({
			chat: { jid: chats.group, type: 'group' },
			mentions: ['5511988888888@s.whatsapp.net'],
			mentionAll: true,
			replyTo: { messageId: messages.group },
		});
		const { messageId } = data;
		const found = await call(`/api/chat/getMessage/demo?messageId=${messageId}`);
		expect(found.body.data).toMatchObject({
			content: 'Look',
			type: 'image',
			media: { type: 'image', mimeType: 'image/jpeg', size: 7 },
		});
		const pinned = await call('/api/chat/pinMessage/demo', { pin: true, messageId });
		expect(pinned.body).toMatchObject({ success: true, chat_jid: chats.group });
	});

	const use = "Use 'image', 'video', 'audio', or 'document'";
	const wrongType = 'Invalid request body: wrong type of';
	it.each([
		['Number is required', { ...image, number: undefined }],
		['Number is not valid', { ...image, number: '12' }],
		['Number is not valid', { ...image, number: chats.group, mention: ['x'] }],
		[`Media type is required. ${use}`, { ...image, mediaType: '' }],
		[`Invalid media type. ${use}`, { ...image, mediaType: 'sticker' }],
		[`Invalid media type. ${use}`, { ...image, mediaType: 'Image' }],
		['Either mediaUrl or mediaBase64 is required', { ...image, mediaBase64: undefined }],
		['mediaUrl and mediaBase64 cannot be used together', { ...image, ...linked }],
		['Invalid media URL', { ...linked, mediaUrl: 'https://' }],
		['Invalid base64 data', { ...linked, mediaUrl: 'a.jpg' }],
		['Invalid base64 data', { ...image, mediaBase64: 'data:image/png;base64,AAAA' }],
		['Invalid base64 data', { ...image, mediaBase64: 'AAA' }],
		['Invalid base64 data', { ...image, mediaBase64: 'AAAA\nAAAA' }],
		['Invalid base64 data', { ...image, mediaBase64: '_-8=' }],
		['replyTo message not found', { ...image, replyTo: messages.unknown }],
		[`${wrongType} "isVoice"`, { ...image, isVoice: 'true' }],
		[`${wrongType} "waveform"`, { ...image, waveform: ['1'] }],
	])('answers 400 "%s" to %j', async (message, fields) => {
		expect(await send(fields)).toMatchObject(failed(400, message));
		expect(ryze.sent).toEqual([]);
	});

	it('responds with 503 while disconnected', async () => {
		const answer = failed(503, 'Instance is not connected to WhatsApp');
		expect(await send(image, 'offline')).toMatchObject(answer);
		expect(ryze.sent).toEqual([]);
	});
});

describe('a large request', () => {
	it('passes with 16 MB of media, and its record is short', async () => {
		const data = Buffer.alloc(16 * 1024 * 1024, 'picture');
		const mediaBase64 = data.toString('base64');
		expect((await send({ ...image, mediaBase64 })).status).toBe(200);
		expect(ryze.sent).toMatchObject([{ bytes: data.length, sha256: sha256(data) }]);
		const shown = `<${mediaBase64.length} characters>`;
		expect(ryze.requests).toMatchObject([{ body: { ...image, mediaBase64: shown } }]);
	});

	it('gets 413 beyond the largest body', async () => {
		const size = JSON.stringify(image).length;
		ryze.configure({ largestBody: size });
		expect((await send(image)).status).toBe(200);
		ryze.configure({ largestBody: size - 1 });
		const { status, text } = await send(image);
		expect([status, text]).toEqual([413, 'Request Entity Too Large\n']);
		expect(ryze.sent).toHaveLength(1);
		expect(() => ryze.configure({ largestBody: -1 })).toThrow(TypeError);
	});
});
