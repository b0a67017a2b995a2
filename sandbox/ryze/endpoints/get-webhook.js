'use strict';

const { Failure, json } = require('../answers');
const { DEFAULT_LABEL, listWebhooks } = require('../events/webhooks');

/**
 * GET /api/events/getWebhook/:instance (docs/ryze-api.md, "Webhooks"). Works while disconnected.
 * The stored `authorization` is in the answer in clear text, as the page says.
 *
 * Unknown in the docs: the texts; taken: in the style of the siblings, the 404 as for WebSockets.
 *
 * @type {import('../types').Endpoint}
 */
function getWebhook({ query }, instance) {
	const webhooks = listWebhooks(instance);
	const asked = query.get('label');
	if (asked === null) {
		return json(200, { success: true, message: 'Webhooks retrieved successfully', webhooks });
	}
	const webhook = webhooks.find(({ label }) => label === (asked || DEFAULT_LABEL));
	if (!webhook) throw new Failure(404, 'Webhook not configured for this instance');
	return json(200, { success: true, message: 'Webhook retrieved successfully', webhook });
}

module.exports = { method: 'GET', path: '/api/events/getWebhook/:instance', answer: getWebhook };
