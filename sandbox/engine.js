const { tmpdir } = require('node:os');
const { join } = require('node:path');

// n8n-core reads these as it is loaded. Else it would write a key into the user's own ~/.n8n, and
// report each failing node on the console.
process.env.N8N_USER_FOLDER ??= join(tmpdir(), 'n8n-nodes-ryzeapi');
process.env.N8N_ENCRYPTION_KEY ??= 'sandbox';
process.env.N8N_LOG_LEVEL ??= 'silent';

// n8n's dependency injection reads its types from here, so it has to come before n8n-core.
require('reflect-metadata');

const {
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	PackageDirectoryLoader,
	WorkflowExecute,
} = require('n8n-core');
const { createRunExecutionData, ICredentialsHelper, Workflow } = require('n8n-workflow');

/** @typedef {import('n8n-workflow').INodeExecutionData} Item */
/** @typedef {{ token?: unknown, instance?: unknown, baseUrl?: unknown }} CredentialFields */

/**
 * @typedef {object} RunOptions
 * @property {Item[]} items what comes into the Ryze node
 * @property {Record<string, unknown>} [parameters] of the Ryze node, beside resource and operation
 * @property {CredentialFields} [credential] none: the node has no credential set
 * @property {Partial<import('n8n-workflow').INode>} [node] other settings of the node, e.g. onError
 */

/**
 * @typedef {object} RunResult
 * @property {Item[]} success items of the output
 * @property {Item[]} failed items of the error output
 * @property {any} error the error that ended the run, if one did
 * @property {Array<{ message: string }>} hints shown in the output panel
 * @property {import('n8n-workflow').IRun} run the whole execution, as n8n stores it
 */

/** Stands where the workflow's earlier nodes would; the engine puts pinned data in its place. */
const itemsNode = {
	description: {
		displayName: 'Items',
		name: 'items',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	/** @this {import('n8n-workflow').IExecuteFunctions} */
	async execute() {
		return [this.getInputData()];
	},
};

/** n8n's own helper lives in the server; this one resolves a declarative `authenticate` as it does. */
class CredentialsHelper extends ICredentialsHelper {
	/**
	 * @param {import('n8n-workflow').ICredentialType} type
	 * @param {CredentialFields} fields
	 */
	constructor(type, fields) {
		super();
		this.type = type;
		this.fields = fields;
	}

	getParentTypes() {
		return [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	getCredentialsProperties() {
		return this.type.properties;
	}

	async getDecrypted() {
		return /** @type {any} */ ({ ...this.fields });
	}

	async preAuthentication() {
		return undefined;
	}

	async runPreAuthentication() {
		return undefined;
	}

	/**
	 * @param {any} credentials
	 * @param {string} _name
	 * @param {any} request
	 * @param {Workflow} workflow
	 * @param {import('n8n-workflow').INode} node
	 */
	async authenticate(credentials, _name, request, workflow, node) {
		const { properties } = /** @type {any} */ (this.type.authenticate);
		for (const [part, fields] of Object.entries(properties)) {
			for (const [key, value] of Object.entries(fields)) {
				const resolved = workflow.expression.getSimpleParameterValue(node, value, 'internal', {
					$credentials: credentials,
				});
				request[part] = { ...request[part], [key]: String(resolved) };
			}
		}
		return request;
	}

	async getCredentials() {
		return /** @type {any} */ (undefined);
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData() {}
}

/**
 * Loads the built package as n8n does at its start, and runs its node on n8n's own engine.
 *
 * @param {string} packageFolder holds package.json and dist
 */
async function loadEngine(packageFolder) {
	const loader = new PackageDirectoryLoader(packageFolder);
	await loader.loadAll();
	const ryze = loader.getNode('ryze').type;
	const credentialType = loader.getCredential('ryzeApi').type;
	const nodeTypes = /** @type {any} */ ({
		getByName: () => ryze,
		/** @param {string} name */
		getByNameAndVersion: (name) => (name === 'sandbox.items' ? itemsNode : ryze),
		getKnownTypes: () => loader.known.nodes,
	});

	/** @param {RunOptions} options */
	function prepare({ items, parameters = {}, credential, node = {} }) {
		const workflow = new Workflow({
			id: 'sandbox',
			nodes: [
				{
					id: '1',
					name: 'Items',
					type: 'sandbox.items',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: '2',
					name: 'Ryze',
					type: `${loader.packageName}.ryze`,
					typeVersion: 1,
					position: [200, 0],
					parameters: /** @type {any} */ ({
						resource: 'message',
						operation: 'pinMessage',
						...parameters,
					}),
					...(credential && { credentials: { ryzeApi: { id: '1', name: 'Ryze API' } } }),
					...node,
				},
			],
			connections: { Items: { main: [[{ node: 'Ryze', type: 'main', index: 0 }]] } },
			active: false,
			nodeTypes,
			settings: { executionOrder: 'v1' },
		});
		const helper = new CredentialsHelper(credentialType, credential ?? {});
		const data = {
			credentialsHelper: helper,
			externalSecretsProxy: new ExternalSecretsProxy(),
			hooks: new ExecutionLifecycleHooks('manual', '1', /** @type {any} */ (workflow)),
			currentNodeExecutionIndex: 0,
			webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
			formWaitingBaseUrl: 'http://localhost/form-waiting',
			variables: {},
		};
		const execute = new WorkflowExecute(
			/** @type {any} */ (data),
			'manual',
			createRunExecutionData({}),
		);
		const running = execute.run({
			workflow,
			startNode: workflow.getNode('Items') ?? undefined,
			pinData: /** @type {any} */ ({ Items: items }),
		});
		return { running, workflow, data };
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
			const { running } = prepare(options);
			return { result: running.then(resultOf), stop: () => running.cancel() };
		},

		/** @param {RunOptions} options */
		async run(options) {
			return await this.start(options).result;
		},
	};
}

/**
 * @param {import('n8n-workflow').IRun} run
 * @returns {RunResult}
 */
function resultOf(run) {
	const task = run.data.resultData.runData.Ryze?.[0];
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
