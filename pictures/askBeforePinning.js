'use strict';

/* docs/images/ask-before-pinning.gif: a question in a group, a 👍, and the notice is pinned. */
const { readExample, withSandboxValues } = require('../sandbox/n8n/rig');
const { seeds } = require('../sandbox/ryze');
const { until } = require('../sandbox/until');
const { openChat } = require('./chatFilm');

const NOTICE = 'Dinner is on Friday at 8';

/** Names of nodes of the example. */
const FORM = 'When a notice is proposed';
const LISTENER = 'Hear the answers';

/**
 * The example in two workflows: the trigger that hears the answers has to be published, and the
 * other one is run in the editor, where the form would open a window of its own.
 */
function twoWorkflows() {
	const example = withSandboxValues(readExample('ask-before-pinning.json'));
	const [, ...nodes] = example.nodes;
	const isListener = (/** @type {any} */ { name }) => name === LISTENER;
	const form = nodes.find((/** @type {any} */ { name }) => name === FORM);
	Object.assign(form, { type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} });
	const pinData = { [FORM]: [{ json: { Notice: NOTICE } }] };
	return {
		shown: {
			...example,
			pinData,
			nodes: nodes.filter((/** @type {any} */ node) => !isListener(node)),
		},
		listener: { ...example, name: LISTENER, connections: {}, nodes: nodes.filter(isListener) },
	};
}

/** @param {import('./studio').Studio} studio */
async function askBeforePinning(studio) {
	const { rig } = studio;
	const { ryze } = rig;
	const { shown, listener } = twoWorkflows();
	await rig.rest.activateWorkflow(await rig.addWorkflow(listener));
	const id = await rig.addWorkflow(shown);
	const { jid, name } = seeds.groups.sandbox;
	const group = { jid, name };
	/** @param {number} count */
	const sent = async (count) => {
		await until(() => ryze.sent.length >= count);
		return /** @type {any} */ (ryze.sent[count - 1]);
	};

	const { chat, pause, execute, film } = await openChat(studio, name, id);
	await chat('caption', 'Someone proposes a notice');
	await film('ask-before-pinning.gif', async () => {
		await pause(1_200);
		await execute();
		const question = await sent(1);
		// As it reads from an n8n that has a public address.
		const text = question.message.replace(rig.n8n.url, 'https://n8n.example.com');
		await chat('add', { id: question.messageId, from: 'Your number', text });
		await chat('caption', 'n8n asks in the group, and the workflow waits');
		await until(async () => (await rig.rest.listExecutions(id))[0]?.status === 'waiting');
		await pause(3_500);
		await chat('caption', 'An admin reacts with 👍');
		await chat('react', question.messageId, '👍');
		await pause(900);
		const sender = { jid: seeds.contacts.pushName.jid };
		const reaction = ryze.events.reaction({
			of: question.messageId,
			text: '👍',
			chat: group,
			sender,
		});
		await ryze.deliver('demo', 'message.exchange', reaction);
		const notice = await sent(2);
		await chat('add', { id: notice.messageId, from: 'Your number', text: notice.message });
		await until(() => ryze.pins.has(`demo/${notice.messageId}`));
		await chat('pin', notice.messageId, notice.message);
		await chat('caption', 'The workflow continues: the notice is sent and pinned');
		await pause(4_000);
	});
}

module.exports = { askBeforePinning };
