'use strict';

const { chatTypeOf } = require('../jids');
const { now } = require('../messages');
const { seeds } = require('../seeds');

/*
 * `data` of the events that are not messages, with no more fields than are known (docs/ryze-api.md,
 * "Other events"). Each takes fields that replace or join the example's. Their shapes come from
 * clients in use, not from the docs.
 */

/**
 * Unknown in the docs: the form of `recipient`; taken: as in message.exchange.
 *
 * @param {{ chat?: { jid: string, [field: string]: unknown }, [field: string]: unknown }} [fields]
 */
function messageStatus({ chat: given, ...fields } = {}) {
	const chat = given ?? { jid: seeds.chats.private };
	return {
		timestamp: now(),
		status: 'delivered',
		messageIds: [seeds.messages.privateChat],
		chat: { type: chatTypeOf(chat.jid), isCommunity: false, ...chat },
		recipient: { jid: chat.jid },
		...fields,
	};
}

/** @param {Record<string, unknown>} [fields] */
function groupFlow(fields) {
	return {
		type: 'joined',
		groupJid: seeds.chats.group,
		groupName: seeds.groups.sandbox.name,
		timestamp: now(),
		participants: [{ jid: seeds.chats.private, name: 'Contact' }],
		...fields,
	};
}

/**
 * `state` is in the words of the event, such as `logged_out`, not in those of the list.
 *
 * @param {Record<string, unknown>} [fields]
 */
function instanceState(fields) {
	return { state: 'connected', timestamp: now(), ...fields };
}

/** @param {Record<string, unknown>} [fields] */
function labelUpdate(fields) {
	return {
		type: 'chat',
		labelId: '1',
		name: 'Sandbox label',
		color: 0,
		deleted: false,
		action: 'add',
		chatJid: seeds.chats.private,
		labeled: true,
		...fields,
	};
}

/**
 * Unknown in the docs: all of it but the kinds; taken: the kind in `type`, as in group.flow.
 *
 * @param {Record<string, unknown>} [fields]
 */
function callUpdate(fields) {
	return {
		type: 'offer',
		callId: 'SANDBOXCALL1',
		from: { jid: seeds.chats.private, name: 'Contact' },
		timestamp: now(),
		...fields,
	};
}

module.exports = { callUpdate, groupFlow, instanceState, labelUpdate, messageStatus };
