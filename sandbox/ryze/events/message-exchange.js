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
 * @property {{ of: string, text?: string, inside?: boolean }} [reply] of: the message that is
 * answered, text: its text, inside: named in `message`, as in the docs' layout by default, and not
 * beside it, as in the live one by default
 * @property {object} [extra] more fields of `message`: media, reaction, isEdit, …
 */

/**
 * `data` of message.exchange in one of the two layouts known (docs/ryze-api.md, "Message events"):
 * that of the docs' catalog, which nests nearly everything in `message`, and that which clients in
 * use get.
 *
 * Unknown in the docs: where the docs' layout has `recipient`; taken: next to `sender`. Nor is it
 * known which of its two places a reply has when, so a test can choose.
 *
 * @param {Exchange} [exchange]
 */
function messageExchange(exchange) {
	const complete = withDefaults(exchange);
	const { layout, id, direction, timestamp, chat, sender, recipient, type, text } = complete;
	const { source, reply, extra } = complete;
	const envelope = { direction, timestamp, chat, sender };
	const toWhom = recipient ? { recipient } : {};
	const origin = source === undefined ? {} : { source };
	const answered = reply && { reply: { message_id: reply.of, text: reply.text ?? 'Hi!' } };
	const inside = reply?.inside ?? layout === 'docs';
	const beside = inside ? {} : answered;
	const more = { ...origin, ...(inside ? answered : {}), ...extra };
	if (layout === 'live') {
		const message = { ...NOTHING, type, content: text, ...more };
		return { id, ...envelope, recipient: recipient ?? null, ...beside, message };
	}
	const message = { id, ...envelope, ...toWhom, type, content: { text }, ...more };
	return { id, ...beside, message };
}

/** What the live layout has in a message that does not have it. */
const NOTHING = Object.freeze({
	source: '',
	isForwarded: false,
	isEdit: false,
	edit: null,
	context: null,
	media: null,
	reaction: null,
	interactive: null,
});

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
		reply: undefined,
		extra: {},
		...given,
		direction,
		chat: { type, ...chat },
	};
}

module.exports = { messageExchange, withDefaults };
