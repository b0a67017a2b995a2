'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { seeds } = require('../../sandbox/ryze');
const { failed, useSandbox } = require('../support/sandboxCalls');
const { until } = require('../../sandbox/until');

const { messages, chats, instances } = seeds;
const NOT_CONNECTED = 'Instance is not connected to WhatsApp';
const ISO_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

const sandbox = useSandbox();

/** @param {object} fields @param {string} [instance] @param {AbortSignal} [signal] */
const send = (fields, instance = 'demo', signal) =>
	sandbox.call(`/api/message/text/${instance}`, fields, { signal });

/** @param {string} messageId @param {string} [instance] */
const find = (messageId, instance = 'demo') =>
	sandbox.call(`/api/chat/getMessage/${instance}?messageId=${messageId}`);

/** @param {object} fields @param {string} [instance] */
const favorite = (fields, instance = 'demo') =>
	sandbox.call(`/api/chat/favorite/${instance}`, fields);

/** @param {object} fields @param {string} [instance] */
const pinChat = (fields, instance = 'demo') =>
	sandbox.call(`/api/chat/pinChat/${instance}`, fields);

/** @param {object} fields @param {string} [instance] */
const markChatRead = (fields, instance = 'demo') =>
	sandbox.call(`/api/chat/markChatRead/${instance}`, fields);

/** Waits until the whole first request is there. */
async function arrived() {
	for (let i = 0; i < 200 && !sandbox.ryze.requests[0]?.body; i++) await sleep(5);
	expect(sandbox.ryze.requests).toMatchObject([{ body: hello, status: 0 }]);
}

const hello = { number: '5511999999999', message: 'Hello' };

