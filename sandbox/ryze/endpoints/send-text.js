'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { Failure, json } = require('../answers');
const { messageExchange } = require('../events/message-exchange');
const { readFields } = require('../body-fields');
const { chatTypeOf, isGroup, jidOf } = require('../jids');
const { newMessageId, outgoing } = require('../messages');

/** The longest that a timer of Node can wait. */
const MAX_WAIT_MS = 2 ** 31 - 1;

/**
 * POST /api/message/text/:instance (docs/ryze-api.md, "Send a text"). Each call makes a new
 * message.
 *
 * Unknown in the docs; taken:
 * - The texts for a missing `message` and for a `replyTo` nobody knows; both 400.
 * - The order: fields, connection, `replyTo`. All of it before the delay, nothing after.
 * - `delay`: the server waits, then sends, then answers, so the answer is that late. It sends even
 *   when the client has left meanwhile. A negative one is none.
 * - `linkPreview` missing: taken as false. It and `replyPrivate` change nothing here: the
 *   message goes to `number`.
 * - Mentions outside of groups ("in groups only") are dropped, not refused.
 *
 * @type {import('../types').Endpoint}
 */
async function sendText(context, instance) {
	const { number, message, replyTo, ...rest } = decode(context);
	const jid = jidOf(number);
	if (message === '') throw new Failure(400, 'Message is required');
	const inGroup = isGroup(jid);
	const mentions = inGroup ? rest.mention.map(jidOf) : [];
	if (!instance.connected) throw new Failure(503, 'Instance is not connected to WhatsApp');
	const quoted = instance.messages.get(replyTo);
	if (replyTo !== '' && !quoted) throw new Failure(400, 'replyTo message not found');

	const waitMs = Math.min(rest.delay * 1000, MAX_WAIT_MS);
	if (waitMs > 0) await sleep(waitMs, undefined, { signal: context.signal });

	const messageId = newMessageId(context.state);
	const record = outgoing(instance.numberJid, { chat: jid, content: message });
	instance.messages.set(messageId, record);
	const { delay, linkPreview, mentionAll } = rest;
	const source = rest.source === '' ? 'api' : rest.source;
	const shown = { number, message, replyTo, mentionAll, linkPreview, delay, source };
	context.state.sent.push({ instance: instance.name, messageId, ...shown });

	const direction = /** @type {const} */ ('outgoing');
	const { timestamp } = record;
	const chat = { jid, type: chatTypeOf(jid) };
	const sender = { jid: instance.numberJid };
	const reply = quoted && { message_id: replyTo, text: quoted.content };
	const echo = { id: messageId, direction, timestamp, chat, sender, text: message, source };
	const extra = reply ? { reply } : {};
	context.emit(instance, 'message.exchange', messageExchange({ ...echo, extra }));

	// Unknown in the docs: the success text; the fields of `chat` and `sender`, taken as in the
	// events; the form of `replyTo`, taken from reactions (docs/ryze-api.md, "Send a text");
	// `mentions` as JIDs, and that `mentionAll` shows as itself.
	return json(200, {
		success: true,
		message: 'Message sent successfully',
		status: 'sent',
		data: {
			messageId,
			direction,
			chat,
			sender,
			...(mentions.length > 0 ? { mentions } : {}),
			...(mentionAll && inGroup ? { mentionAll } : {}),
			...(quoted ? { replyTo: { messageId: replyTo } } : {}),
			source,
			timestamp,
		},
	});
}

/** @param {import('../types').Context} context */
function decode(context) {
	return readFields(context, {
		number: 'string',
		message: 'string',
		delay: 'number',
		linkPreview: 'boolean',
		replyTo: 'string',
		replyPrivate: 'boolean',
		mention: 'strings',
		mentionAll: 'boolean',
		source: 'string',
	});
}

module.exports = { sendText };
