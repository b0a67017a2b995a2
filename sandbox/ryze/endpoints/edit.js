'use strict';

const { Failure, json } = require('../answers');
const { readFields } = require('../body-fields');
const { messageEdit } = require('../events/message-changes');

const EDITABLE_MS = 15 * 60_000;

/**
 * POST /api/chat/edit/:instance (docs/ryze-api.md, "Edit a message").
 *
 * Unknown in the docs; taken: what stands around `can only edit` and `too old to edit`; the order of
 * the errors; and that the event has `api` as its source.
 *
 * @type {import('../types').Endpoint}
 */
function edit(context, instance) {
	const { messageId, content } = readFields(context, { messageId: 'string', content: 'string' });
	if (messageId === '') throw new Failure(400, 'messageId is required');
	if (content === '') throw new Failure(400, 'content is required');
	const record = instance.messages.get(messageId);
	if (!record) throw new Failure(404, 'message not found');
	if (!instance.connected) throw new Failure(503, 'Instance is not connected to WhatsApp');
	const { from, type, timestamp, chat, content: oldContent } = record;
	if (from !== instance.numberJid || type !== 'text') {
		throw new Failure(400, 'you can only edit your own text messages');
	}
	if (Date.now() - Date.parse(timestamp) > EDITABLE_MS) {
		throw new Failure(400, 'message is too old to edit');
	}

	instance.messages.set(messageId, Object.freeze({ ...record, content }));
	const echo = { of: messageId, text: content, chat: { jid: chat }, source: 'api' };
	context.emit(
		instance,
		'message.exchange',
		messageEdit({ ...echo, direction: 'outgoing', sender: { jid: from } }),
	);
	return json(200, {
		success: true,
		message: 'Message edited successfully',
		messageId,
		chatJid: chat,
		oldContent,
		newContent: content,
	});
}

module.exports = { method: 'POST', path: '/api/chat/edit/:instance', answer: edit };
