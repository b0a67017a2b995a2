'use strict';

const { Failure, json } = require('../answers');

/**
 * GET /api/chat/base64/:instance (docs/ryze-api.md, "Download media").
 *
 * Unknown in the docs; taken:
 * - `base64` has no `data:` in front.
 * - The order of 404 and 503: that of the error table.
 * - What has been sent through the API has no file here, as the sandbox does not keep it.
 *
 * @type {import('../types').Endpoint}
 */
function downloadMedia({ query }, { files, connected }) {
	const messageId = query.get('messageId') ?? '';
	if (messageId === '') throw new Failure(400, 'messageId query parameter is required');
	const file = files.get(messageId);
	if (!file) throw new Failure(404, 'Message not found or no media available');
	if (!connected) throw new Failure(503, 'Instance is not connected to WhatsApp');
	return json(200, {
		success: true,
		message: 'Base64 retrieved successfully',
		message_id: messageId,
		mime_type: file.mimeType,
		media_type: file.type,
		base64: file.data.toString('base64'),
	});
}

module.exports = { method: 'GET', path: '/api/chat/base64/:instance', answer: downloadMedia };
