'use strict';

const { Failure, json } = require('../answers');
const { readFields } = require('../body-fields');
const { DURATIONS, addPin } = require('../pins');

const DEFAULT_DURATION = '7d';

/**
 * POST /api/chat/pinMessage/:instance (docs/ryze-api.md, "Pin a message").
 *
 * Unknown in the docs; taken:
 * - `pin` missing: taken as false, as the error table has no row for it. So it unpins.
 * - `duration` "" or null: as if omitted.
 * - `duration` is not checked when unpinning ("ignored"), only its JSON type is.
 * - The order of the three 500s: that of the error table, whose 400s stand in the order of work too.
 * - Unpinning what is not pinned succeeds ("Idempotent: yes").
 * - The answer to a pin that WhatsApp ignores: that of any other (../pins.js).
 *
 * @type {import('../types').Endpoint}
 */
function pinMessage(context, instance) {
	const { pin, messageId, duration } = readFields(context, {
		pin: 'boolean',
		messageId: 'string',
		duration: 'string',
	});
	if (messageId === '') throw new Failure(400, 'messageId is required');

	const chatJid = instance.messages.get(messageId)?.chat;
	if (chatJid === undefined) throw new Failure(500, `message with ID ${messageId} not found`);
	const lasting = duration === '' ? DEFAULT_DURATION : duration;
	if (pin && !DURATIONS.has(lasting)) {
		throw new Failure(500, `invalid duration ${JSON.stringify(lasting)}: use "24h", "7d" or "30d"`);
	}
	if (!instance.connected) throw new Failure(500, 'WhatsApp client is not connected');

	if (pin) addPin(context.state, { instance: instance.name, chatJid, messageId }, lasting);
	else context.state.pins.delete(`${instance.name}/${messageId}`);
	return json(200, {
		success: true,
		message: pin ? 'Message pinned successfully' : 'Message unpinned successfully',
		chat_jid: chatJid,
		message_id: messageId,
		pinned: pin,
		...(pin ? { duration: lasting } : {}),
	});
}

module.exports = { method: 'POST', path: '/api/chat/pinMessage/:instance', answer: pinMessage };
