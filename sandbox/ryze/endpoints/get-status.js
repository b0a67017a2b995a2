'use strict';

const { Failure, json } = require('../answers');

/** @type {Record<string, number>} */
const CODES = { pending: 0, sent: 1, delivered: 2, received: 3, read: 4, played: 5, error: -1 };

/**
 * GET /api/chat/status/:instance (docs/ryze-api.md, "Message status").
 *
 * Unknown in the docs: the status of what came in; taken: the stored one.
 *
 * @type {import('../types').Endpoint}
 */
function getStatus({ query }, { messages, numberJid }) {
	const messageId = query.get('messageId') ?? '';
	if (messageId === '') throw new Failure(400, 'messageId query parameter is required');
	const record = messages.get(messageId);
	if (!record) throw new Failure(404, 'Message not found');
	const { status, chat, from, timestamp } = record;
	return json(200, {
		success: true,
		message: 'Message status retrieved successfully',
		message_id: messageId,
		status,
		status_code: CODES[status],
		direction: from === numberJid ? 'sent' : 'received',
		chat_jid: chat,
		timestamp,
	});
}

module.exports = { method: 'GET', path: '/api/chat/status/:instance', answer: getStatus };
