const {
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	PackageDirectoryLoader,
	WorkflowExecute,
} = require('./core');
const { createRunExecutionData, Workflow } = require('n8n-workflow');
const { CredentialsHelper } = require('./credentials');
const { agentNode, itemsNode, nodeOf, toolForm } = require('./nodes');
const { searchList } = require('./lists');
const { createTrigger } = require('./trigger');
const { createWaiting } = require('./waiting');

/** @typedef {import('n8n-workflow').INodeExecutionData} Item */
/** @typedef {import('./credentials').CredentialFields} CredentialFields */

/**
 * @typedef {object} RunOptions
 * @property {Item[]} items what comes into the Ryze node
 * @property {Record<string, unknown>} [parameters] of the Ryze node, beside resource and operation
 * @property {CredentialFields} [credential] none: the node has no credential set
 * @property {Partial<import('n8n-workflow').INode>} [node] other settings of the node, e.g. onError
 * @property {Partial<import('n8n-workflow').INode>} [agent] settings of the agent, when the node is its tool
 * @property {Partial<import('n8n-workflow').INode>} [next] what differs in a second Ryze node behind the first
 * @property {number} [runs] how often the items come to the node, as in a loop
 * @property {string} [n8nUrl] where n8n is reached, as WEBHOOK_URL says it; without a slash at its end
 */

/**
 * @typedef {object} RunResult
 * @property {Item[]} success items of the output
 * @property {Item[]} failed items of the error output
 * @property {any} error the error that ended the run, if one did
 * @property {Array<{ message: string }>} hints shown in the output panel
 * @property {import('n8n-workflow').IRun} run the whole execution, as n8n stores it
 */

/**
 * Loads the built package as n8n does at its start, and runs its node on n8n's own engine.
 *
 * @param {string} packageFolder holds package.json and dist
 */
