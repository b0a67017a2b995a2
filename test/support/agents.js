/* Conversations of n8n's AI Agent with a scripted model, with the Ryze node as the agent's tool. */
const { startModel } = require('../../sandbox/model');
const { agentWorkflow, manualTrigger, streamingTrigger, withoutAgent } = require('./agentWorkflow');

/** @typedef {import('./agentWorkflow').Conversation} Conversation */

/** Versions of the AI Agent node, each of which may hand a tool's answer to the model in its own way. */
const AGENTS = [1.7, 2, 2.2, 3, 3.1];

/** What the model says at the end of each conversation. */
const LAST_WORDS = 'That is all.';

/** @param {import('../../sandbox/n8n/rig').Rig} rig */
async function startAgents(rig) {
	const model = await startModel();
	const openAiApi = await rig.rest.createCredential({
		name: 'Model',
		type: 'openAiApi',
		data: { apiKey: 'none', url: model.url },
	});
	const types = await rig.rest.nodeTypes();
	const known = types
		.filter(({ name }) => name === '@n8n/n8n-nodes-langchain.agent')
		.flatMap(({ version }) => version);
	const versions = AGENTS.filter((version) => known.includes(version));
	let conversations = 0;

	/** @param {number} agent @param {Conversation} conversation @param {any} trigger */
	async function begin(agent, conversation, trigger) {
		const name = `model-${++conversations}`;
		const steps = conversation.calls.map((call) => ({ call }));
		const failed = conversation.modelFails ? [...steps, { fail: 503 }] : [];
		const played = model.play(name, [...failed, ...steps, LAST_WORDS]);
		const workflow = agentWorkflow(trigger, agent, { name, openAiApi }, conversation);
		return { ...played, id: await rig.addWorkflow(workflow, conversation.credential) };
	}

	/**
	 * Runs the workflow by hand.
	 *
	 * @param {number} agent version
	 * @param {Conversation} conversation
	 */
	async function talk(agent, conversation) {
		const { id, ...played } = await begin(agent, conversation, manualTrigger);
		const { data } = await rig.rest.runWorkflow(id);
		const { error, runData } = data.resultData;
		/** @type {string | undefined} */
		const said = runData.Agent?.at(-1)?.data?.main[0][0].json.output;
		return { said, error: error?.message, ...played };
	}

	/**
	 * Runs the workflow through its webhook, as a chat window does.
	 *
	 * @param {number} agent version
	 * @param {Conversation} conversation
	 */
	async function stream(agent, conversation) {
		const path = `agent-${conversations + 1}`;
		const { id, ...played } = await begin(agent, conversation, streamingTrigger(path));
		await rig.rest.activateWorkflow(id);
		const response = await fetch(`${rig.n8n.url}/webhook/${path}`, { method: 'POST' });
		const lines = (await response.text()).trim().split('\n');
		await rig.rest.deactivateWorkflow(id);
		return { said: lines.map((line) => JSON.parse(line).content ?? '').join(''), ...played };
	}

	/**
	 * Does something with every version of the AI Agent at once.
	 *
	 * @template T
	 * @param {(agent: number) => Promise<T>} act
	 * @returns {Promise<Record<string, T>>} By the version.
	 */
	const byAgent = async (act) =>
		Object.fromEntries(await Promise.all(versions.map(async (agent) => [agent, await act(agent)])));

	return {
		model,
		openAiApi,
		/** Those of `AGENTS` that this n8n has. */
		versions,
		talk,
		stream,
		byAgent,

		/** The same for every version, to compare with. @param {unknown} expected */
		every: (expected) => Object.fromEntries(versions.map((agent) => [agent, expected])),

		/** What the model has read of every call, and how it ended. @param {Conversation} conversation */
		outcomes: async (conversation) =>
			await byAgent(async (agent) => {
				const { results, said, error } = await talk(agent, conversation);
				return { read: results(), said, error };
			}),

		/**
		 * @param {Conversation} conversation
		 * @returns {Promise<any[]>} The output of the Ryze node when the same runs without an agent.
		 */
		async seenByAUser(conversation) {
			const id = await rig.addWorkflow(withoutAgent(conversation), conversation.credential);
			const { data } = await rig.rest.runWorkflow(id);
			const items = data.resultData.runData.Ryze[0].data.main[0];
			return items.map((/** @type {any} */ { json }) => json);
		},
	};
}

module.exports = { LAST_WORDS, startAgents };