describe('sending a text', () => {
	it('takes a bare number', async () => {
		const [status, body] = await send(hello);
		const { messageId, timestamp } = body.data;
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
					source: 'api',
					timestamp: expect.stringMatching(ISO_SECONDS),
				},
			},
		]);
		const [, found] = await find(messageId);
		expect(found.data).toEqual({
			content: 'Hello',
			type: 'text',
			from: instances.demo.numberJid,
			to: chats.private,
			chat: chats.private,
			timestamp,
			isGroup: false,
			status: 'sent',
		});
		const pinned = await sandbox.call('/api/chat/pinMessage/demo', { pin: true, messageId });
		expect(pinned).toMatchObject([200, { chat_jid: chats.private }]);
	});

	it('takes every field in a group', async () => {
		const [, { data }] = await send({
			number: chats.group,
			message: 'Hello',
			delay: 0.01,
			linkPreview: true,
			replyTo: messages.group,
			replyPrivate: true,
			mention: ['5511988888888', chats.private],
			mentionAll: true,
			source: 'n8n',
		});
		expect(data).toMatchObject({
			chat: { jid: chats.group, type: 'group' },
			mentions: ['5511988888888@s.whatsapp.net', chats.private],
			mentionAll: true,
			replyTo: { messageId: messages.group },
			source: 'n8n',
		});
		expect(sandbox.ryze.sent).toEqual([
			{
				instance: 'demo',
				messageId: data.messageId,
				number: chats.group,
				message: 'Hello',
				replyTo: messages.group,
				mentionAll: true,
				linkPreview: true,
				delay: 0.01,
				source: 'n8n',
			},
		]);
		const [, inPrivate] = await send({ ...hello, mention: [chats.private], mentionAll: true });
		expect(Object.keys(inPrivate.data)).not.toContain('mentions');
		expect(Object.keys(inPrivate.data)).not.toContain('mentionAll');
	});

	it('makes a new message each time, and forgets the record on reset', async () => {
		const { sent } = sandbox.ryze;
		const ids = new Set();
		for (let i = 0; i < 2; i++) ids.add((await send(hello))[1].data.messageId);
		expect(sent.map(({ messageId }) => messageId)).toEqual([...ids]);
		expect(ids.size).toBe(2);
		sandbox.ryze.reset();
		expect(sent).toEqual([]);
		ids.add((await send(hello))[1].data.messageId);
		expect(ids.size).toBe(3);
	});

	it('waits for the delay, and then sends even if the client has left', async () => {
		/** @type {number[]} milliseconds */
		const sentAfter = [];
		const { push } = sandbox.ryze.sent;
		const start = performance.now();
		sandbox.ryze.sent.push = (...sent) => {
			sentAfter.push(performance.now() - start);
			return push.apply(sandbox.ryze.sent, sent);
		};
		const leaving = new AbortController();
		const gone = expect(send({ ...hello, delay: 0.15 }, 'demo', leaving.signal)).rejects.toThrow();
		await arrived();
		leaving.abort();
		await gone;
		await until(() => sandbox.ryze.sent.length === 1);
		expect(sentAfter[0]).toBeGreaterThan(145);
		await send({ ...hello, delay: 0.2 });
		expect(sentAfter[1] - sentAfter[0]).toBeGreaterThan(195);
		expect(sandbox.ryze.sent.map(({ delay }) => delay)).toEqual([0.15, 0.2]);
	});

	it('is given up when the sandbox stops', async () => {
		// Asked just before the work; the immediate comes before any timer that the work sets.
		sandbox.ryze.setFault(() => void setImmediate(() => void sandbox.ryze.stop()));
		await expect(send({ ...hello, delay: 0.2 })).rejects.toThrow();
		expect(sandbox.ryze.requests).toMatchObject([{ body: hello, status: 0 }]);
		await sleep(250);
		expect(sandbox.ryze.sent).toEqual([]);
	});

	const wrongType = 'Invalid request body: wrong type of';
	it.each([
		['Message is required', { number: '5511999999999' }],
		['Number is not valid', { ...hello, number: '12' }],
		['Number is not valid', { ...hello, number: '+5511999999999' }],
		['Number is not valid', { ...hello, number: '5511999999999@example.com' }],
		['Number is not valid', { ...hello, number: chats.group, mention: ['x'] }],
		['replyTo message not found', { ...hello, replyTo: messages.unknown }],
		[`${wrongType} "number"`, { ...hello, number: 5511999999999 }],
		[`${wrongType} "delay"`, { ...hello, delay: '1' }],
		[`${wrongType} "mention"`, { ...hello, mention: 'x' }],
		[`${wrongType} "mention"`, { ...hello, mention: [1] }],
	])('answers 400 "%s" to %j', async (message, body) => {
		expect(await send(body)).toEqual(failed(400, message));
		expect(sandbox.ryze.sent).toEqual([]);
	});

	it('responds with 503 while disconnected', async () => {
		expect(await send(hello, 'offline')).toEqual(failed(503, NOT_CONNECTED));
		expect(sandbox.ryze.sent).toEqual([]);
	});
});

describe('getMessage', () => {
	it('finds a message that was received', async () => {
		expect(await find(messages.notice)).toEqual([
			200,
			{
				success: true,
				message: 'Message found',
				messageId: messages.notice,
				status: 'found',
				data: {
					content: 'Hi!',
					type: 'text',
					from: chats.private,
					to: chats.group,
					chat: chats.group,
					timestamp: '2026-04-28T14:30:00Z',
					isGroup: true,
					status: 'delivered',
				},
			},
		]);
		sandbox.ryze.addMessages('demo', ['ADDED']);
		const [, added] = await find('ADDED');
		expect(added.data).toMatchObject({
			from: chats.private,
			to: instances.demo.numberJid,
			chat: chats.private,
			timestamp: expect.stringMatching(ISO_SECONDS),
			isGroup: false,
		});
	});

	it('does not find a message of another instance', async () => {
		expect(await find(messages.ofSecond)).toEqual(failed(404, 'Message not found'));
	});
});

