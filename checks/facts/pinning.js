'use strict';

const shared = require('./shared');

const { BROKEN_JSON, UNKNOWN_MESSAGE, post } = shared;
const from = 'Pin a message';
const documented = /** @type {const} */ ({ from, standing: 'documented', effect: 'harmless' });
const assumed = /** @type {const} */ ({ ...documented, standing: 'assumed' });
const visible = /** @type {const} */ ({ ...documented, effect: 'visible' });

const messageId = UNKNOWN_MESSAGE;
const CLIENT_NOT_CONNECTED = 'WhatsApp client is not connected';
const offline = shared.said(CLIENT_NOT_CONNECTED, shared.DISCONNECTED);
const notFound = `message with ID ${UNKNOWN_MESSAGE} not found`;

/** @param {object | string} body @param {Partial<import('../types').Request>} [more] */
const pin = (body, more) => post('/api/chat/pinMessage', body, more);

const pinned = {
	success: 'true',
	message: '=Message pinned successfully',
	chat_jid: 'JID',
	message_id: '=:message',
	pinned: 'true',
	duration: '=24h',
};
const unpinned = {
	...pinned,
	message: '=Message unpinned successfully',
	pinned: 'false',
	duration: 'absent',
};

/** @type {import('../types').Fact[]} */
const pinning = [
	{
		fact: 'No `messageId`: HTTP 400 `messageId is required`.',
		...documented,
		request: pin({ pin: false }),
		expect: { status: 400, sentence: 'messageId is required' },
	},
	{
		fact: 'A message that the instance does not know: HTTP 500 `message with ID <id> not found`.',
		...documented,
		request: pin({ pin: false, messageId }),
		expect: { status: 500, sentence: notFound },
	},
	{
		fact: 'The message is looked for before the duration is checked.',
		...assumed,
		request: pin({ pin: true, messageId, duration: '8h' }),
		expect: { status: 500, sentence: notFound },
	},
	{
		fact: 'The message is looked for before the connection is checked.',
		...assumed,
		request: pin({ pin: false, messageId }),
		given: shared.whileDisconnected,
		expect: { status: 500, sentence: notFound },
	},
	{
		fact: 'A missing `pin` is not refused.',
		...assumed,
		request: pin({ messageId }),
		expect: { status: 500, sentence: notFound },
	},
	{
		fact: 'A body that cannot be read: HTTP 400 `Invalid request body: <detail>`.',
		...documented,
		from: 'Responses',
		request: pin(BROKEN_JSON),
		expect: { status: 400, sentence: /^Invalid request body: ./ },
	},
	{
		fact: 'A `pin` that is a text is refused like a body that cannot be read.',
		...assumed,
		from: 'Responses',
		request: pin({ pin: 'false', messageId }),
		expect: { status: 400, sentence: /^Invalid request body: ./ },
	},
	{
		fact: 'A `messageId` that is a number is refused like a body that cannot be read.',
		...assumed,
		from: 'Responses',
		request: pin({ pin: false, messageId: 3 }),
		expect: { status: 400, sentence: /^Invalid request body: ./ },
	},
	{
		fact: 'A body whose content type is not JSON is refused like one that cannot be read.',
		...assumed,
		from: 'Responses',
		request: pin({ pin: false, messageId }, { contentType: 'text/plain' }),
		expect: { status: 400, sentence: /^Invalid request body: ./ },
	},
	{
		fact: 'A disconnected instance: HTTP 500 `WhatsApp client is not connected`.',
		...visible,
		request: pin({ pin: false, messageId: ':message' }),
		given: shared.whileDisconnected,
		expect: { status: 500, sentence: CLIENT_NOT_CONNECTED },
	},
	{
		fact: 'An invalid duration: HTTP 500 `invalid duration "<value>": use "24h", "7d" or "30d"`.',
		...visible,
		request: pin({ pin: true, messageId: ':message', duration: '8h' }),
		expect: { status: 500, sentence: 'invalid duration "8h": use "24h", "7d" or "30d"' },
	},
	{
		fact: 'Pinning answers with the chat, the message, `pinned: true` and the duration.',
		...visible,
		request: pin({ pin: true, messageId: ':message', duration: '24h' }),
		unless: offline,
		expect: { status: 200, body: pinned },
	},
	{
		fact: 'Pinning a message again succeeds, and answers with the new duration.',
		...visible,
		request: pin({ pin: true, messageId: ':message', duration: '7d' }),
		unless: offline,
		expect: { status: 200, body: { ...pinned, duration: '=7d' } },
	},
	{
		fact: 'Unpinning answers with the chat, the message and `pinned: false`, without a duration.',
		...visible,
		request: pin({ pin: false, messageId: ':message' }),
		unless: offline,
		expect: { status: 200, body: unpinned },
		undo: true,
	},
	{
		fact: 'Unpinning a message that is not pinned succeeds, whatever the duration is.',
		...visible,
		standing: 'assumed',
		request: pin({ pin: false, messageId: ':message', duration: 'later' }),
		unless: offline,
		expect: { status: 200, body: unpinned },
	},
];

module.exports = { pinning };
