'use strict';

/* docs/images/reply-to-pin.gif: a message in a group is answered with #pin, and is pinned. The chat
 * is a page of our own; what it shows as pinned is what the sandbox has been told to pin. */
const { readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { readExample, withSandboxValues } = require('../sandbox/n8n/rig');
const { seeds } = require('../sandbox/ryze');
const { until } = require('../sandbox/until');
const { makeGif } = require('./film');
const { startRecorder } = require('./recorder');
const { FOLDER, STYLE } = require('./studio');

const FILE = 'reply-to-pin.gif';
const SIZE = { width: 800, height: 450 };
/** Bytes. */
const LARGEST = 2_000_000;

const CHAT = readFileSync(join(__dirname, 'page/chat.html'), 'utf8');
const NOTICE = 'Dinner is on Friday at 8';
const COMMAND = '#pin';

/** The editor has less room than usual, so it goes without what is for building a workflow. */
const HIDDEN = `[data-test-id="canvas-handle-plus-wrapper"],
	[data-test-id="stop-execution-waiting-for-webhook-button"] { display: none !important; }`;

/** @param {import('./studio').Studio} studio */
async function replyToPin({ rig, page, noteTexts }) {
	const { n8n, ryze } = rig;
	const workflow = withSandboxValues(readExample('reply-to-pin.json'));
	// The note would take the room that the nodes need to be read.
	workflow.nodes.shift();
	const id = await rig.addWorkflow(workflow);
	const { jid, name } = seeds.groups.sandbox;
	const { saved, pushName } = seeds.contacts;
	const group = { jid, name };

	/** @param {string} method of the chat in the page @param {unknown[]} args */
	const chat = async (method, ...args) =>
		await page.evaluate(`chat.${method}(...${JSON.stringify(args)})`);
	/** @param {number} ms */
	const pause = async (ms) => await page.waitForTimeout(ms);

	await page.setViewportSize(SIZE);
	// From the address of n8n, as n8n lets no other page show it.
	await page.route(`${n8n.url}/chat`, (route) =>
		route.fulfill({ contentType: 'text/html', body: CHAT }),
	);
	await page.goto(`${n8n.url}/chat`);
	await chat('begin', name, `/workflow/${id}`);
	const editor = page.frameLocator('iframe');
	await editor.locator('[data-test-id="canvas-node"]').first().waitFor();
	await pause(2_000);
	await editor.locator('[data-test-id="zoom-to-fit"]').click();
	const sender = { jid: saved.jid, name: saved.full_name };
	const notice = await ryze.receive('demo', { chat: group, sender, text: NOTICE });
	await chat('add', { id: notice.messageId, from: saved.full_name, text: NOTICE });
	await chat('caption', 'A message in a group');
	await editor.locator('[data-test-id="execute-workflow-button"]').click();
	await page.frame('n8n')?.addStyleTag({ content: STYLE + HIDDEN });
	await until(() => ryze.webhooks('demo').some(({ enabled }) => enabled));
	await pause(1_500);

	const recorder = await startRecorder(page, { format: 'png' });
	try {
		await pause(1_500);
		await chat('caption', 'Someone replies with #pin');
		await chat('answer', NOTICE);
		await pause(900);
		for (let length = 1; length <= COMMAND.length; length++) {
			await chat('type', COMMAND.slice(0, length));
			await pause(280);
		}
		await pause(500);
		await chat('send');
		await chat('add', { id: 'answer', text: COMMAND, answers: NOTICE, own: true });
		await chat('caption', 'The Ryze WhatsApp Trigger starts the workflow');
		await pause(700);
		const reply = { of: notice.messageId, text: NOTICE };
		await ryze.receive('demo', { chat: group, sender: pushName, text: COMMAND, reply });
		await until(() => ryze.pins.has(`demo/${notice.messageId}`));
		await chat('pin', notice.messageId, NOTICE);
		await chat('caption', 'The message is pinned for everyone in the group');
		await pause(4_000);
		const path = join(FOLDER, FILE);
		await makeGif(await recorder.stop(), path);
		await noteTexts(FILE, { x: 0, y: 0, ...SIZE });
		const { size } = statSync(path);
		if (size > LARGEST) throw new Error(`${FILE} has ${size} bytes, more than ${LARGEST}`);
		console.log(`docs/images/${FILE}: ${Math.ceil(size / 1000)} kB`);
	} finally {
		recorder.forget();
	}
}

module.exports = { replyToPin };
