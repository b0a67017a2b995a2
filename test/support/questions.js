const { seeds } = require('../../sandbox/ryze');
const { until } = require('../../sandbox/until');
const { byId, called, triggered } = require('./workflows');

const { group } = seeds.chats;

const sender = { jid: '5511988880002@s.whatsapp.net', name: 'Bob' };

/**
 * Questions of a published workflow, and a published trigger that hears the answers.
 *
 * @param {Pick<import('../../sandbox/n8n/rig').Rig, 'rest' | 'ryze' | 'n8n' | 'addWorkflow'>} rig
 */
async function startQuestions({ rest, ryze, n8n, addWorkflow }) {
	const workflow = called('ask', {
		...{ resource: 'message', operation: 'sendAndWait', chat: byId(group) },
		message: '={{ $json.text }}',
	});
	const webhook = workflow.nodes.find(({ name }) => name === 'Webhook');
	Object.assign(webhook.parameters, { responseMode: 'onReceived' });
	const asking = await addWorkflow(workflow);
	const heard = await addWorkflow(triggered());
	for (const id of [heard, asking]) await rest.activateWorkflow(id);

	const statuses = async () =>
		(await rest.listExecutions(asking)).map(({ status }) => String(status)).sort();

	return {
		heard,

		async stop() {
			for (const id of [asking, heard]) await rest.deactivateWorkflow(id);
		},

		/** @param {number} count */
		async ask(count) {
			for (let n = 0; n < count; n++) {
				const response = await fetch(`${n8n.url}/webhook/ask`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ list: [{ text: `Question ${n}?` }] }),
				});
				expect(response.status).toBe(200);
			}
			await until(
				async () => (await statuses()).filter((each) => each === 'waiting').length === count,
			);
			return [...ryze.sent];
		},

		/** @param {any} question @param {string} text */
		reply: async ({ messageId, message }, text) =>
			await ryze.receive('demo', {
				chat: { jid: group, name: 'Team' },
				sender,
				reply: { of: messageId, text: message },
				text,
			}),

		/** What each question was answered with, by its message. @param {number} count */
		async answers(count) {
			await until(
				async () => (await statuses()).filter((each) => each === 'success').length === count,
			);
			const list = await rest.listExecutions(asking);
			const all = await Promise.all(list.map(({ id }) => rest.getExecution(id)));
			return Object.fromEntries(
				all.map(({ data }) => {
					const runs = data.resultData.runData.Ryze;
					expect(runs).toHaveLength(1);
					const { messageId, approved, via } = runs[0].data.main[0][0].json.data;
					return [messageId, [approved, via]];
				}),
			);
		},
	};
}

module.exports = { startQuestions };
