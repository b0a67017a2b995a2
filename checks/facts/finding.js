'use strict';

const shared = require('./shared');

const { DISCONNECTED, UNKNOWN_MESSAGE, answered, get, whileDisconnected } = shared;
const from = 'Find a message';
const documented = /** @type {const} */ ({ from, standing: 'documented', effect: 'harmless' });
const assumed = /** @type {const} */ ({ ...documented, standing: 'assumed' });

const READ = '/api/chat/getMessage';
const messageId = UNKNOWN_MESSAGE;

/** @type {import('../types').Fact[]} */
const finding = [
	{
		fact: 'No ID: HTTP 400 `Message ID is required (use ?messageId=<message-id>)`.',
		...documented,
		request: get(READ),
		expect: { status: 400, sentence: 'Message ID is required (use ?messageId=<message-id>)' },
	},
	{
		fact: 'A message that the instance does not know: HTTP 404 `Message not found`.',
		...documented,
		request: get(READ, { query: { messageId } }),
		expect: { status: 404, sentence: 'Message not found' },
		unless: answered(503, DISCONNECTED),
	},
	{
		fact: 'HTTP 404 for an unknown message comes before 503 for a disconnected instance.',
		...assumed,
		request: get(READ, { query: { messageId } }),
		given: whileDisconnected,
		expect: { status: 404, sentence: 'Message not found' },
	},
	{
		fact: 'A known message of a disconnected instance: HTTP 503.',
		...documented,
		request: get(READ, { query: { messageId: ':message' } }),
		given: whileDisconnected,
		expect: { status: 503, sentence: shared.NOT_CONNECTED },
	},
	{
		fact: 'A known message is answered with its content, people, chat, time and status.',
		...documented,
		request: get(READ, { query: { messageId: ':message' } }),
		unless: answered(503, DISCONNECTED),
		expect: {
			status: 200,
			body: {
				success: 'true',
				message: '=Message found',
				messageId: '=:message',
				status: '=found',
				data: {
					content: 'string',
					type: 'string',
					from: 'JID',
					to: 'JID',
					chat: 'JID',
					timestamp: 'time',
					isGroup: 'boolean',
					status: 'string',
				},
			},
		},
	},
];

module.exports = { finding };
