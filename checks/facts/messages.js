'use strict';

const shared = require('./shared');

const { UNKNOWN_MESSAGE, answered, get } = shared;
const messageId = UNKNOWN_MESSAGE;

const common = /** @type {const} */ ({ standing: 'documented', effect: 'harmless' });
const downloading = /** @type {const} */ ({ ...common, from: 'Download media' });
const status = /** @type {const} */ ({ ...common, from: 'Message status' });
const deleting = /** @type {const} */ ({ ...common, from: 'Delete a message' });

const FILE = '/api/chat/base64';
const STATUS = '/api/chat/status';
const NO_FILE = 'Message not found or no media available';

/** @param {object} body @returns {import('../types').Request} */
const remove = (body) => ({ method: 'DELETE', path: '/api/chat/delete/:instance', body });

/**
 * Of single messages. None of them deletes anything: the message that may be given is for pinning.
 *
 * @type {import('../types').Fact[]}
 */
const messages = [
	{
		fact: 'A file without an ID: HTTP 400 `messageId query parameter is required`.',
		...downloading,
		request: get(FILE),
		expect: { status: 400, sentence: 'messageId query parameter is required' },
	},
	{
		fact: 'The file of an unknown message: HTTP 404 `Message not found or no media available`.',
		...downloading,
		request: get(FILE, { query: { messageId } }),
		expect: { status: 404, sentence: NO_FILE },
		unless: answered(503, shared.DISCONNECTED),
	},
	{
		fact: 'For a file, HTTP 404 comes before 503 for a disconnected instance.',
		...downloading,
		standing: 'assumed',
		request: get(FILE, { query: { messageId } }),
		given: shared.whileDisconnected,
		expect: { status: 404, sentence: NO_FILE },
	},
	{
		fact: 'A status without an ID: HTTP 400 `messageId query parameter is required`.',
		...status,
		request: get(STATUS),
		expect: { status: 400, sentence: 'messageId query parameter is required' },
	},
	{
		fact: 'The status of an unknown message: HTTP 404 `Message not found`.',
		...status,
		request: get(STATUS, { query: { messageId } }),
		expect: { status: 404, sentence: 'Message not found' },
	},
	{
		fact: 'The status of a known message says whether it was sent or received.',
		...status,
		request: get(STATUS, { query: { messageId: ':message' } }),
		expect: {
			status: 200,
			body: {
				success: 'true',
				message: '=Message status retrieved successfully',
				message_id: '=:message',
				status: 'string',
				status_code: 'integer',
				direction: 'string',
				chat_jid: 'JID',
				timestamp: 'time',
			},
		},
	},
	{
		fact: 'Deleting without an ID: HTTP 400 `MessageID is required`.',
		...deleting,
		request: remove({ deleteForEveryone: false }),
		expect: { status: 400, sentence: 'MessageID is required' },
	},
	{
		fact: 'Deleting an unknown message: HTTP 404 `message not found`.',
		...deleting,
		request: remove({ messageId, deleteForEveryone: false }),
		expect: { status: 404, sentence: 'message not found' },
		unless: answered(503, shared.DISCONNECTED),
	},
];

module.exports = { messages };
