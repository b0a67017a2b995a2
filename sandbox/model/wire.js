'use strict';

/*
 * The part of OpenAI's "chat completions" that n8n's OpenAI Chat Model node uses: what a model is
 * asked, and how it answers, at once or as a stream.
 */

/**
 * What a model says: a text, or calls of a tool with arguments, one or several at once. Without the
 * name of a tool, the first one that it was offered.
 *
 * @typedef {string | { call: Record<string, unknown> | Record<string, unknown>[], tool?: string }} Message
 */

/**
 * What a model does next: say something, or fail with an HTTP status.
 *
 * @typedef {Message | { fail: number }} Step
 */

/**
 * @typedef {object} ModelRequest
 * @property {string} model Name of the model.
 * @property {any[]} messages As OpenAI defines them.
 * @property {any[]} [tools]
 * @property {boolean} [stream]
 */

/** @typedef {{ name: string, description: string, schema: any }} OfferedTool */

/** @param {ModelRequest} request @returns {OfferedTool[]} What the model is told of its tools. */
const offeredTools = ({ tools = [] }) =>
	tools.map(({ function: { name, description, parameters } }) => ({
		name,
		description,
		schema: parameters,
	}));

/** @param {any} content Text, or a list of parts. @returns {string} */
const textOf = (content) =>
	typeof content === 'string'
		? content
		: (content ?? []).map((/** @type {any} */ { text = '' }) => text).join('');

/**
 * @param {ModelRequest} request
 * @returns {string[]} The exact text of each tool result, in the order of the conversation.
 */
const toolResults = ({ messages }) =>
	messages.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content));

/**
 * @param {Message} step
 * @param {ModelRequest} request
 * @param {string} id Of the first tool call.
 * @returns {any} The message of the assistant.
 */
function messageOf(step, request, id) {
	if (typeof step === 'string') return { role: 'assistant', content: step };
	const name = step.tool ?? offeredTools(request)[0].name;
	const calls = [step.call].flat().map((call, index) => ({
		id: index === 0 ? id : `${id}_${index}`,
		type: 'function',
		function: { name, arguments: JSON.stringify(call) },
	}));
	return { role: 'assistant', content: null, tool_calls: calls };
}

const USAGE = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };

/** @param {any} message */
const finishOf = ({ tool_calls: calls }) => (calls ? 'tool_calls' : 'stop');

/** @param {string} model @param {any} message @returns {any} The body of an answer at once. */
const completion = (model, message) => ({
	...{ id: 'chatcmpl-1', object: 'chat.completion', created: 0, model },
	choices: [{ index: 0, message, finish_reason: finishOf(message), logprobs: null }],
	usage: USAGE,
});

/**
 * A text comes word by word, and a tool call in two halves, as from the real one.
 *
 * @param {any} message
 * @returns {any[]}
 */
function deltasOf({ content, tool_calls: calls }) {
	if (!calls)
		return content.match(/\S+\s*/g).map((/** @type {string} */ word) => ({ content: word }));
	return calls.flatMap(
		(/** @type {any} */ { id, type, function: called }, /** @type {number} */ at) => {
			const middle = Math.ceil(called.arguments.length / 2);
			const halves = [called.arguments.slice(0, middle), called.arguments.slice(middle)];
			return halves.map((half, index) => ({
				tool_calls: [
					index === 0
						? { index: at, id, type, function: { name: called.name, arguments: half } }
						: { index: at, function: { arguments: half } },
				],
			}));
		},
	);
}

/** @param {string} model @param {any} message @returns {string} The body of a streamed answer. */
function eventStream(model, message) {
	const deltas = [{ role: 'assistant', content: '' }, ...deltasOf(message)];
	const choices = [
		...deltas.map((delta) => [{ index: 0, delta, finish_reason: null }]),
		[{ index: 0, delta: {}, finish_reason: finishOf(message) }],
		[],
	];
	const events = choices.map((choice) =>
		JSON.stringify({
			...{ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model },
			choices: choice,
			usage: choice.length === 0 ? USAGE : null,
		}),
	);
	return [...events, '[DONE]'].map((event) => `data: ${event}\n\n`).join('');
}

module.exports = { completion, eventStream, messageOf, offeredTools, textOf, toolResults };
