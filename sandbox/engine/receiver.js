const { once } = require('node:events');
const { createServer } = require('node:http');
const { json: readJson } = require('node:stream/consumers');

/**
 * @typedef {import('n8n-workflow').INodeExecutionData} Item
 * @typedef {import('./trigger').Trigger} Trigger
 * @typedef {import('node:http').ServerResponse & { status(code: number): Response, send(body: unknown): Response }} Response
 */

/**
 * What n8n uses of Express.
 *
 * @param {import('node:http').ServerResponse} response
 * @returns {Response}
 */
const asExpress = (response) =>
	Object.assign(response, {
		/** @param {number} code */
		status(code) {
			response.statusCode = code;
			return /** @type {Response} */ (response);
		},
		/** @param {unknown} body */
		send(body) {
			response.end(typeof body === 'string' ? body : JSON.stringify(body));
			return /** @type {Response} */ (response);
		},
	});

/**
 * The web server of n8n, as far as it has to do with webhooks of triggers that answer at once
 * (webhook-request-handler.js, webhook-helpers.js and body-parser.js of n8n 2.41.1).
 */
async function startReceiver() {
	/** @type {Map<string, Trigger>} */
	const triggers = new Map();
	/** @type {Array<{ trigger: Trigger, items: Item[] }>} */
	const started = [];
	/** @type {Array<{ status: number, body: string }>} */
	const answers = [];
	/** @type {(items: Item[]) => void | Promise<void>} */
	let onStart = () => {};

	/**
	 * @param {import('node:http').IncomingMessage} incoming
	 * @param {Response} response
	 */
	async function answer(incoming, response) {
		const { pathname } = new URL(incoming.url ?? '/', 'http://n8n');
		const trigger = triggers.get(pathname);
		if (!trigger || incoming.method !== 'POST') {
			response.status(404).send({ code: 404, message: 'The requested webhook is not registered.' });
			return;
		}
		/** @type {unknown} */
		let body;
		try {
			if (incoming.headers['content-length'] !== '0') body = await readJson(incoming);
		} catch {
			response.status(422).send({ code: 422, message: 'Failed to parse request body' });
			return;
		}
		const request = Object.assign(incoming, { body, params: {}, query: {} });
		const { noWebhookResponse, workflowData } = await trigger.webhook(request, response);
		if (noWebhookResponse) return;
		if (!workflowData) {
			response.send({ message: 'Webhook call received' });
			return;
		}
		const items = /** @type {Item[]} */ (workflowData[0]);
		await onStart(items);
		started.push({ trigger, items });
		response.send({ message: 'Workflow was started' });
	}

	const server = createServer((incoming, plain) => {
		const response = asExpress(plain);
		const { end } = response;
		response.end = /** @type {any} */ (
			(/** @type {unknown[]} */ ...args) => {
				if (!response.writableEnded) {
					answers.push({ status: response.statusCode, body: String(args[0] ?? '') });
				}
				return /** @type {any} */ (end).apply(response, args);
			}
		);
		answer(incoming, response).catch((/** @type {Error} */ { message }) => {
			response.status(500).send({ code: 0, message });
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

	return {
		url: `http://127.0.0.1:${port}`,

		/** The workflows that were started, with the items of their trigger, oldest first. */
		started,

		/** What n8n answered, oldest first. */
		answers,

		/** From now on n8n listens for it. @param {Trigger} trigger */
		listenFor(trigger) {
			triggers.set(new URL(trigger.url).pathname, trigger);
		},

		/**
		 * @param {typeof onStart} task what happens as n8n starts a workflow; when it throws, n8n could
		 * not start it
		 */
		whenStarting(task) {
			onStart = task;
		},

		/** Forgets what arrived and who listens. */
		reset() {
			triggers.clear();
			started.length = 0;
			answers.length = 0;
			onStart = () => {};
		},

		async stop() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

module.exports = { startReceiver };
