'use strict';

const { Failure, json } = require('../answers');
const { readFields } = require('../body-fields');
const { jidOf } = require('../jids');

/**
 * POST /api/chat/markChatRead/:instance (docs/ryze-api.md, "Mark a chat as read").
 *
 * Unknown in the docs; taken:
 * - `read` missing: taken as false.
 * - A chat nobody wrote in can be marked.
 * - The order of 400 and 503: that of the error table.
 *
 * @type {import('../types').Endpoint}
 */
function markChatRead(context, { name, connected }) {
	const { number, read } = readFields(context, { number: 'string', read: 'boolean' });
	const chatJid = jidOf(number);
	if (!connected) throw new Failure(503, 'Instance is not connected to WhatsApp');

	context.state.readChats.set(`${name}/${chatJid}`, read);
	return json(200, {
		success: true,
		message: read ? 'Chat marked as read successfully' : 'Chat marked as unread successfully',
		chat_jid: chatJid,
		read,
	});
}

module.exports = { method: 'POST', path: '/api/chat/markChatRead/:instance', answer: markChatRead };
