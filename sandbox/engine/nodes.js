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

/** Calls its tool with each item's json, as the model of an AI agent would. */
const agentNode = {
	description: {
		...common,
		displayName: 'Agent',
		name: 'agent',
		inputs: ['main', 'ai_tool'],
		outputs: ['main'],
	},
	/** @this {Context} */
	async execute() {
		const [tool] = /** @type {any[]} */ (await this.getInputConnectionData('ai_tool', 0));
		/** @type {import('n8n-workflow').INodeExecutionData[]} */
		const answers = [];
		for (const [item, { json }] of this.getInputData().entries()) {
			try {
				const answer = await tool.invoke(json);
				answers.push({ json: { answer: JSON.parse(answer) }, pairedItem: { item } });
			} catch (error) {
				const { message } = /** @type {Error} */ (error);
				answers.push({ json: { toolFailed: message }, pairedItem: { item } });
			}
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
