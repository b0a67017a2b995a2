'use strict';

const { createHash } = require('node:crypto');

const { messageExchange } = require('./message-exchange');

/*
 * `data` of message.exchange for what is no new message, or none with a text (docs/ryze-api.md, "Message events").
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
	// Each reaction is a message with an ID of its own.
	const own = createHash('sha256')
		.update(JSON.stringify([exchange.sender, text]))
		.digest('hex');
	return messageExchange({
		id: `${of}-REACTION-${own.slice(0, 8)}`,
		type: 'reaction',
		text,
		extra: more,
		...exchange,
	});
}

/** @param {Exchange} [exchange] */
const statusPost = (exchange) =>
	messageExchange({ text: 'A story', chat: { jid: 'status@broadcast' }, ...exchange });

/**
 * A button is tapped, in the three shapes that are known, or a row of a list, in two.
 *
 * Unknown in the docs: what is in `template_button_reply`; taken: the names of `button_response`.
 *
 * @param {Exchange & { shape: 'button' | 'live button' | 'template' | 'list' | 'live list', tapped: string, title?: string }} exchange
 * tapped: the ID of the button or row
 */
function tap({ shape, tapped, title = 'Yes', extra, ...exchange }) {
	const shapes = {
		'live button': { interactive: { selectedButtonId: tapped } },
		button: { button_response: { title, selected_button_id: tapped } },
		template: { template_button_reply: { title, selected_button_id: tapped } },
		'live list': { interactive: { selectedReply: { selectedRowID: tapped } } },
		list: { list_response: { title, single_select_reply: { option_name: tapped } } },
	};
	const type = shape.endsWith('list') ? 'list_response' : 'buttons_response';
	return messageExchange({ type, text: '', extra: { ...shapes[shape], ...extra }, ...exchange });
}

/**
 * A message that Ryze cannot read.
 *
 * Unknown in the docs: whether a pin makes an event; taken: if it does, then this one.
 *
 * @param {Exchange} [exchange]
 */
const unknownMessage = (exchange) => messageExchange({ type: 'unknown', text: '', ...exchange });

module.exports = { messageEdit, messageRevoke, reaction, statusPost, tap, unknownMessage };
