'use strict';

/* docs/images/reply-to-pin.gif: a message in a group is answered with #pin, and is pinned. */
const { readExample, withSandboxValues } = require('../sandbox/n8n/rig');
const { seeds } = require('../sandbox/ryze');
const { until } = require('../sandbox/until');
const { openChat } = require('./chatFilm');

const NOTICE = 'Dinner is on Friday at 8';
const COMMAND = '#pin';

/** @param {import('./studio').Studio} studio */
async function replyToPin(studio) {
	const { ryze } = studio.rig;
	const workflow = withSandboxValues(readExample('reply-to-pin.json'));
	// The note would take the room that the nodes need to be read.
	workflow.nodes.shift();
	const id = await studio.rig.addWorkflow(workflow);
	const { jid, name } = seeds.groups.sandbox;
	const { saved, pushName } = seeds.contacts;
	const group = { jid, name };
	const sender = { jid: saved.jid, name: saved.full_name };

	const { chat, pause, execute, write, film } = await openChat(studio, name, id);
	const notice = await ryze.receive('demo', { chat: group, sender, text: NOTICE });
	await chat('add', { id: notice.messageId, from: saved.full_name, text: NOTICE });
	await chat('caption', 'A message in a group');
	await execute();
	await until(() => ryze.webhooks('demo').some(({ enabled }) => enabled));
	await pause(1_500);

	await film('reply-to-pin.gif', async () => {
		await pause(1_500);
		await chat('caption', 'Someone replies to it with #pin');
		await chat('answer', NOTICE);
		await pause(900);
		await write(COMMAND);
		await chat('add', { id: 'reply', text: COMMAND, answers: NOTICE, own: true });
		await chat('caption', 'The Ryze WhatsApp Trigger starts the workflow');
		await pause(700);
		const reply = { of: notice.messageId, text: NOTICE };
		await ryze.receive('demo', { chat: group, sender: pushName, text: COMMAND, reply });
		await until(() => ryze.pins.has(`demo/${notice.messageId}`));
		await chat('pin', notice.messageId, NOTICE);
		await chat('caption', 'The message is pinned for everyone in the group');
		await pause(4_000);
	});
}

module.exports = { replyToPin };
