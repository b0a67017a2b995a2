'use strict';

const { once } = require('node:events');
const { createServer } = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');
const { startRyze, seeds, events } = require('../../sandbox/ryze');

const { accountToken, messages, chats, instances } = seeds;

/** @type {Awaited<ReturnType<typeof startRyze>>} */
let ryze;
/** @type {import('node:http').Server} */
let receiver;
/** @type {string} */
let hook;
/** What the receiver got. @type {{ url?: string, headers: any, body: string }[]} */
let got;
/** Answers of the receiver, in turn: a status, or none at all; then 200. @type {(number | null)[]} */
let answers;

beforeEach(async () => {
	got = [];
	answers = [];
	receiver = createServer(async (req, res) => {
		let body = '';
		for await (const chunk of req) body += chunk;
		got.push({ url: req.url, headers: req.headers, body });
		const status = answers.shift();
		if (status === null) return;
		// Where it is followed, the redirect would show as one more request.
		res.writeHead(status ?? 200, { Location: '/elsewhere' }).end('ok');
	});
	receiver.listen(0, '127.0.0.1');
	await once(receiver, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (receiver.address());
	hook = `http://127.0.0.1:${port}/hook`;
	ryze = await startRyze({ retryDelaysMs: [10, 20] });
});

afterEach(async () => {
	await ryze.stop();
	receiver.close();
	receiver.closeAllConnections();
});

/** @param {string} path @param {object} body @returns {Promise<any>} */
async function post(path, body) {
	const response = await fetch(ryze.url + path, {
		method: 'POST',
		headers: { token: accountToken, 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return await response.json();
}

const flow = events.groupFlow();
/** @param {import('../../sandbox/ryze/types').DeliverOptions} [options] */
const deliver = (options) => ryze.deliver('demo', 'group.flow', flow, options);
/** @param {import('../../sandbox/ryze/types').Delivery} delivery */
const statuses = ({ attempts }) => attempts.map(({ status }) => status);

/** What a live message has that is not in it. */
const nothing = {
	source: '',
	isForwarded: false,
	isEdit: false,
	edit: null,
	context: null,
	media: null,
	reaction: null,
	interactive: null,
};

describe('a delivery', () => {
	it('posts the envelope with the stored authorization', async () => {
		ryze.setWebhook('demo', { url: hook, authorization: 'Bearer svc-token-xyz' });
		const before = Date.now();
		const records = await deliver();
		expect(records).toEqual([
			{
				instance: 'demo',
				label: 'default',
				url: hook,
				event: 'group.flow',
				attempts: [{ at: expect.any(Number), status: 200 }],
				delivered: true,
			},
		]);
		expect(records[0].attempts[0].at).toBeGreaterThanOrEqual(before);
		expect(ryze.deliveries).toEqual(records);
		expect(JSON.stringify(records)).not.toMatch(/svc-token|sandbox-token/);
		const [{ url, headers, body }] = got;
		expect(url).toBe('/hook');
		expect(headers.authorization).toBe('Bearer svc-token-xyz');
		expect(headers['content-type']).toBe('application/json');
		expect(JSON.parse(body)).toEqual({
			event: 'group.flow',
			data: flow,
			instanceData: { baseUrl: ryze.url, instance: 'demo', token: instances.demo.token },
		});
	});

	it('reaches all enabled webhooks that want the event, or a chosen one', async () => {
		ryze.setWebhook('demo', { label: 'b', url: `${hook}/b/?x=1`, byEvents: true });
		ryze.setWebhook('demo', { label: 'a', url: `${hook}/a` });
		ryze.setWebhook('demo', { label: 'other', url: hook, events: ['call.update'] });
		ryze.setWebhook('demo', { label: 'off', url: hook, enabled: false });
		ryze.setWebhook('second', { url: hook });
		expect((await deliver()).map(({ label }) => label)).toEqual(['a', 'b']);
		expect(got.map(({ url }) => url).sort()).toEqual(['/hook/a', '/hook/b/group.flow?x=1']);
		expect(got.map(({ headers }) => 'authorization' in headers)).toEqual([false, false]);
		expect((await deliver({ label: 'a' })).map(({ label }) => label)).toEqual(['a']);
		expect(await deliver({ label: 'other' })).toEqual([]);
		expect(got).toHaveLength(3);
		await expect(deliver({ label: 'nobody' })).rejects.toThrow('no webhook labelled "nobody"');
		await expect(ryze.deliver('demo', /** @type {any} */ ('x'), {})).rejects.toThrow('no event');
		await expect(ryze.deliver('nobody', 'group.flow', {})).rejects.toThrow('no instance');
	});

	it('is tried again with the same bytes until it is accepted', async () => {
		ryze.setWebhook('demo', { url: hook, authorization: 'A' });
		answers = [500, 302];
		const [record] = await deliver();
		expect([statuses(record), record.delivered]).toEqual([[500, 302, 200], true]);
		const [first, second, third] = record.attempts.map(({ at }) => at);
		expect(second - first).toBeGreaterThanOrEqual(9);
		expect(third - second).toBeGreaterThanOrEqual(19);
		expect(new Set(got.map(({ body }) => body)).size).toBe(1);
		expect(got.map(({ url }) => url)).toEqual(['/hook', '/hook', '/hook']);
		expect(got.map(({ headers }) => headers.authorization)).toEqual(['A', 'A', 'A']);
	});

	it('is given up after the last attempt', async () => {
		ryze.setWebhook('demo', { url: hook });
		answers = [404, 404, 404];
		const [refused] = await deliver();
		expect([statuses(refused), refused.delivered]).toEqual([[404, 404, 404], false]);

		ryze.configure({ retryDelaysMs: [], deliveryTimeoutMs: 50 });
		answers = [null];
		expect((await deliver())[0].attempts).toMatchObject([
			{ status: 0, reason: 'no answer within 50 ms' },
		]);
		receiver.close();
		receiver.closeAllConnections();
		expect((await deliver())[0].attempts).toMatchObject([{ status: 0, reason: 'ECONNREFUSED' }]);
		expect(() => ryze.configure({ retryDelaysMs: [-1] })).toThrow(TypeError);
	});

	it('is tried three times unless configured otherwise', async () => {
		const usual = await startRyze();
		try {
			usual.setWebhook('demo', { url: hook });
			answers = [500, 500, 500, 500];
			const [{ attempts }] = await usual.deliver('demo', 'group.flow', flow);
			expect(attempts).toHaveLength(3);
			expect(attempts[2].at - attempts[0].at).toBeGreaterThanOrEqual(298);
		} finally {
			await usual.stop();
		}
	});

	it('can be repeated, or sent with another authorization', async () => {
		ryze.setWebhook('demo', { url: hook, authorization: 'Bearer right' });
		const [repeated] = await deliver({ repeat: true });
		expect([statuses(repeated), repeated.delivered]).toEqual([[200, 200], true]);
		expect(got[0].body).toBe(got[1].body);
		await deliver({ authorization: 'Bearer forged' });
		await deliver({ authorization: null });
		const seen = got.map(({ headers }) => headers.authorization);
		expect(seen).toEqual(['Bearer right', 'Bearer right', 'Bearer forged', undefined]);
	});

	it.each([
		['http://192.0.2.1/hook', /^not a loopback address/],
		['http://127.0.0.1.example.com/hook', /^not a loopback address/],
		['http://localhost@example.com/', /^not a loopback address/],
		['ftp://127.0.0.1/', /^not http/],
		['hook', /^not a URL$/],
	])('never posts to %s', async (url, reason) => {
		ryze.setWebhook('demo', { url });
		const [{ attempts, delivered }] = await deliver();
		expect(attempts).toEqual([
			{ at: expect.any(Number), status: 0, reason: expect.stringMatching(reason) },
		]);
		expect(delivered).toBe(false);
	});

	it('posts to localhost by name', async () => {
		ryze.setWebhook('demo', { url: hook.replace('127.0.0.1', 'localhost') });
		expect((await deliver())[0].delivered).toBe(true);
	});

	it.each(/** @type {const} */ (['stop', 'reset']))('is given up on %s', async (end) => {
		ryze.setWebhook('demo', { url: hook });
		answers = [null];
		const waiting = deliver({ repeat: true });
		for (let i = 0; i < 100 && got.length === 0; i++) await sleep(5);
		await ryze[end]();
		const [{ attempts, delivered }] = await waiting;
		expect(attempts).toMatchObject([{ status: 0, reason: 'given up: stop() or reset()' }]);
		expect([delivered, got.length]).toEqual([false, 1]);
		if (end === 'reset') expect(ryze.deliveries).toEqual([]);
	});
});

describe('the builder of events', () => {
	const exchange = {
		id: 'ID',
		timestamp: '2026-07-31T12:00:00Z',
		chat: { jid: chats.group, name: 'Team' },
		sender: { jid: chats.private },
		text: 'Hello',
		extra: { isEdit: true },
	};
	const moved = {
		direction: 'incoming',
		timestamp: exchange.timestamp,
		chat: { jid: chats.group, name: 'Team', type: 'group' },
		sender: { jid: chats.private },
	};

	it('builds a message in the live layout', () => {
		expect(events.messageExchange(exchange)).toEqual({
			id: 'ID',
			...moved,
			recipient: null,
			message: { ...nothing, type: 'text', content: 'Hello', isEdit: true },
		});
		const sent = events.messageExchange({ source: 'n8n' });
		expect(sent.message).toEqual({ ...nothing, type: 'text', content: 'Hi!', source: 'n8n' });
		expect(sent).toMatchObject({ recipient: null });
	});

	it("builds a message in the docs' layout", () => {
		expect(events.messageExchange({ ...exchange, layout: 'docs' })).toEqual({
			id: 'ID',
			message: { id: 'ID', ...moved, type: 'text', content: { text: 'Hello' }, isEdit: true },
		});
	});

	it.each(
		/** @type {const} */ ([
			['live', undefined, false],
			['live', false, false],
			['live', true, true],
			['docs', undefined, true],
			['docs', false, false],
			['docs', true, true],
		]),
	)('names the message answered, in the layout %s with inside: %s', (layout, inside, isInside) => {
		const reply = { of: messages.group, text: 'What time?', inside };
		/** @type {any} */
		const data = events.messageExchange({ ...exchange, layout, reply });
		const named = { message_id: messages.group, text: 'What time?' };
		expect([data.reply, data.message.reply]).toEqual(
			isInside ? [undefined, named] : [named, undefined],
		);
		// The sender is that of the answer, where the layout has it.
		const { sender } = layout === 'live' ? data : data.message;
		expect(sender).toEqual({ jid: chats.private });
	});

	it('names a sender with the name and the LID given, in both layouts', () => {
		const sender = { jid: '5511988888888', lid: '123456789012345@lid', name: 'João' };
		expect(events.messageExchange({ sender })).toMatchObject({ sender });
		const inDocs = events.messageExchange({ sender, layout: 'docs' });
		expect(inDocs).toMatchObject({ message: { sender } });
		const hidden = { lid: sender.lid };
		expect(events.messageExchange({ sender: hidden })).toMatchObject({ sender: hidden });
	});

	it('builds every other kind of event', () => {
		expect(ryze.events).toBe(events);
		expect(events.messageStatus({ status: 'read', chat: { jid: chats.group } })).toMatchObject({
			status: 'read',
			messageIds: [messages.privateChat],
			chat: { jid: chats.group, type: 'group', isCommunity: false },
		});
		expect(events.groupFlow()).toMatchObject({
			type: 'joined',
			groupJid: chats.group,
			participants: [{ jid: chats.private }],
		});
		expect(events.groupFlow({ type: 'left' }).type).toBe('left');
		expect(events.instanceState({ state: 'logged_out' })).toMatchObject({ state: 'logged_out' });
		expect(events.labelUpdate()).toMatchObject({ type: 'chat', labelId: '1', labeled: true });
		expect(events.callUpdate({ type: 'rejected' })).toMatchObject({ type: 'rejected' });
	});
});

describe('a message', () => {
	it('is known to the instance before its event is delivered', async () => {
		ryze.setWebhook('demo', { url: hook });
		const chat = { jid: chats.group };
		const { messageId, deliveries } = await ryze.receive('demo', { chat, text: 'In a group' });
		expect(deliveries).toMatchObject([{ event: 'message.exchange', delivered: true }]);
		expect(JSON.parse(got[0].body).data).toMatchObject({
			id: messageId,
			direction: 'incoming',
			chat: { jid: chats.group, type: 'group' },
			recipient: { jid: instances.demo.numberJid },
			message: { type: 'text', content: 'In a group' },
		});
		const pinned = await post('/api/chat/pinMessage/demo', { pin: true, messageId });
		expect(pinned.chat_jid).toBe(chats.group);
	});

	it('can be given an ID, a layout, a direction and delivery options', async () => {
		ryze.setWebhook('second', { url: hook });
		const from = { jid: '5511988888888@s.whatsapp.net' };
		await ryze.receive('second', { id: 'ONE', layout: 'docs', chat: from }, { repeat: true });
		await ryze.receive('second', { id: 'TWO', direction: 'outgoing', chat: from });
		const data = got.map(({ body }) => JSON.parse(body).data);
		expect(data.map(({ id }) => id)).toEqual(['ONE', 'ONE', 'TWO']);
		expect(data[0].message).toMatchObject({ id: 'ONE', sender: from, content: { text: 'Hi!' } });
		expect(data[2]).toMatchObject({
			direction: 'outgoing',
			sender: { jid: instances.second.numberJid },
			message: { type: 'text', content: 'Hi!' },
		});
		expect(data[2].message.source).toBe('');
		for (const messageId of ['ONE', 'TWO']) {
			const pinned = await post('/api/chat/pinMessage/second', { pin: true, messageId });
			expect(pinned.chat_jid).toBe(from.jid);
		}
	});

	it('that was sent through the API is delivered as an event', async () => {
		ryze.setWebhook('demo', { url: hook });
		const fields = { number: chats.group, message: 'Hello', replyTo: messages.group };
		const { data: sent } = await post('/api/message/text/demo', { ...fields, source: 'n8n' });
		await ryze.idle();
		expect(ryze.deliveries).toMatchObject([{ event: 'message.exchange', delivered: true }]);
		expect(JSON.parse(got[0].body).data).toEqual({
			id: sent.messageId,
			direction: 'outgoing',
			timestamp: sent.timestamp,
			chat: sent.chat,
			sender: sent.sender,
			recipient: null,
			message: {
				...nothing,
				type: 'text',
				content: 'Hello',
				source: 'n8n',
				reply: { message_id: messages.group, text: 'Hi!' },
			},
		});
	});

	it('with media that was sent through the API is delivered with its caption', async () => {
		ryze.setWebhook('demo', { url: hook });
		const file = { mediaType: 'document', mediaBase64: 'AAAA', fileName: 'a.pdf' };
		const fields = { number: chats.group, message: 'Read it', mimeType: 'application/pdf' };
		const { data: sent } = await post('/api/message/media/demo', { ...file, ...fields });
		await post('/api/message/media/demo', { ...file, number: chats.group, fileName: undefined });
		await ryze.idle();
		expect(got).toHaveLength(2);
		const data = got.map(({ body }) => JSON.parse(body).data);
		expect(data.find(({ id }) => id === sent.messageId)).toEqual({
			id: sent.messageId,
			direction: 'outgoing',
			timestamp: sent.timestamp,
			chat: sent.chat,
			sender: sent.sender,
			recipient: null,
			message: {
				...nothing,
				type: 'document',
				content: '',
				source: 'api',
				media: {
					type: 'document',
					mimetype: 'application/pdf',
					fileName: 'a.pdf',
					fileSize: 3,
					caption: 'Read it',
				},
			},
		});
		expect(data.find(({ id }) => id !== sent.messageId).message.media).toEqual({
			type: 'document',
			mimetype: 'application/octet-stream',
			fileSize: 3,
		});
	});

	it('that is a reply is delivered with what it replies to', async () => {
		ryze.setWebhook('demo', { url: hook });
		const { messageId } = await ryze.receive('demo', { reply: { of: messages.notice } });
		const { data } = JSON.parse(got[0].body);
		expect(data).toMatchObject({
			id: messageId,
			sender: { jid: chats.private },
			reply: { message_id: messages.notice, text: 'Hi!' },
		});
	});

	it('that was sent gets a response before its event is delivered', async () => {
		ryze.setWebhook('demo', { url: hook });
		answers = [null];
		const sent = await post('/api/message/text/demo', { number: chats.group, message: 'Hello' });
		expect(sent.status).toBe('sent');
		expect(ryze.deliveries).toMatchObject([{ delivered: false }]);
	});
});
