'use strict';

const { chatTypeOf } = require('../jids');
const { now } = require('../messages');
const { seeds } = require('../seeds');

/**
 * @typedef {{ jid?: string, lid?: string, name?: string }} Person
 *
 * @typedef {object} Exchange a message.exchange event; whatever is missing gets a default
 * @property {'live' | 'docs'} [layout] live by default
 * @property {string} [id]
 * @property {'incoming' | 'outgoing'} [direction] incoming by default
 * @property {string} [timestamp]
 * @property {{ jid: string, lid?: string, name?: string, type?: string, isCommunity?: boolean }} [chat]
 * @property {Person} [sender]
 * @property {Person} [recipient]
 * @property {string} [type] text by default
 * @property {string} [text]
 * @property {string} [source] of what was sent through the API; none from the phone
 * @property {object} [extra] more fields of `message`: media, reaction, reply, isEdit, …
 */

/**
 * `data` of message.exchange in one of the two layouts known (docs/ryze-api.md, "Message events"):
 * that of the docs' catalog, which nests nearly everything in `message`, and that which clients in
 * use get.
 *
 * Unknown in the docs: where the docs' layout has `recipient`; taken: next to `sender`.
 *
 * @param {Exchange} [exchange]
 */
function messageExchange(exchange) {
	const { layout, id, direction, timestamp, chat, sender, recipient, type, text, source, extra } =
		withDefaults(exchange);
	const envelope = { direction, timestamp, chat, sender, ...(recipient ? { recipient } : {}) };
	const origin = source === undefined ? {} : { source };
	if (layout === 'live') {
		return { id, ...envelope, message: { type, content: text, ...origin, ...extra } };
	}
	return { id, message: { id, ...envelope, type, content: { text }, ...origin, ...extra } };
}

/** @param {Exchange} [exchange] */
function withDefaults({ direction = 'incoming', ...given } = {}) {
	const chat = given.chat ?? { jid: seeds.chats.private };
	const type = chatTypeOf(chat.jid);
	const contact = { jid: type === 'group' ? seeds.chats.private : chat.jid, name: 'Contact' };
	const own = { jid: seeds.instances.demo.numberJid };
	return {
		id: seeds.messages.privateChat,
		timestamp: now(),
		type: 'text',
		text: 'Hi!',
		layout: /** @type {'live' | 'docs'} */ ('live'),
		sender: direction === 'incoming' ? contact : own,
		recipient: undefined,
		source: undefined,
		extra: {},
		...given,
		direction,
		chat: { type, ...chat },
	};
}

module.exports = { messageExchange, withDefaults };
