const { once } = require('node:events');
const express = require('express');

/**
 * @typedef {import('n8n-workflow').INodeExecutionData} Item
 * @typedef {import('./trigger').Trigger} Trigger
 * @typedef {ReturnType<typeof import('./waiting').createWaiting>} Waiting
 */

/** The largest request body that n8n takes unless told otherwise (N8N_PAYLOAD_SIZE_MAX). */
const LARGEST_BODY = '16mb';

const NOT_REGISTERED = 'The requested webhook is not registered.';

/**
 * The web server of n8n, as far as it has to do with webhooks of triggers that answer at once
 * (webhook-request-handler.js, webhook-helpers.js and body-parser.js of n8n 2.41.1).
 */
async function startReceiver() {
	/** @type {Map<string, Trigger>} */
	const triggers = new Map();
	/** @type {Map<string, Waiting>} */
	const waiting = new Map();
	/** @type {Array<{ trigger: Trigger, items: Item[] }>} */
	const started = [];
	/** @type {Array<{ status: number, body: string }>} */
	const answers = [];
	/** @type {(items: Item[]) => void | Promise<void>} */
	let onStart = () => {};
	let isDown = false;

	const app = express();

	app.use((_request, response, next) => {
		const { end } = response;
		response.end = /** @type {any} */ (
			(/** @type {unknown[]} */ ...args) => {
				// The node may end an answer that it has sent already; only the first end counts.
				if (!response.writableEnded) {
					answers.push({ status: response.statusCode, body: String(args[0] ?? '') });
				}
				return /** @type {any} */ (end).apply(response, args);
			}
		);
		next();
	});

	app.use(
		'/webhook-waiting/:execution/:node',
		express.json({ strict: false, limit: LARGEST_BODY }),
		express.urlencoded({ extended: true, limit: LARGEST_BODY }),
		async (request, response) => {
			const execution = waiting.get(String(request.params.execution));
			if (execution) await execution.webhook(request, response);
			else response.status(404).send({ code: 404, message: 'The execution does not exist.' });
		},
	);

	app.use((_request, response, next) => {
		if (isDown) response.status(503).send('n8n is starting up');
		else next();
	});

	app.use((request, response, next) => {
		if (request.method === 'POST' && triggers.has(request.path)) next();
		else response.status(404).send({ code: 404, message: NOT_REGISTERED });
	});

	app.use(express.json({ strict: false, limit: LARGEST_BODY }));

	app.use(async (request, response) => {
		const trigger = /** @type {Trigger} */ (triggers.get(request.path));
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
	});

	/**
	 * Express knows it for a handler of errors by its four parameters.
	 *
	 * @param {any} error
	 * @param {express.Request} _request
	 * @param {express.Response} response
	 * @param {express.NextFunction} _next
	 */
	const answerError = (error, _request, response, _next) => {
		if (error.type === 'entity.parse.failed') {
			response.status(422).send({ code: 422, message: 'Failed to parse request body' });
		} else {
			response.status(500).send({ code: 0, message: error.message });
		}
	};
	app.use(answerError);

	const server = app.listen(0, '127.0.0.1');
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

		/** From now on n8n goes on with it when its link is called. @param {Waiting} execution */
		waitFor(execution) {
			waiting.set(execution.id, execution);
		},

		/**
		 * @param {typeof onStart} task what happens as n8n starts a workflow; when it throws, n8n could
		 * not start it
		 */
		whenStarting(task) {
			onStart = task;
		},

		/** Whether triggers get nothing, as while n8n restarts. @param {boolean} value */
		setDown(value) {
			isDown = value;
		},

		/** Forgets what arrived and who listens. */
		reset() {
			triggers.clear();
			waiting.clear();
			started.length = 0;
			answers.length = 0;
			onStart = () => {};
			isDown = false;
		},

		async stop() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

module.exports = { startReceiver };
