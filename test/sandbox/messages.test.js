const { seeds, startRyze } = require('../../sandbox/ryze');

/** @type {Awaited<ReturnType<typeof startRyze>>} */
let ryze;

beforeAll(async () => {
	ryze = await startRyze({ limit: 1_000_000 });
});
afterEach(() => {
	ryze.reset();
	ryze.setConnected('demo', true);
});
afterAll(async () => await ryze.stop());

const { group, picture, privateChat, unknown } = seeds.messages;

/** @param {string} path @param {RequestInit} [init] */
async function ask(path, init) {
	const headers = { token: seeds.instances.demo.token, 'Content-Type': 'application/json' };
	const response = await fetch(ryze.url + path, { headers, ...init });
	return { status: response.status, body: await response.json() };
}

/** @param {string} message */
const error = (message) => ({ success: false, error: { message } });

describe('the file of a message', () => {
	/** @param {string} [messageId] */
	const file = async (messageId) =>
		await ask(`/api/chat/base64/demo${messageId ? `?messageId=${messageId}` : ''}`);

	it('comes as base64', async () => {
		expect(await file(picture)).toEqual({
			status: 200,
			body: {
				success: true,
				message: 'Base64 retrieved successfully',
				message_id: picture,
				mime_type: 'image/png',
				media_type: 'image',
				base64: seeds.picture.base64,
			},
		});
	});

	it('is refused in the words of the documents', async () => {
		const noFile = error('Message not found or no media available');
		expect(await file()).toEqual({
			status: 400,
			body: error('messageId query parameter is required'),
		});
		expect(await file(group)).toEqual({ status: 404, body: noFile });
		ryze.setConnected('demo', false);
		expect(await file(unknown)).toEqual({ status: 404, body: noFile });
		const offline = error('Instance is not connected to WhatsApp');
		expect(await file(picture)).toEqual({ status: 503, body: offline });
	});
});

describe('the status of a message', () => {
	/** @param {string} messageId */
	const statusOf = async (messageId) => await ask(`/api/chat/status/demo?messageId=${messageId}`);

	it('says whether it was sent or received, also without a connection', async () => {
		const sent = ryze.addSent('demo', '3EB05E47', seeds.chats.group);
		ryze.setConnected('demo', false);
		expect(await statusOf(group)).toMatchObject({
			status: 200,
			body: { success: true, message_id: group, direction: 'received', status_code: 2 },
		});
		expect(await statusOf(sent)).toMatchObject({ body: { direction: 'sent', status_code: 1 } });
	});

	it('is not known of what the instance does not know', async () => {
		expect(await statusOf(unknown)).toEqual({ status: 404, body: error('Message not found') });
	});
});

describe('a deletion', () => {
	/** @param {object} body */
	const remove = async (body) =>
		await ask('/api/chat/delete/demo', { method: 'DELETE', body: JSON.stringify(body) });

	it('is for oneself, unless it says otherwise', async () => {
		expect(await remove({ messageId: group })).toMatchObject({
			status: 200,
			body: { success: true, delete_type: 'delete_for_me' },
		});
		expect(await remove({ messageId: privateChat, deleteForEveryone: true })).toMatchObject({
			body: { delete_type: 'revoke' },
		});
		expect([...ryze.deleted]).toEqual([
			[`demo/${group}`, 'delete_for_me'],
			[`demo/${privateChat}`, 'revoke'],
		]);
	});

	it('cannot be repeated', async () => {
		await remove({ messageId: group });
		expect(await remove({ messageId: group })).toEqual({
			status: 404,
			body: error('message not found'),
		});
	});

	it('is refused in the words of the documents', async () => {
		expect(await remove({})).toEqual({ status: 400, body: error('MessageID is required') });
		expect(await remove({ messageId: unknown })).toMatchObject({ status: 404 });
		ryze.setConnected('demo', false);
		expect(await remove({ messageId: group })).toEqual({
			status: 503,
			body: error('Instance is not connected to WhatsApp'),
		});
	});
});