async function loadEngine(packageFolder) {
	const loader = new PackageDirectoryLoader(packageFolder);
	await loader.loadAll();
	const ryze = /** @type {import('n8n-workflow').INodeType} */ (loader.getNode('ryze').type);
	const credentialType = loader.getCredential('ryzeApi').type;
	/** @type {Record<string, any>} */
	const types = {
		ryze,
		ryzeTool: toolForm(ryze),
		ryzeTrigger: loader.getNode('ryzeTrigger').type,
		items: itemsNode,
		agent: agentNode,
	};
	const nodeTypes = /** @type {any} */ ({
		/** @param {string} name */
		getByName: (name) => types[name.split('.')[1]],
		/** @param {string} name */
		getByNameAndVersion: (name) => types[name.split('.')[1]],
		getKnownTypes: () => loader.known.nodes,
	});

	let executions = 0;

	/**
	 * @param {RunOptions} options
	 * @param {'ryze' | 'ryzeTool'} form
	 */
	function prepare(
		{
			items,
			parameters = {},
			credential,
			node = {},
			agent,
			next,
			runs,
			n8nUrl = 'http://localhost',
		},
		form,
	) {
		const asTool = form === 'ryzeTool';
		const ryzeNode = {
			...nodeOf('Ryze', `${loader.packageName}.${form}`),
			parameters: /** @type {any} */ ({
				resource: 'message',
				operation: 'pinMessage',
				...parameters,
			}),
			...(credential && { credentials: { ryzeApi: { id: '1', name: 'Ryze WhatsApp API' } } }),
			...node,
		};
		const workflow = new Workflow({
			id: 'sandbox',
			nodes: [
				nodeOf('Items', 'sandbox.items'),
				{ ...nodeOf('Agent', 'sandbox.agent'), ...agent },
				ryzeNode,
				...(next ? [{ ...ryzeNode, name: 'Next', ...next }] : []),
			],
			connections: asTool
				? { Items: connectionTo('Agent', 'main'), Ryze: connectionTo('Agent', 'ai_tool') }
				: {
						Items: connectionTo('Ryze', 'main', runs),
						...(next && { Ryze: connectionTo('Next', 'main') }),
					},
			active: false,
			nodeTypes,
			settings: { executionOrder: 'v1' },
		});
		const additionalData = {
			credentialsHelper: new CredentialsHelper(credentialType, credential ?? {}),
			externalSecretsProxy: new ExternalSecretsProxy(),
			hooks: new ExecutionLifecycleHooks('manual', '1', /** @type {any} */ (workflow)),
			currentNodeExecutionIndex: 0,
			executionId: String(++executions),
			webhookWaitingBaseUrl: `${n8nUrl}/webhook-waiting`,
			formWaitingBaseUrl: `${n8nUrl}/form-waiting`,
			variables: {},
		};
		const pinData = /** @type {any} */ ({ Items: items });
		return { workflow, additionalData: /** @type {any} */ (additionalData), pinData };
	}

	/**
	 * @param {RunOptions} options
	 * @param {'ryze' | 'ryzeTool'} form
	 */
	function execute(options, form) {
		const { workflow, additionalData, pinData } = prepare(options, form);
		const startNode = workflow.getNode('Items') ?? undefined;
		const data = createRunExecutionData({});
		return new WorkflowExecute(additionalData, 'manual', data).run({
			workflow,
			startNode,
			pinData,
		});
	}

	return {
		loader,

		/**
		 * Starts a run that can be stopped, as with the editor's stop button.
		 *
		 * @param {RunOptions} options
		 * @returns {{ result: Promise<RunResult>, stop: () => void }}
		 */
		start(options) {
			const running = execute(options, 'ryze');
			const result = running.then((run) => resultOf(run, 'Ryze'));
			return { result, stop: () => running.cancel() };
		},

		/**
		 * The trigger in its own workflow, which n8n can switch on and off.
		 *
		 * @param {import('./trigger').TriggerOptions} options
		 */
		trigger: (options) =>
			createTrigger({ packageName: loader.packageName, credentialType, nodeTypes }, options),

		/**
		 * Fills a list in the editor.
		 *
		 * @param {import('./lists').ListOptions} options
		 */
		search: async (options) =>
			await searchList({ packageName: loader.packageName, credentialType, nodeTypes }, options),

		/**
		 * Runs until the node waits for an answer, and lets n8n wait for it.
		 *
		 * @param {RunOptions} options
		 */
		async ask(options) {
			const { workflow, additionalData, pinData } = prepare(options, 'ryze');
			const startNode = workflow.getNode('Items') ?? undefined;
			const data = createRunExecutionData({});
			const run = await new WorkflowExecute(additionalData, 'manual', data).run({
				workflow,
				startNode,
				pinData,
			});
			return createWaiting({ workflow, additionalData, type: ryze }, run, (ended) =>
				resultOf(ended, 'Ryze'),
			);
		},

		/** @param {RunOptions} options */
		async run(options) {
			return await this.start(options).result;
		},

		/**
		 * Lets an agent call the node as its tool, once with each item's json as the arguments.
		 *
		 * @param {RunOptions} options
		 */
		async runAsTool(options) {
			return resultOf(await execute(options, 'ryzeTool'), 'Agent');
		},
	};
}

/** @param {string} node @param {'main' | 'ai_tool'} type @param {number} [times] */
const connectionTo = (node, type, times = 1) => ({
	[type]: [Array.from({ length: times }, () => ({ node, type, index: 0 }))],
});

/**
 * @param {import('n8n-workflow').IRun} run
 * @param {string} node
 * @returns {RunResult}
 */
function resultOf(run, node) {
	const task = run.data.resultData.runData[node]?.[0];
	const [success, failed] = task?.data?.main ?? [];
	return {
		success: success ?? [],
		failed: failed ?? [],
		error: run.data.resultData.error,
		hints: task?.hints ?? [],
		run,
	};
}

module.exports = { loadEngine };
