'use strict';

const { Failure, json } = require('../answers');
const { readFields } = require('../body-fields');
const { reaction: reactionEvent } = require('../events/message-changes');
const { isGroup, jidOf } = require('../jids');
const { newMessageId } = require('../messages');

const REMOVE = 'remove';

/**
 * POST /api/message/reaction/:instance (docs/ryze-api.md, "React to a message").
 *
 * Unknown in the docs; taken:
 * - The texts for a missing `messageId` or `reaction`, and 400; `fromMe` missing: false.
 * - Anything passes as a reaction.
 * - The message need not be known. As with a pin, chat, direction and author belong to the key of a
 *   message: where they do not fit, the answer is a success, and nobody sees a reaction.
 * - The text of a success, unless a reaction is removed; and that `data` has nothing else.
 *
 * @type {import('../types').Endpoint}
 */
function react(context, instance) {
	const { number, messageId, reaction, fromMe, participant, source } = readFields(context, {
		number: 'string',
		messageId: 'string',
		reaction: 'string',
		fromMe: 'boolean',
		participant: 'string',
		source: 'string',
	});
	const jid = jidOf(number);
	if (messageId === '') throw new Failure(400, 'messageId is required');
	if (reaction === '') throw new Failure(400, 'reaction is required');
	if (isGroup(jid) && !fromMe && participant === '') throw new Failure(400, 'missing_participant');
	if (!instance.connected) throw new Failure(503, 'Instance is not connected to WhatsApp');

	const record = instance.messages.get(messageId);
	const isOwn = record?.from === instance.numberJid;
	const fits =
		record?.chat === jid &&
		isOwn === fromMe &&
		(isOwn || !isGroup(jid) || participant === record.from);
	const { reactions } = context.state;
	const key = `${instance.name}/${messageId}`;
	if (fits && reaction === REMOVE) reactions.delete(key);
	else if (fits) reactions.set(key, reaction);

	const own = newMessageId(context.state);
	const echo = {
		of: messageId,
		id: own,
		text: reaction === REMOVE ? '' : reaction,
		direction: /** @type {const} */ ('outgoing'),
		chat: { jid },
		sender: { jid: instance.numberJid },
		source: source === '' ? 'api' : source,
	};
	context.emit(instance, 'message.exchange', reactionEvent(echo));
	return json(200, {
		success: true,
		message: `Reaction ${reaction === REMOVE ? 'removed' : 'sent'} successfully`,
		status: 'sent',
		data: { messageId: own, replyTo: { messageId } },
	});
}

module.exports = { method: 'POST', path: '/api/message/reaction/:instance', answer: react };
