'use strict';

const shared = require('./shared');

const { NOT_CONNECTED, UNKNOWN_NUMBER, answered, empty, get } = shared;
const documented = /** @type {const} */ ({ standing: 'documented', effect: 'harmless' });
const assumed = /** @type {const} */ ({ ...documented, standing: 'assumed' });
const seen = /** @type {const} */ ({ ...documented, standing: 'seen in other clients' });

const offline = answered(503, shared.DISCONNECTED);
const contacts = get('/api/chat/contacts');

/** @type {import('../types').Fact[]} */
const lists = [
	{
		fact: 'The list of groups is `groups`, at the top level.',
		...seen,
		from: 'List groups',
		request: shared.groups,
		expect: { status: 200, body: { success: 'true', groups: [] } },
		unless: offline,
	},
	{
		fact: 'Each group has `groupJid`, `name` and `memberCount`.',
		...seen,
		from: 'List groups',
		request: shared.groups,
		unless: (answer) => offline(answer) ?? empty('groups', 'the instance is in no group')(answer),
		expect: {
			status: 200,
			body: { groups: [{ groupJid: 'JID', name: 'string', memberCount: 'integer' }] },
		},
	},
	{
		fact: 'A disconnected instance: HTTP 503 `Instance is not connected to WhatsApp`.',
		...documented,
		from: 'List groups',
		request: shared.groups,
		expect: { status: 503, sentence: NOT_CONNECTED },
		unless: answered(200, shared.CONNECTED),
	},
	{
		fact: 'The contacts are `contacts` and `total`.',
		...documented,
		from: 'Contacts',
		request: contacts,
		expect: { status: 200, body: { success: 'true', contacts: [], total: 'integer' } },
	},
	{
		fact: 'Each contact has a JID, four names and `found`.',
		...documented,
		from: 'Contacts',
		request: contacts,
		unless: empty('contacts', 'the instance knows no contact'),
		expect: {
			status: 200,
			body: {
				contacts: [
					{
						jid: 'JID',
						'lid?': 'string',
						first_name: 'string',
						full_name: 'string',
						push_name: 'string',
						business_name: 'string',
						'redacted_phone?': 'string',
						found: 'boolean',
					},
				],
			},
		},
	},
	{
		fact: 'A number that nobody has: HTTP 200 with `contact.found: false`.',
		...documented,
		from: 'Contacts',
		request: get('/api/chat/contacts', { query: { number: UNKNOWN_NUMBER } }),
		expect: { status: 200, body: { success: 'true', contact: { found: 'false' } } },
	},
	{
		fact: 'The contacts can be read while disconnected.',
		...assumed,
		from: 'Contacts',
		request: contacts,
		given: shared.whileDisconnected,
		expect: { status: 200 },
	},
];

module.exports = { lists };
