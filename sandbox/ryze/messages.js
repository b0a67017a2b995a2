'use strict';

const { isGroup } = require('./jids');
const { seeds } = require('./seeds');

/**
 * @typedef {object} MessageFields
 * @property {string} chat JID
 * @property {string} [content]
 * @property {string} [type]
 * @property {string} [from] JID of the author
 * @property {string} [timestamp]
 * @property {import('./types').StoredMedia} [media]
 */

/**
 * The stored form of a message that came to an instance.
 *
 * Unknown in the docs; taken: `to` is the group in groups, the instance's own number elsewhere; and
 * `delivered` is the status of what came in, as in the one example (docs/ryze-api.md, "Find a
 * message").
 *
 * @param {string} ownJid
 * @param {MessageFields} fields
 * @returns {Readonly<import('./types').MessageRecord>}
 */
function incoming(
	ownJid,
	{ chat, content = 'Hi!', type = 'text', from, timestamp = now(), media },
) {
	const inGroup = isGroup(chat);
	return Object.freeze({
		content,
		type,
		from: from ?? (inGroup ? seeds.chats.private : chat),
		to: inGroup ? chat : ownJid,
		chat,
		timestamp,
		isGroup: inGroup,
		status: 'delivered',
		...(media ? { media } : {}),
	});
}

/**
 * The stored form of a message that went out, through the API or from the phone.
 *
 * Unknown in the docs: the status; taken: `sent`, and no receipt ever comes.
 *
 * @param {string} ownJid
 * @param {Omit<MessageFields, 'from'>} fields
 * @returns {Readonly<import('./types').MessageRecord>}
 */
function outgoing(ownJid, { chat, ...fields }) {
	return Object.freeze({
		...incoming(ownJid, { chat, ...fields, from: ownJid }),
		to: chat,
		status: 'sent',
	});
}

/**
 * A message id nobody has yet: it looks like those of WhatsApp and counts up.
 *
 * @param {import('./types').State} state
 */
function newMessageId(state) {
	state.messageCount += 1;
	return `3EB0${state.messageCount.toString(16).toUpperCase().padStart(20, '0')}`;
}

/** Whole seconds, as in the examples of the docs. */
function now() {
	return new Date().toISOString().replace(/\.\d+/, '');
}

module.exports = { incoming, newMessageId, now, outgoing };
