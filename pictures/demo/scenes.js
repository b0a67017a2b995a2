'use strict';

/* What the demo shows, scene by scene. A scene that does not come to what it is about fails. */
const { seeds } = require('../../sandbox/ryze');
const { until } = require('../../sandbox/until');
const { agent } = require('./agentScene');
const { addPin, byId, choose, closeNode, output, parameter, showFields } = require('./steps');

/** @typedef {import('./steps').Scene} Scene */

const PINNED = 'Message pinned successfully';

/** @type {Scene} */
async function install({ page, packageName, version }, hand, say) {
	say(`n8n ${version}. The npm registry, Ryze and the AI model are a sandbox on this computer.`);
	await hand.rest(3);
	say('1. Install the package: Settings, Community nodes');
	await hand.click(page.getByRole('button', { name: /Install a community node/i }).first());
	const name = byId('package-name-input');
	await hand.fill(page.locator(`${name} input, input${name}`), packageName);
	await hand.press('user-agreement-checkbox');
	await hand.press('install-community-package-button');
	await page.getByText('Package installed').first().waitFor();
	await page.locator(byId('community-package-card')).first().waitFor();
	await hand.rest(3);
}

/** @type {Scene} */
async function credential({ page, n8n, ryze }, hand, say) {
	const { token, name } = seeds.instances.demo;
	say('2. Create the credential; n8n tests it');
	await page.goto(`${n8n.url}/home/credentials`);
	await hand.click(page.getByRole('button', { name: 'Create credential' }).first());
	await hand.fill(page.locator(`${byId('new-credential-type-select')} input`), 'Ryze');
	await hand.click(page.locator(byId('new-credential-type-select-option')).first());
	await hand.press('new-credential-type-button');
	await hand.fill(parameter(page, 'token').locator('input'), token);
	await hand.fill(parameter(page, 'instance').locator('input'), name);
	await hand.fill(parameter(page, 'baseUrl').locator('input'), ryze.url);
	await hand.press('credential-save-button');
	await page.locator(byId('credentials-config-container-test-success')).waitFor();
	say('The test passes: token and instance match');
	await hand.rest(3);
}

/** @type {Scene} */
async function pin({ page, n8n, ryze }, hand, say) {
	const id = seeds.messages.group;
	say('3. Pin a message by its ID');
	await page.goto(`${n8n.url}/workflow/new`);
	await hand.press('node-creator-plus-button');
	await hand.click(page.getByText('Trigger manually').first());
	await addPin(page, hand);
	await hand.fill(parameter(page, 'messageId'), id);
	await hand.press('node-execute-button');
	await output(page, PINNED);
	await until(() => ryze.pins.has(`demo/${id}`));
	await showFields(page, hand);
	say("Ryze's response is the output: the message is pinned for 7 days");
	await hand.rest(3.5);
}

/** @type {Scene} */
async function trigger({ page, n8n, ryze }, hand, say) {
	const { jid, name } = seeds.groups.sandbox;
	say('4. The trigger: a WhatsApp message starts a workflow');
	await page.goto(`${n8n.url}/workflow/new`);
	await hand.press('node-creator-plus-button');
	await choose(page, hand, 'ryze', /^On message$/i);
	await hand.press('node-execute-button');
	await until(() => ryze.webhooks('demo').some(({ enabled }) => enabled));
	say('It has made its webhook in Ryze and listens. Now a message arrives …');
	await hand.rest(2);
	const text = 'Dinner is on Friday at 8';
	const { messageId } = await ryze.receive('demo', { chat: { jid, name }, text });
	await output(page, messageId);
	await showFields(page, hand);
	say('The message ID, the chat and the text are on top of the event');
	await hand.rest(3);
	await closeNode(page, hand);
	await addPin(page, hand);
	say('The message ID is dragged into the next node, which pins the message');
	const input = page.locator(byId('ndv-input-panel'));
	const field = input.getByText('messageId', { exact: true }).first();
	await hand.drag(field, parameter(page, 'messageId'));
	await hand.press('node-execute-button');
	await output(page, PINNED);
	await until(() => ryze.pins.has(`demo/${messageId}`));
	await hand.rest(3);
}

/** @type {Scene[]} */
const SCENES = [install, credential, pin, trigger, agent];

module.exports = { SCENES };
