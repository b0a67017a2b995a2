'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { Failure, json } = require('./answers');
const { messageExchange } = require('./events/message-exchange');
const { chatTypeOf, isGroup, jidOf } = require('./jids');
const { newMessageId, outgoing } = require('./messages');

/** The longest that a timer of Node can wait. */
const MAX_WAIT_MS = 2 ** 31 - 1;

/** What every message that can be sent takes (docs/ryze-api.md, "Send a text" and "Send media"). */
const COMMON_FIELDS = /** @type {const} */ ({
	number: 'string',
	message: 'string',
	delay: 'number',
	replyTo: 'string',
	replyPrivate: 'boolean',
	mention: 'strings',
	mentionAll: 'boolean',
	source: 'string',
});

/**
 * @typedef {object} CheckedMessage a message whose own fields have been checked
 * @property {string} jid of the chat
 * @property {string} number as it was in the request
 * @property {string} message
 * @property {number} delay
 * @property {string} replyTo
 * @property {string[]} mention
 * @property {boolean} mentionAll
 * @property {string} source
 *
 * @typedef {object} Kind what sets one kind of message apart
 * @property {string} type
 * @property {import('./types').StoredMedia} [stored]
 * @property {Partial<import('./types').SentMessage>} sent more fields for `ryze.sent`
 * @property {{ text: string, extra?: object }} event
 * @property {object} [answer] more fields of `data`
 */

/**
 * Sends a message: the checks that all kinds share, the delay, the record, the event, the answer.
 *
 * Unknown in the docs; taken:
 * - The text for a `replyTo` nobody knows; 400.
 * - The order: fields, connection, `replyTo`. All of it before the delay, nothing after.
 * - `delay`: the server waits, then sends, then answers, so the answer is that late. It sends even
 *   when the client has left meanwhile. A negative one is none.
 * - `replyPrivate` changes nothing here: the message goes to `number`.
 * - Mentions outside of groups ("in groups only") are dropped, not refused.
 *
 * @param {import('./types').Context} context
 * @param {import('./types').Instance} instance
 * @param {CheckedMessage} checked
 * @param {Kind} kind
 */
async function sendMessage(context, instance, checked, { type, stored, sent, event, answer }) {
	const { jid, number, message, delay, replyTo, mentionAll } = checked;
	const inGroup = isGroup(jid);
	const mentions = inGroup ? checked.mention.map(jidOf) : [];
	if (!instance.connected) throw new Failure(503, 'Instance is not connected to WhatsApp');
	const quoted = instance.messages.get(replyTo);
	if (replyTo !== '' && !quoted) throw new Failure(400, 'replyTo message not found');

	const waitMs = Math.min(delay * 1000, MAX_WAIT_MS);
	if (waitMs > 0) await sleep(waitMs, undefined, { signal: context.signal });

	const messageId = newMessageId(context.state);
	const fields = { chat: jid, content: message, type, media: stored };
	const record = outgoing(instance.numberJid, fields);
	instance.messages.set(messageId, record);
	const source = checked.source === '' ? 'api' : checked.source;
	const shown = { number, message, replyTo, mentionAll, delay, source, ...sent };
	context.state.sent.push({ instance: instance.name, messageId, ...shown });

	const direction = /** @type {const} */ ('outgoing');
	const { timestamp } = record;
	const chat = { jid, type: chatTypeOf(jid) };
	const sender = { jid: instance.numberJid };
	const reply = quoted && { of: replyTo, text: quoted.content, inside: true };
	const echo = { id: messageId, direction, timestamp, chat, sender, source, type, reply };
	context.emit(instance, 'message.exchange', messageExchange({ ...echo, ...event }));

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
			...answer,
			source,
			timestamp,
		},
	});
}

module.exports = { COMMON_FIELDS, sendMessage };
