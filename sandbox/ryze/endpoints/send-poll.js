'use strict';

const { Failure } = require('../answers');
const { readFields } = require('../body-fields');
const { jidOf } = require('../jids');
const { COMMON_FIELDS, sendMessage } = require('../sending');

/**
 * POST /api/message/poll/:instance (docs/ryze-api.md, "Send a poll"). Each call makes a new message.
 *
 * Unknown in the docs; taken:
 * - All errors: the texts and the order, number, question, options, then as for a text. Equal
 *   options are not refused.
 * - `content` is in `data`, and is what is stored; its exact form. No other field of its own.
 *
 * @type {import('../types').Endpoint}
 */
async function sendPoll(context, instance) {
	const { number, delay, replyTo, replyPrivate, source } = COMMON_FIELDS;
	const fields = readFields(context, {
		...{ number, delay, replyTo, replyPrivate, source },
		question: 'string',
		options: 'strings',
		maxAnswer: 'number',
	});
	const jid = jidOf(fields.number);
	const { question, options } = fields;
	if (question === '') throw new Failure(400, 'Question is required');
	if (options.length < 2 || options.length > 12) {
		throw new Failure(400, 'Poll must have between 2 and 12 options');
	}
	// The server normalizes it (same section).
	const maxAnswer = Math.min(Math.max(fields.maxAnswer, 1), options.length);
	const content = [question, ...options.map((option, at) => `${at + 1}. ${option}`)].join('\n');
	return await sendMessage(
		context,
		instance,
		{ jid, ...fields, message: content, mention: [], mentionAll: false },
		{
			type: 'poll',
			sent: { message: question, options, maxAnswer },
			event: { text: content },
			answer: { content },
		},
	);
}

module.exports = { method: 'POST', path: '/api/message/poll/:instance', answer: sendPoll };
