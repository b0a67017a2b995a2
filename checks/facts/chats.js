'use strict';

const { BROKEN_JSON, DISCONNECTED, UNKNOWN_MESSAGE, answered, post } = require('./shared');

const documented = /** @type {const} */ ({ standing: 'documented', effect: 'harmless' });

/**
 * Nothing here has a chat and a message that exist, so nothing can be pinned, marked or sent.
 *
 * @type {import('../types').Fact[]}
 */
const chats = [
	{
		fact: 'The path `/api/chat/pinChat/:instance` exists.',
		...documented,
		from: 'Pin a chat',
		request: post('/api/chat/pinChat', BROKEN_JSON),
		expect: { status: 400, sentence: /^Invalid request body: ./ },
	},
	{
		fact: 'Pin Chat without a number: HTTP 400 `Number is required`.',
		...documented,
		from: 'Recipients',
		request: post('/api/chat/pinChat', { pin: false }),
		expect: { status: 400, sentence: 'Number is required' },
	},
	{
		fact: 'A number that cannot be used: HTTP 400, `Numbe…`.',
		...documented,
		from: 'Recipients',
		request: post('/api/chat/pinChat', { pin: false, number: '1' }),
		expect: { status: 400, sentence: /^Numbe/ },
		unless: answered(503, DISCONNECTED),
	},
	{
		fact: 'Neither `number` nor `messageId`: HTTP 400 `Either number or messageId is required`.',
		...documented,
		from: 'Favorite',
		request: post('/api/chat/favorite', { favorite: false }),
		expect: { status: 400, sentence: 'Either number or messageId is required' },
	},
	{
		fact: 'A message that the instance does not know: HTTP 404 `Message not found`.',
		...documented,
		from: 'Favorite',
		request: post('/api/chat/favorite', { favorite: false, messageId: UNKNOWN_MESSAGE }),
		expect: { status: 404, sentence: 'Message not found' },
		unless: answered(503, DISCONNECTED),
	},
	{
		fact: 'The path `/api/chat/markChatRead/:instance` exists.',
		...documented,
		from: 'Mark a chat as read',
		request: post('/api/chat/markChatRead', BROKEN_JSON),
		expect: { status: 400, sentence: /^Invalid request body: ./ },
	},
	{
		fact: 'Mark as Read without a number: HTTP 400 `Number is required`.',
		...documented,
		from: 'Mark a chat as read',
		request: post('/api/chat/markChatRead', { read: true }),
		expect: { status: 400, sentence: 'Number is required' },
	},
	{
		fact: 'A text without a number: HTTP 400 `Number is required`.',
		...documented,
		from: 'Recipients',
		request: post('/api/message/text', {}),
		expect: { status: 400, sentence: 'Number is required' },
		unless: answered(503, DISCONNECTED),
	},
	{
		fact: 'A poll without a number gets the same answer as a text.',
		...documented,
		standing: 'assumed',
		from: 'Send a poll',
		request: post('/api/message/poll', {}),
		expect: { status: 400, sentence: 'Number is required' },
		unless: answered(503, DISCONNECTED),
	},
	{
		fact: 'A file without a number gets the same answer as a text.',
		...documented,
		standing: 'assumed',
		from: 'Send media',
		request: post('/api/message/media', {}),
		expect: { status: 400, sentence: 'Number is required' },
		unless: answered(503, DISCONNECTED),
	},
];

module.exports = { chats };
