'use strict';

const { Failure, json } = require('../answers');
const { readFields } = require('../body-fields');
const { jidOf } = require('../jids');

/** WhatsApp's own limit (docs/ryze-api.md, "Pin a chat"). */
const MAX_PINNED = 3;

/**
 * POST /api/chat/pinChat/:instance (docs/ryze-api.md, "Pin a chat"). The path in older copies of
 * the docs, /api/chat/pin/:instance, is not served on purpose: the page about pinning a message
 * links to the newer one, and a client that still asks for the older one should fail.
 *
 * Unknown in the docs; taken:
 * - `pin` missing: taken as false.
 * - The refusal of a fourth chat, said to be whatsmeow's own error: the 500 below.
 * - Repeating a pin or an unpin succeeds, and a chat nobody wrote in can be pinned.
 * - The order of 400 and 503: that of the error table.
 *
 * @type {import('../types').Endpoint}
 */
function pinChat(context, { name, connected }) {
	const { number, pin } = readFields(context, {
		number: 'string',
		pin: 'boolean',
	});
	const chatJid = jidOf(number);
	if (!connected) throw new Failure(503, 'Instance is not connected to WhatsApp');

	const { pinnedChats } = context.state;
	const key = `${name}/${chatJid}`;
	if (!pin) pinnedChats.delete(key);
	else if (!pinnedChats.has(key) && countOf(pinnedChats, name) >= MAX_PINNED) {
		throw new Failure(500, 'failed to pin chat: too many pinned chats');
	} else pinnedChats.add(key);
	return json(200, {
		success: true,
		message: pin ? 'Chat pinned successfully' : 'Chat unpinned successfully',
		chat_jid: chatJid,
		pinned: pin,
	});
}

/** @param {Set<string>} pinnedChats @param {string} instanceName */
function countOf(pinnedChats, instanceName) {
	return [...pinnedChats].filter((key) => key.startsWith(`${instanceName}/`)).length;
}

module.exports = { method: 'POST', path: '/api/chat/pinChat/:instance', answer: pinChat };
