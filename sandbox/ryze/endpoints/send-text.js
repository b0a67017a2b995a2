'use strict';

const { Failure } = require('../answers');
const { readFields } = require('../body-fields');
const { jidOf } = require('../jids');
const { COMMON_FIELDS, sendMessage } = require('../sending');

/**
 * POST /api/message/text/:instance (docs/ryze-api.md, "Send a text"). Each call makes a new
 * message.
 *
 * Unknown in the docs; taken:
 * - The text for a missing `message`; 400.
 * - `linkPreview` missing: taken as false. It changes nothing here.
 *
 * @type {import('../types').Endpoint}
 */
async function sendText(context, instance) {
	const { linkPreview, ...fields } = readFields(context, {
		...COMMON_FIELDS,
		linkPreview: 'boolean',
	});
	const jid = jidOf(fields.number);
	if (fields.message === '') throw new Failure(400, 'Message is required');
	return await sendMessage(
		context,
		instance,
		{ jid, ...fields },
		{ type: 'text', sent: { linkPreview }, event: { text: fields.message } },
	);
}

module.exports = { method: 'POST', path: '/api/message/text/:instance', answer: sendText };
