/* Workflows in which n8n's AI Agent has the Ryze node as its tool. */
const { manual } = require('./workflows');

const LANGCHAIN = '@n8n/n8n-nodes-langchain';

/**
 * @typedef {object} Conversation
 * @property {Record<string, any>} parameters of the Ryze node
 * @property {Array<Record<string, unknown> | Record<string, unknown>[]>} calls the arguments of each call
 * that the model makes, one after the other, before its last words; a list: several at once
 * @property {object} [agent] settings of the agent
 * @property {boolean} [modelFails] whether the model fails once after its calls, to make them again
 * @property {object} [settings] of the Ryze node, such as `{ retryOnFail: true }`
 * @property {{ id: string, name: string }} [credential] of the Ryze node, if not the rig's own
 */

/** @param {string} name @param {string} type @param {number} typeVersion @param {object} parameters */
const node = (name, type, typeVersion, parameters, more = {}) => ({
	...{ id: name, name, type, typeVersion, position: [0, 0], parameters },
	...more,
});

/** By hand. */
const manualTrigger = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});

/** By a production webhook, which answers with the agent's words as they come. @param {string} path */
const streamingTrigger = (path) =>
	node(
		'Start',
		'n8n-nodes-base.webhook',
		2.1,
		{ path, httpMethod: 'POST', responseMode: 'streaming', options: {} },
		{ webhookId: path },
	);

/**
 * The value that the editor writes when a user lets the model fill in a field, with its ✨ button.
 *
 * @param {string} key the name of the field, with underscores for spaces
 * @param {'string' | 'boolean' | 'number'} [type]
 */
const fromAi = (key, type = 'string') =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, '${type}') }}`;

/**
 * @param {any} trigger
 * @param {number} version of the AI Agent node
 * @param {{ name: string, openAiApi: { id: string, name: string } }} model and its credential
 * @param {Conversation} conversation
 */
const agentWorkflow = (trigger, version, model, { parameters, settings, agent }) => ({
	name: `Agent ${version}`,
	nodes: [
		trigger,
		node(
			'Agent',
			`${LANGCHAIN}.agent`,
			version,
			{
				...(version < 2 ? { agent: 'toolsAgent' } : {}),
				...{ promptType: 'define', text: 'Please.', options: {} },
			},
			agent,
		),
		node(
			'Model',
			`${LANGCHAIN}.lmChatOpenAi`,
			1.2,
			{ model: { __rl: true, mode: 'id', value: model.name }, options: { maxRetries: 0 } },
			{ credentials: { openAiApi: model.openAiApi } },
		),
		node(
			'Ryze',
			'n8n-nodes-ryzeapi.ryzeTool',
			1,
			{ resource: 'message', operation: 'pinMessage', ...parameters },
			settings,
		),
	],
	connections: {
		Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
		Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
		Ryze: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
	},
	// Without it, Agent 3 goes on before its tool has run.
	settings: { executionOrder: 'v1' },
});

/**
 * The same calls as items of a plain workflow, to compare what the model reads with.
 *
 * @param {Conversation} conversation
 */
function withoutAgent({ parameters, calls }) {
	const written = JSON.stringify(parameters);
	const text = written.replaceAll(/\/\*.*?\*\/ \$fromAI\('(\w+)'.*?\)/g, '$json.$1');
	return manual(calls.flat(), JSON.parse(text), { onError: 'continueRegularOutput' });
}

module.exports = { agentWorkflow, fromAi, manualTrigger, streamingTrigger, withoutAgent };
