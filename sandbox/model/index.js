'use strict';

const { once } = require('node:events');
const { createServer } = require('node:http');
const { text: bodyOf } = require('node:stream/consumers');
const { completion, eventStream, messageOf, offeredTools, toolResults } = require('./wire');

/** @typedef {import('./wire').Step} Step */
/** @typedef {import('./wire').ModelRequest} ModelRequest */

/**
 * What a model does: one step for each request, in this order; or a function that is asked each time
 * and may look at what the model has been told.
 *
 * @typedef {Step[] | ((request: ModelRequest, index: number) => Step)} Script
 */

/**
 * Starts a model on 127.0.0.1 that does what it is told, behind the API of OpenAI. n8n's OpenAI Chat
 * Model node uses it when its credential (`openAiApi`) has this `url` and any API key.
 *
 * One server is many models, told apart by the name that the node asks for: so many agents can talk
 * at once, each to its own script.
 */
async function startModel() {
	/** @type {Map<string, { script: Script, bodies: string[] }>} */
	const models = new Map();
	const server = createServer((request, response) => {
		void answer(models, request, response).catch((error) => {
			refuse(response, 400, `The sandbox model failed: ${error.message}`);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

	return {
		/** Base URL for the credential. */
		url: `http://127.0.0.1:${port}/v1`,

		/**
		 * Makes a model, or gives it a new script.
		 *
		 * @param {string} name
		 * @param {Script} script
		 */
		play(name, script) {
			/** @type {string[]} */
			const bodies = [];
			models.set(name, { script, bodies });
			const requests = () => bodies.map((body) => /** @type {ModelRequest} */ (JSON.parse(body)));
			return {
				/** All that was sent to the model, to look for what must not be in it. */
				sent: () => bodies.join('\n'),
				requests,
				/** The tools that the model was offered, as it was told of them. */
				tools: () => requests().flatMap(offeredTools).slice(0, requests()[0]?.tools?.length),
				/** The exact text of each tool result that the model has read. */
				results: () => toolResults(requests().at(-1) ?? { model: name, messages: [] }),
			};
		},

		async stop() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

/**
 * @param {Map<string, { script: Script, bodies: string[] }>} models
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(models, request, response) {
	const { method, url } = request;
	if (method === 'GET' && url === '/v1/models') {
		const data = [...models.keys()].map((id) => ({ id, object: 'model' }));
		return send(response, 200, { object: 'list', data });
	}
	if (method !== 'POST' || url !== '/v1/chat/completions') {
		return refuse(response, 404, `The sandbox model has no ${method} ${url}.`);
	}
	const body = await bodyOf(request);
	const asked = /** @type {ModelRequest} */ (JSON.parse(body));
	const found = models.get(asked.model);
	if (!found) return refuse(response, 404, `No script for the model "${asked.model}".`);
	const index = found.bodies.push(body) - 1;
	const { script } = found;
	const step = typeof script === 'function' ? script(asked, index) : script[index];
	// 400, as n8n sends a request again after a 5xx.
	if (step === undefined) return refuse(response, 400, `The script has no step ${index}.`);
	if (typeof step === 'object' && 'fail' in step) {
		return refuse(response, step.fail, 'The model is overloaded.');
	}
	const message = messageOf(step, asked, `call_${index}`);
	if (!asked.stream) return send(response, 200, completion(asked.model, message));
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	response.end(eventStream(asked.model, message));
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {object} body */
function send(response, status, body) {
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify(body));
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {string} why */
function refuse(response, status, why) {
	send(response, status, { error: { message: why, type: 'invalid_request_error' } });
}

/** @typedef {Awaited<ReturnType<typeof startModel>>} Model */

module.exports = { startModel };
