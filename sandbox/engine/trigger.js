const { ExternalSecretsProxy, HookContext, WebhookContext } = require('./core');
const { Workflow } = require('n8n-workflow');
const { CredentialsHelper } = require('./credentials');
const { nodeOf } = require('./nodes');

/**
 * @typedef {object} LoadedPackage
 * @property {string} packageName
 * @property {import('n8n-workflow').ICredentialType} credentialType
 * @property {any} nodeTypes
 *
 * @typedef {object} TriggerOptions
 * @property {string} n8nUrl where n8n is reached, as WEBHOOK_URL says it; without a slash at its end
 * @property {Record<string, unknown>} [parameters] of the node
 * @property {import('./credentials').CredentialFields} [credential] none: none is set
 * @property {boolean} [isTest] it listens for a test event
 * @property {string} [workflowId]
 * @property {string} [nodeId]
 * @property {string} [instanceId] of n8n; the engine's own by default
 * @property {Record<string, any>} [staticData] what n8n has stored with the workflow
 *
 * @typedef {ReturnType<typeof createTrigger>} Trigger
 */

const NAME = 'Ryze WhatsApp Trigger';

/**
 * A trigger as n8n handles it: every call finds the workflow as it was last stored, and its static
 * data is stored afterwards if n8n notices a change (webhook.service.js, live-webhooks.js,
 * test-webhooks.js and workflow-static-data.service.js of n8n 2.41.1).
 *
 * @param {LoadedPackage} loaded
 * @param {TriggerOptions} options
 */
function createTrigger({ packageName, credentialType, nodeTypes }, options) {
	const { n8nUrl, isTest = false, workflowId = 'wf1', nodeId = 'node-1', instanceId } = options;
	const { parameters = {}, credential } = options;
	let stored = JSON.stringify(options.staticData ?? {});
	const type = nodeTypes.getByName(`${packageName}.ryzeTrigger`);
	/** @type {string[]} */
	const warnings = [];

	const additionalDataOf = (/** @type {object} */ more) => ({
		credentialsHelper: new CredentialsHelper(credentialType, credential ?? {}),
		externalSecretsProxy: new ExternalSecretsProxy(),
		webhookBaseUrl: `${n8nUrl}/webhook`,
		webhookTestBaseUrl: `${n8nUrl}/webhook-test`,
		webhookWaitingBaseUrl: `${n8nUrl}/webhook-waiting`,
		formWaitingBaseUrl: `${n8nUrl}/form-waiting`,
		variables: {},
		...more,
	});

	/** @param {object} [more] what n8n knows while a request is answered */
	function load(more = {}) {
		const workflow = new Workflow({
			id: workflowId,
			nodes: [
				{
					...nodeOf(NAME, `${packageName}.ryzeTrigger`),
					id: nodeId,
					webhookId: `webhook-of-${nodeId}`,
					parameters: /** @type {any} */ ({ events: ['message.exchange'], ...parameters }),
					...(credential && { credentials: { ryzeApi: { id: '1', name: 'Ryze WhatsApp API' } } }),
				},
			],
			connections: {},
			active: !isTest,
			nodeTypes,
			staticData: JSON.parse(stored),
			settings: { executionOrder: 'v1' },
		});
		const node = /** @type {import('n8n-workflow').INode} */ (workflow.getNode(NAME));
		const additionalData = /** @type {any} */ (additionalDataOf(more));
		const webhookDescription = type.description.webhooks[0];
		const webhookData = /** @type {any} */ ({ isTest, webhookDescription, workflowId });
		return { workflow, node, additionalData, webhookData };
	}

	/**
	 * Only the process as a whole has an instance ID, so another one is put over it.
	 *
	 * @template {object} T
	 * @param {T} context
	 * @returns {T}
	 */
	function withInstanceId(context) {
		const { instanceSettings } = /** @type {any} */ (context);
		return instanceId === undefined
			? context
			: Object.assign(context, {
					instanceSettings: Object.create(instanceSettings, { instanceId: { value: instanceId } }),
				});
	}

	/** @param {Workflow} workflow */
	function save({ staticData }) {
		if (staticData.__dataChanged === true) stored = JSON.stringify(staticData);
	}

	/**
	 * Before it is read, as n8n keeps what it has read once.
	 *
	 * @template {object} T
	 * @param {T} context
	 * @returns {T}
	 */
	const withLogger = (context) =>
		Object.defineProperty(context, 'logger', {
			value: { debug() {}, info() {}, error() {}, warn: warnings.push.bind(warnings) },
		});

	function hookContext() {
		const { workflow, node, additionalData, webhookData } = load();
		const mode = isTest ? 'manual' : 'trigger';
		const activation = isTest ? 'manual' : 'activate';
		return withInstanceId(
			new HookContext(workflow, node, additionalData, mode, activation, webhookData),
		);
	}

	/**
	 * @param {'checkExists' | 'create' | 'delete'} method
	 * @returns {Promise<boolean>}
	 */
	async function call(method) {
		const context = withLogger(hookContext());
		const result = await type.webhookMethods.default[method].call(context);
		save(context.workflow);
		return result;
	}

	return {
		isTest,

		/** What the node has written to the log of n8n, oldest first. */
		warnings,

		/** Where n8n tells the world to send events for this trigger. */
		url: String(hookContext().getNodeWebhookUrl('default')),

		/** What n8n has stored for the node. */
		kept: () => JSON.parse(stored)[`node:${NAME}`] ?? {},

		checkExists: async () => await call('checkExists'),
		create: async () => await call('create'),
		delete: async () => await call('delete'),

		/** As n8n does it: only what is not there already is made. */
		async switchOn() {
			if (!(await call('checkExists'))) await call('create');
		},

		/**
		 * Hands a request to the node.
		 *
		 * @param {any} request as Express has it, with its body read
		 * @param {any} response as Express has it
		 * @returns {Promise<import('n8n-workflow').IWebhookResponseData>}
		 */
		async webhook(request, response) {
			const more = { httpRequest: request, httpResponse: response };
			const { workflow, node, additionalData, webhookData } = load(more);
			const mode = isTest ? 'manual' : 'webhook';
			// n8n looks for this in every node, whatever its parameters are (parseRequestBody).
			workflow.expression.getSimpleParameterValue(
				node,
				'={{$parameter["options"]["binaryData"]}}',
				mode,
				{},
				undefined,
				false,
			);
			const context = withInstanceId(
				new WebhookContext(workflow, node, additionalData, mode, webhookData, [], null),
			);
			withLogger(context);
			const result = await type.webhook.call(context);
			save(workflow);
			return result;
		},
	};
}

module.exports = { createTrigger };
