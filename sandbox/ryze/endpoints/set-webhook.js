'use strict';

const { json } = require('../answers');
const { storeWebhook } = require('../events/webhooks');
const { readFields } = require('../body-fields');

/**
 * POST /api/events/webhook/:instance (docs/ryze-api.md, "Webhooks"). Works while disconnected:
 * nothing on the page speaks of a connection.
 *
 * Unknown in the docs; taken:
 * - What a request leaves out gets its default, it does not keep what was stored.
 * - `enabled` missing: taken as false.
 * - HTTP 200 for a new label too, and the text of `message`.
 *
 * @type {import('../types').Endpoint}
 */
function setWebhook(context, instance) {
	const row = readFields(context, {
		label: 'string',
		enabled: 'boolean',
		url: 'string',
		authorization: 'string',
		byEvents: 'boolean',
		events: 'strings',
		mediaBase64: 'boolean',
	});
	const webhook = storeWebhook(instance, row);
	return json(200, { success: true, message: 'Webhook configured successfully', webhook });
}

module.exports = { method: 'POST', path: '/api/events/webhook/:instance', answer: setWebhook };