describe('favorite', () => {
	it('marks a message, even when a number is given too', async () => {
		const target = { number: chats.private, messageId: messages.group };
		const answer = {
			success: true,
			message: 'Message favorited successfully',
			type: 'message',
			chat_jid: chats.group,
			message_id: messages.group,
			favorite: true,
		};
		for (let i = 0; i < 2; i++) {
			expect(await favorite({ ...target, favorite: true })).toEqual([200, answer]);
		}
		expect([...sandbox.ryze.favorites]).toEqual([
			[`demo/${messages.group}`, { type: 'message', chatJid: chats.group }],
		]);
		const message = 'Message unfavorited successfully';
		const undone = [200, { ...answer, message, favorite: false }];
		expect(await favorite({ ...target, favorite: false })).toEqual(undone);
		expect(sandbox.ryze.favorites.size).toBe(0);
	});

	it('marks a chat', async () => {
		expect(await favorite({ number: '5511999999999', favorite: true })).toEqual([
			200,
			{
				success: true,
				message: 'Chat favorited successfully',
				type: 'chat',
				chat_jid: chats.private,
				favorite: true,
			},
		]);
		expect(sandbox.ryze.favorites.get(`demo/${chats.private}`)).toMatchObject({ type: 'chat' });
		sandbox.ryze.reset();
		expect(sandbox.ryze.favorites.size).toBe(0);
	});

	it('looks for the message before the connection, and not at the number', async () => {
		const unknown = { favorite: true, messageId: messages.unknown, number: chats.group };
		expect(await favorite(unknown, 'offline')).toEqual(failed(404, 'Message not found'));
		const known = { favorite: true, messageId: messages.ofOffline };
		expect(await favorite(known, 'offline')).toEqual(failed(503, NOT_CONNECTED));
		expect(sandbox.ryze.favorites.size).toBe(0);
	});
});

describe('pinChat', () => {
	it.each([['5511999999999'], [chats.private]])('pins and unpins the chat %s', async (number) => {
		const pinned = { success: true, message: 'Chat pinned successfully', pinned: true };
		const unpinned = { success: true, message: 'Chat unpinned successfully', pinned: false };
		for (const [pin, answer] of /** @type {const} */ ([
			[true, pinned],
			[true, pinned],
			[false, unpinned],
			[false, unpinned],
		])) {
			expect(await pinChat({ number, pin })).toEqual([200, { ...answer, chat_jid: chats.private }]);
			expect([...sandbox.ryze.pinnedChats]).toEqual(pin ? [`demo/${chats.private}`] : []);
		}
	});

	it('refuses a fourth chat of the same instance', async () => {
		const first = { number: '5511900000011', pin: true };
		for (const end of [11, 12, 13]) await pinChat({ ...first, number: `55119000000${end}` });
		const fourth = { number: chats.group, pin: true };
		const refused = failed(500, 'failed to pin chat: too many pinned chats');
		expect(await pinChat(fourth)).toEqual(refused);
		expect((await pinChat(first))[0]).toBe(200);
		expect((await pinChat(fourth, 'second'))[0]).toBe(200);
		await pinChat({ ...first, pin: false });
		expect((await pinChat(fourth))[0]).toBe(200);
		expect(sandbox.ryze.pinnedChats.size).toBe(4);
		sandbox.ryze.reset();
		expect(sandbox.ryze.pinnedChats.size).toBe(0);
	});

	it('responds with 503 while disconnected', async () => {
		const offline = await pinChat({ number: chats.group, pin: true }, 'offline');
		expect(offline).toEqual(failed(503, NOT_CONNECTED));
	});
});

describe('markChatRead', () => {
	it.each([['5511999999999'], [chats.private]])('marks the chat %s, either way', async (number) => {
		const asRead = { success: true, message: 'Chat marked as read successfully', read: true };
		const asUnread = { success: true, message: 'Chat marked as unread successfully', read: false };
		for (const answer of [asRead, asRead, asUnread]) {
			const { read } = answer;
			expect(await markChatRead({ number, read })).toEqual([
				200,
				{ ...answer, chat_jid: chats.private },
			]);
			expect([...sandbox.ryze.readChats]).toEqual([[`demo/${chats.private}`, read]]);
		}
		sandbox.ryze.reset();
		expect(sandbox.ryze.readChats.size).toBe(0);
	});

	it('wants a number, and responds with 503 while disconnected', async () => {
		expect(await markChatRead({ read: true })).toEqual(failed(400, 'Number is required'));
		const offline = await markChatRead({ number: chats.group, read: true }, 'offline');
		expect(offline).toEqual(failed(503, NOT_CONNECTED));
	});
});
