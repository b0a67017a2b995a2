'use strict';

const { Failure, json } = require('../answers');
const { readFields } = require('../body-fields');
const { jidOf } = require('../jids');

/**
 * POST /api/chat/favorite/:instance (docs/ryze-api.md, "Favorite").
 *
 * Unknown in the docs; taken:
 * - `favorite` missing: taken as false.
 * - The texts of `message`: as those of pinning.
 * - `number` is not looked at when `messageId` wins.
 * - The order of 404 and 503: that of the error table.
 *
 * @type {import('../types').Endpoint}
 */
function favorite(context, instance) {
	const request = readFields(context, {
		favorite: 'boolean',
		number: 'string',
		messageId: 'string',
	});
	const { type, chatJid, id } = targetOf(request, instance);
	if (!instance.connected) throw new Failure(503, 'Instance is not connected to WhatsApp');

	const key = `${instance.name}/${id}`;
	if (request.favorite) context.state.favorites.set(key, { type, chatJid });
	else context.state.favorites.delete(key);
	const done = request.favorite ? 'favorited' : 'unfavorited';
	return json(200, {
		success: true,
		message: `${type === 'chat' ? 'Chat' : 'Message'} ${done} successfully`,
		type,
		chat_jid: chatJid,
		...(type === 'message' ? { message_id: id } : {}),
		favorite: request.favorite,
	});
}

/**
 * @param {{ number: string, messageId: string }} request
 * @param {import('../types').Instance} instance
 * @returns {{ type: 'chat' | 'message', chatJid: string, id: string }}
 * @throws {Failure} 400, 404
 */
function targetOf({ number, messageId }, { messages }) {
	if (messageId !== '') {
		const chatJid = messages.get(messageId)?.chat;
		if (chatJid === undefined) throw new Failure(404, 'Message not found');
		return { type: 'message', chatJid, id: messageId };
	}
	if (number === '') throw new Failure(400, 'Either number or messageId is required');
	const chatJid = jidOf(number);
	return { type: 'chat', chatJid, id: chatJid };
}

module.exports = { method: 'POST', path: '/api/chat/favorite/:instance', answer: favorite };
