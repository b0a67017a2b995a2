/* The nodes that surround those of Ryze when they run on the engine alone. */

/** @typedef {import('n8n-workflow').IExecuteFunctions} Context */

const common = { group: [], version: 1, description: '', defaults: {}, properties: [] };

/** Stands where the earlier nodes of a workflow would; the engine puts pinned data in its place. */
const itemsNode = {
	description: { ...common, displayName: 'Items', name: 'items', inputs: [], outputs: ['main'] },
	/** @this {Context} */
	async execute() {
		return [this.getInputData()];
	},
};

/** How often the model has failed in an execution. @type {WeakMap<AbortSignal, number>} */
const modelFailures = new WeakMap();

/**
 * Calls its tool with each item's json, as the model of an AI agent would: one after the other, or
 * all `atOnce`. Then its model fails, `modelFails` times, as one that is overloaded.
 */
const agentNode = {
	description: {
		...common,
		displayName: 'Agent',
		name: 'agent',
		inputs: ['main', 'ai_tool'],
		outputs: ['main'],
		properties: [
			{ displayName: 'Model Fails', name: 'modelFails', type: 'number', default: 0 },
			{ displayName: 'At Once', name: 'atOnce', type: 'boolean', default: false },
		],
	},
	/** @this {Context} */
	async execute() {
		const [tool] = /** @type {any[]} */ (await this.getInputConnectionData('ai_tool', 0));
		const { modelFails, atOnce } = this.getNode().parameters;
		/**
		 * @param {import('n8n-workflow').INodeExecutionData} input
		 * @param {number} item
		 */
		const call = async ({ json }, item) => {
			try {
				const answer = await tool.invoke(json);
				return { json: { answer: JSON.parse(answer) }, pairedItem: { item } };
			} catch (error) {
				const { message } = /** @type {Error} */ (error);
				return { json: { toolFailed: message }, pairedItem: { item } };
			}
		};
		const answers = [];
		const calls = this.getInputData().map((input, item) => () => call(input, item));
		if (atOnce) answers.push(...(await Promise.all(calls.map((make) => make()))));
		else for (const make of calls) answers.push(await make());
		const execution = /** @type {AbortSignal} */ (this.getExecutionCancelSignal());
		const failures = modelFailures.get(execution) ?? 0;
		if (failures < Number(modelFails)) {
			modelFailures.set(execution, failures + 1);
			throw new Error('503 The model is overloaded');
		}
		return [answers];
	},
};

/**
 * The form in which n8n offers a node with `usableAsTool` to agents: no input, a tool as output.
 *
 * @param {import('n8n-workflow').INodeType} nodeType
 */
const toolForm = (nodeType) => ({
	execute: nodeType.execute,
	description: {
		...nodeType.description,
		name: `${nodeType.description.name}Tool`,
		inputs: [],
		outputs: ['ai_tool'],
	},
});

/** @param {string} name @param {string} type */
const nodeOf = (name, type) => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: /** @type {[number, number]} */ ([0, 0]),
	parameters: {},
});

module.exports = { agentNode, itemsNode, nodeOf, toolForm };
