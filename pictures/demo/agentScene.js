'use strict';

const { join } = require('node:path');
const { readExample } = require('../../sandbox/n8n/rig');
const { seeds } = require('../../sandbox/ryze');
const { until } = require('../../sandbox/until');
const { byId, closeNode, node } = require('./steps');

const FILE = 'ai-agent-pins.json';
const ANSWER = 'Done: the message is pinned for 24 hours.';

/** @type {import('./steps').Scene} */
async function agent({ page, n8n, ryze, model }, hand, say) {
	const { nodes } = readExample(FILE);
	const { parameters } = nodes.find((/** @type {any} */ { name }) => name === 'Model');
	const id = seeds.messages.notice;
	const call = { Pin: true, Message_ID: id, Duration: '24h' };
	model.play(parameters.model.value, [{ call }, ANSWER]);

	say('5. An AI agent uses the node as a tool: an example of the package');
	await page.goto(`${n8n.url}/workflow/new`);
	await hand.press('workflow-menu');
	await hand.click(page.getByText('Import', { exact: true }).first());
	const [chooser] = await Promise.all([
		page.waitForEvent('filechooser'),
		hand.click(page.getByText('From file', { exact: true }).first()),
	]);
	await chooser.setFiles(join(__dirname, '../../examples', FILE));
	await node(page, 'Ryze').waitFor();
	await hand.press('zoom-to-fit');
	await hand.rest(0.5);
	say('Choose the credentials of the node and of the model');
	for (const [name, credential] of [
		['Ryze', 'Ryze WhatsApp account'],
		['Model', 'Scripted model'],
	]) {
		await hand.doubleClick(node(page, name));
		await page.locator(byId('node-parameters')).waitFor();
		await hand.click(page.locator(byId('node-credentials-select')).first());
		await hand.click(page.getByText(credential).last());
		await hand.rest(0.5);
		await closeNode(page, hand);
	}
	await hand.press('workflow-chat-button');
	await hand.press('zoom-to-fit');
	say('Ask the agent in the chat');
	const field = page.locator(byId('chat-input')).first();
	await hand.fill(field, `Pin the message ${id} for 24 hours`);
	await page.keyboard.press('Enter');
	await page.getByText(ANSWER).first().waitFor();
	await until(() => ryze.pins.get(`demo/${id}`)?.duration === '24h');
	say('The agent has called the node, which has pinned the message');
	await hand.rest(2);
	const logs = page.locator(byId('logs-panel'));
	await hand.click(logs.getByText('Ryze', { exact: true }).last());
	await logs.getByText('Message pinned successfully').first().waitFor();
	say('What the model has filled in, and what it has read of the node');
	await hand.rest(4);
}

module.exports = { agent };
