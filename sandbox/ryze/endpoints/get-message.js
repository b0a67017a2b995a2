'use strict';

const { Failure, json } = require('../answers');

/**
 * GET /api/chat/getMessage/:instance (docs/ryze-api.md, "Find a message").
 *
 * Unknown in the docs: the order of 404 and 503; taken: that of the error table.
 *
 * @type {import('../types').Endpoint}
 */
function getMessage({ query }, { messages, connected }) {
	const messageId = query.get('messageId') ?? '';
	if (messageId === '') {
		throw new Failure(400, 'Message ID is required (use ?messageId=<message-id>)');
	}
	const data = messages.get(messageId);
	if (!data) throw new Failure(404, 'Message not found');
	if (!connected) throw new Failure(503, 'Instance is not connected to WhatsApp');
	return json(200, { success: true, message: 'Message found', messageId, status: 'found', data });
}

module.exports = { method: 'GET', path: '/api/chat/getMessage/:instance', answer: getMessage };
