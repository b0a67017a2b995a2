'use strict';

const { json } = require('../answers');
const { jidOf } = require('../jids');

const NAMES = { first_name: '', full_name: '', push_name: '', business_name: '' };

/**
 * GET /api/chat/contacts/:instance (docs/ryze-api.md, "Contacts"). Works while disconnected too: it
 * reads what the instance has stored.
 *
 * Unknown in the docs; taken:
 * - The texts of `message`: in the style of the siblings.
 * - A name that is not known is there and empty; `jid` is the LID where only that is known.
 * - An empty `number` is none. One that is no number: as when sending. A Brazilian number is not
 *   looked for without its ninth digit.
 * - What an unknown contact has beside `found`: the `jid` that was asked for.
 *
 * @type {import('../types').Endpoint}
 */
function getContacts({ query }, { contacts }) {
	const number = query.get('number') ?? '';
	if (number === '') {
		return json(200, {
			success: true,
			message: 'Contacts retrieved successfully',
			contacts: contacts.map(shown),
			total: contacts.length,
		});
	}
	const asked = jidOf(number);
	const contact = contacts.find(({ jid, lid }) => jid === asked || lid === asked);
	return json(200, {
		success: true,
		message: contact ? 'Contact retrieved successfully' : 'Contact not found',
		contact: contact ? shown(contact) : { jid: asked, found: false },
	});
}

/** @param {import('../address-book').Contact} contact */
function shown(contact) {
	return { ...NAMES, ...contact, jid: contact.jid ?? contact.lid, found: true };
}

module.exports = { method: 'GET', path: '/api/chat/contacts/:instance', answer: getContacts };
