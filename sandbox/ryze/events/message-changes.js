'use strict';

const { messageExchange } = require('./message-exchange');

/*
 * `data` of message.exchange for what is no new message (docs/ryze-api.md, "Message events").
 */

/** @typedef {import('./message-exchange').Exchange} Exchange */

/** @param {Exchange & { of: string }} exchange of: the message that was edited; `text` is the new one */
function messageEdit({ of, text = 'Edited', extra, ...exchange }) {
	const edit = { original_id: of, text };
	const more = { isEdit: true, edit, ...extra };
	return messageExchange({
		id: `${of}-EDIT`,
		type: 'message_edit',
		text,
		extra: more,
		...exchange,
	});
}

/** @param {Exchange & { of: string }} exchange of: the message that was deleted for everyone */
const messageRevoke = ({ of, ...exchange }) =>
	messageExchange({ id: of, type: 'message_revoke', text: '', ...exchange });

/**
 * Unknown in the docs: where it names the message that was reacted to; taken: in `reaction`, as
 * `reply` names a message.
 *
 * @param {Exchange & { of: string }} exchange of: the message; `text` is the emoji
 */
function reaction({ of, text = '👍', extra, ...exchange }) {
	const more = { reaction: { message_id: of, emoji: text }, ...extra };
	return messageExchange({
		id: `${of}-REACTION`,
		type: 'reaction',
		text,
		extra: more,
		...exchange,
	});
}

/** @param {Exchange} [exchange] */
const statusPost = (exchange) =>
	messageExchange({ text: 'A story', chat: { jid: 'status@broadcast' }, ...exchange });

module.exports = { messageEdit, messageRevoke, reaction, statusPost };
