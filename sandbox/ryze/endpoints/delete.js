'use strict';

const { Failure, json } = require('../answers');
const { readFields } = require('../body-fields');
const { messageRevoke } = require('../events/message-changes');

/**
 * DELETE /api/chat/delete/:instance with a JSON body (docs/ryze-api.md, "Delete a message").
 *
 * Unknown in the docs; taken:
 * - How the success texts go on, and the fields beside `delete_type`: none.
 * - The order of 404 and 503: that of the error table.
 * - A second request for the same message: 404, as deleting is "partially" idempotent. Other
 *   endpoints still know the message.
 * - For everyone, what others have sent: success, as for what phones ignore.
 *
 * @type {import('../types').Endpoint}
 */
function deleteMessage(context, instance) {
	const { messageId, deleteForEveryone } = readFields(context, {
		messageId: 'string',
		deleteForEveryone: 'boolean',
	});
	if (messageId === '') throw new Failure(400, 'MessageID is required');
	const chatJid = instance.messages.get(messageId)?.chat;
	const { deleted } = context.state;
	const key = `${instance.name}/${messageId}`;
	if (chatJid === undefined || deleted.has(key)) throw new Failure(404, 'message not found');
	if (!instance.connected) throw new Failure(503, 'Instance is not connected to WhatsApp');

	const type = deleteForEveryone ? 'revoke' : 'delete_for_me';
	deleted.set(key, type);
	if (deleteForEveryone) {
		const sender = { jid: instance.numberJid };
		const chat = { jid: chatJid };
		const exchange = { of: messageId, direction: /** @type {const} */ ('outgoing'), chat, sender };
		context.emit(instance, 'message.exchange', messageRevoke(exchange));
	}
	return json(200, {
		success: true,
		message: `Message deleted for ${deleteForEveryone ? 'everyone' : 'me'} successfully`,
		delete_type: type,
	});
}

module.exports = { method: 'DELETE', path: '/api/chat/delete/:instance', answer: deleteMessage };
