'use strict';

const { seeds } = require('../../sandbox/ryze');
const { failed, useSandbox } = require('../support/sandboxCalls');

const { chats, messages } = seeds;

const sandbox = useSandbox();

/** @param {object} fields @param {string} [instance] */
const send = (fields, instance = 'demo') => sandbox.call(`/api/message/poll/${instance}`, fields);

const poll = { number: chats.group, question: 'Which day?', options: ['Monday', 'Tuesday'] };
const content = 'Which day?\n1. Monday\n2. Tuesday';

describe('sending a poll', () => {
	it('responds with its ID and its content, which is what is stored; it can be pinned', async () => {
		const [status, body] = await send({ ...poll, replyTo: messages.group, source: 'n8n' });
		const { messageId } = body.data;
		expect([status, body]).toMatchObject([
			200,
			{
				success: true,
				status: 'sent',
				data: { content, source: 'n8n', replyTo: { messageId: messages.group } },
			},
		]);
		expect(sandbox.ryze.sent).toMatchObject([{ ...sentParts, maxAnswer: 1, messageId }]);
		const [, found] = await sandbox.call(`/api/chat/getMessage/demo?messageId=${messageId}`);
		expect(found.data).toMatchObject({ content, type: 'poll', chat: chats.group });
		const pinned = await sandbox.call('/api/chat/pinMessage/demo', { pin: true, messageId });
		expect(pinned).toMatchObject([200, { pinned: true }]);
	});

	const sentParts = { number: chats.group, message: 'Which day?', options: poll.options };

	it.each([
		[undefined, 1],
		[0, 1],
		[-1, 1],
		[2, 2],
		[5, 2],
	])('takes %j answers as %i', async (maxAnswer, kept) => {
		expect((await send({ ...poll, maxAnswer }))[0]).toBe(200);
		expect(sandbox.ryze.sent).toMatchObject([{ maxAnswer: kept }]);
	});

	it('wants a number, a question and 2 to 12 options', async () => {
		expect(await send({})).toEqual(failed(400, 'Number is required'));
		expect(await send({ ...poll, question: '' })).toEqual(failed(400, 'Question is required'));
		const few = failed(400, 'Poll must have between 2 and 12 options');
		expect(await send({ ...poll, options: ['Monday'] })).toEqual(few);
		expect(await send({ ...poll, options: Array(13).fill('x') })).toEqual(few);
		expect(sandbox.ryze.sent).toEqual([]);
	});

	it('responds with 503 while disconnected', async () => {
		expect(await send(poll, 'offline')).toEqual(
			failed(503, 'Instance is not connected to WhatsApp'),
		);
	});
});
