const {
	InstanceSettings,
	validateUrlSignature,
	WebhookContext,
	WorkflowExecute,
} = require('./core');
const { Container } = require('@n8n/di');
const flatted = require('../flatted');

/**
 * @typedef {object} StoredExecution
 * @property {import('n8n-workflow').Workflow} workflow
 * @property {any} additionalData
 * @property {import('n8n-workflow').INodeType} type of the node that waits
 */

const NOTHING_TO_DO = '<html>No action required</html>';

/**
 * An execution that waits for an answer: it is stored, and each request to its link finds it as it was
 * stored (waiting-webhooks.js and webhook-helpers.js of n8n 2.41.1).
 *
 * @template Result
 * @param {StoredExecution} execution
 * @param {import('n8n-workflow').IRun} run as it was when the node began to wait
 * @param {(run: import('n8n-workflow').IRun) => Result} resultOf
 */
function createWaiting({ workflow, additionalData, type }, run, resultOf) {
	let stored = flatted.stringify(run.data);
	let { waitTill } = run;
	let status = /** @type {'waiting' | 'running' | 'finished'} */ (
		run.waitTill ? 'waiting' : 'finished'
	);
	/** @type {Result | undefined} */
	let result = status === 'waiting' ? undefined : resultOf(run);

	/**
	 * Goes on with what the node gives for its input.
	 *
	 * @param {any} data
	 * @param {import('n8n-workflow').INodeExecutionData[][]} [items] none: its input
	 */
	async function goOn(data, items) {
		const [entry] = data.executionData.nodeExecutionStack;
		if (items) entry.data.main = items;
		// Whatever else on the stack has the same node (seen on n8n 2.41: such a run is skipped).
		entry.node.disabled = true;
		data.waitTill = waitTill;
		const ended = await new WorkflowExecute(additionalData, 'manual', data).processRunExecutionData(
			workflow,
		);
		stored = flatted.stringify(ended.data);
		waitTill = ended.waitTill;
		status = waitTill ? 'waiting' : 'finished';
		result = waitTill ? undefined : resultOf(ended);
	}

	return {
		id: /** @type {string} */ (additionalData.executionId),

		/** When n8n goes on without an answer. */
		waitTill: run.waitTill,

		/** What is shown when the node begins to wait, or has failed instead. */
		asked: resultOf(run),

		/** What is in the database of n8n. */
		stored: () => stored,

		/** @returns {typeof status} */
		status: () => status,

		/** The result of the whole execution, once it has ended. */
		result: () => result,

		/** While n8n stores it, or goes on with it. @param {boolean} isRunning */
		setRunning(isRunning) {
			status = isRunning ? 'running' : 'waiting';
		},

		/** As n8n does at the time limit: without any code of the node. */
		async timeOut() {
			status = 'running';
			await goOn(flatted.parse(stored));
		},

		/**
		 * A request to the link.
		 *
		 * @param {any} request as Express has it, with its body read
		 * @param {any} response as Express has it
		 */
		async webhook(request, response) {
			const url = new URL(request.originalUrl, 'http://localhost');
			const signature = url.searchParams.get('signature') ?? '';
			const { hmacSignatureSecret } = Container.get(InstanceSettings);
			if (!validateUrlSignature(signature, url, hmacSignatureSecret)) {
				response.status(401).send('Invalid token');
				return;
			}
			if (status === 'running') {
				response.status(409).send({ message: `The execution "${this.id}" is running already.` });
				return;
			}
			if (status === 'finished') {
				response.send(NOTHING_TO_DO);
				return;
			}
			const data = flatted.parse(stored);
			const node = /** @type {any} */ (
				workflow.getNode(data.executionData.nodeExecutionStack[0].node.name)
			);
			const webhookData = /** @type {any} */ ({
				webhookDescription: type.description.webhooks?.[0],
			});
			const more = { ...additionalData, httpRequest: request, httpResponse: response };
			const context = new WebhookContext(workflow, node, more, 'manual', webhookData, [], data);
			const { webhook } = /** @type {any} */ (type);
			const { workflowData, webhookResponse, noWebhookResponse } = await webhook.call(context);
			if (!workflowData) {
				if (!noWebhookResponse)
					response.send(webhookResponse ?? { message: 'Webhook call received' });
				return;
			}
			// Only one answer is taken: n8n claims the execution in its database.
			if (status !== 'waiting') {
				response.status(500).send({ message: 'The execution is not waiting any more' });
				return;
			}
			status = 'running';
			response.send(webhookResponse);
			await goOn(data, workflowData);
		},
	};
}

module.exports = { createWaiting };
