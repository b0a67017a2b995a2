'use strict';

/* What each picture of the README shows, and how the editor gets there. */
const {
	exampleWithUnknownMessage,
	failingExample,
	readExample,
	withSandboxValues,
} = require('../sandbox/n8n/rig');
const { seeds } = require('../sandbox/ryze');
const { until } = require('../sandbox/until');
const { noticeAndPin } = require('./workflows');

/** @typedef {import('./studio').Studio} Studio */

/** Selectors of the editor. */
const DIALOG = '[data-test-id="ndv"]';
const OUTPUT = '[data-test-id="output-panel"]';

/** Pixels around a workflow: names stand below the nodes, and a button may follow the last one. */
const MARGIN = { left: 100, right: 135, above: 20, below: 80 };

/**
 * Opens a workflow so that all of it is in sight.
 *
 * @param {Studio} studio
 * @param {any} workflow
 */
async function openWhole({ rig, editor, page, enlarge }, workflow) {
	await enlarge();
	await editor.openWorkflow(await rig.addWorkflow(workflow));
	await page.click('[data-test-id="zoom-to-fit"]');
}

/**
 * @param {Studio} studio
 * @returns {Promise<import('./studio').Box>} The part of the canvas that the open workflow takes.
 */
async function wholeOf({ page }) {
	const parts = await page.locator('[data-test-id="canvas-node"], [data-test-id="sticky"]').all();
	const boxes = await Promise.all(parts.map(async (part) => await part.boundingBox()));
	const known = boxes.filter((box) => box !== null);
	const [x, y] = [Math.min(...known.map((box) => box.x)), Math.min(...known.map((box) => box.y))];
	const right = Math.max(...known.map((box) => box.x + box.width));
	const bottom = Math.max(...known.map((box) => box.y + box.height));
	const { left, above, below } = MARGIN;
	const size = { width: right - x + left + MARGIN.right, height: bottom - y + above + below };
	return { x: x - left, y: y - above, ...size };
}

/**
 * Lets the open workflow, which begins with a trigger, run with one message in the group.
 *
 * @param {Studio} studio
 * @param {import('../sandbox/ryze/events/message-exchange').Exchange} message
 */
async function receive({ rig, editor }, message) {
	await editor.clickExecute();
	await until(() => rig.ryze.webhooks('demo').some(({ enabled }) => enabled));
	const { jid, name } = seeds.groups.sandbox;
	await rig.ryze.receive('demo', { chat: { jid, name }, ...message });
	await editor.executed();
}

/** @param {import('playwright-core').Locator} part */
async function boxOf(part) {
	const box = await part.boundingBox();
	if (!box) throw new Error(`Not in sight: ${part}`);
	return box;
}

/** Pixels of the bar with the name of the node. */
const BAR = 42;

/**
 * The settings of the open node, without the empty panels beside it.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} [until] a panel to the right that is shown, too
 */
async function panelOf(page, until) {
	const [whole, input] = await Promise.all([
		boxOf(page.locator(DIALOG)),
		boxOf(page.locator('[data-test-id="node-parameters"]')),
	]);
	const x = input.x - 16;
	const right = until ? whole.x + whole.width : input.x + input.width + 16;
	return { x, y: whole.y + BAR, width: right - x, height: whole.height - BAR };
}

/** Opens the output as a list of fields, which is the only form that fits. @param {Studio} studio */
async function showFields({ page }) {
	await page.locator(`${OUTPUT} [data-test-id="radio-button-schema"]`).click();
}

/** @type {Record<string, (studio: Studio) => Promise<void>>} by the name of the picture */
const SHOTS = {
	async node(studio) {
		const { rig, editor } = studio;
		await editor.openWorkflow(await rig.addWorkflow(noticeAndPin()));
		await editor.execute();
		await editor.openNode('Pin the notice');
		await showFields(studio);
		await studio.page.locator(OUTPUT).getByText('Message pinned successfully').first().waitFor();
		await studio.shoot('node', studio.page.locator(DIALOG));
	},

	async canvas(studio) {
		await openWhole(studio, exampleWithUnknownMessage());
		await studio.editor.execute();
		await studio.shoot('canvas', await wholeOf(studio));
	},

	async 'reply-to-pin'(studio) {
		await openWhole(studio, withSandboxValues(readExample('reply-to-pin.json')));
		await receive(studio, { text: '#pin', reply: { of: seeds.messages.group } });
		await studio.shoot('reply-to-pin', await wholeOf(studio));
	},

	async chats({ rig, editor, page, shoot }) {
		await editor.openWorkflow(await rig.addWorkflow(noticeAndPin()));
		await editor.openNode('Send the notice');
		await editor.openChatList();
		await page.getByText('João da Conceição').waitFor();
		// To both kinds of chats, and past a group whose accent the editor cuts off.
		await page.getByText('Família (7 members)').evaluate((/** @type {any} */ item) => {
			let list = item;
			// Rows scroll a little, too.
			while (list.scrollHeight < list.clientHeight + 64) list = list.parentElement;
			list.scrollTop = 64;
		});
		await shoot('chats', await panelOf(page));
	},

	async trigger(studio) {
		const { rig, editor, page, shoot } = studio;
		await editor.openWorkflow(await rig.addWorkflow(readExample('pin-by-command.json')));
		await receive(studio, { text: '#pin Dinner at 8' });
		await editor.openNode('#pin in a group');
		await showFields(studio);
		await page.locator(OUTPUT).getByText('#pin Dinner at 8').first().waitFor();
		// Without the event as Ryze delivers it, what the trigger puts on top has room.
		await page.locator(`${OUTPUT} .toggle`).first().click();
		await page.locator(OUTPUT).getByText('baseUrl').waitFor();
		await page.locator(`${OUTPUT} .toggle`).last().click();
		await shoot('trigger', await panelOf(page, OUTPUT));
	},

	async failure({ rig, editor, page, shoot }) {
		await editor.openWorkflow(await rig.addWorkflow(failingExample()));
		await editor.clickExecute();
		await page.getByText('Problem in node').first().waitFor();
		await editor.openNode('Pin each');
		await page.locator(OUTPUT).getByText('An instance only knows').first().waitFor();
		await shoot('failure', page.locator(DIALOG));
	},

	async credential({ editor, page, enlarge, shoot }) {
		await enlarge();
		await editor.openCredential('Ryze sandbox');
		await editor.credentialWorks.getByText(/successfully/i).waitFor();
		// What people see who follow the README; the address of the sandbox would mislead them.
		await editor
			.parameter('baseUrl')
			.locator('input')
			.evaluate((/** @type {any} */ input) => (input.value = 'https://ryzeapi.cloud'));
		const dialog = page.locator('[data-test-id="editCredential-modal"]');
		const [whole, last] = await Promise.all([
			boxOf(dialog),
			boxOf(editor.parameter('allowedHttpRequestDomains')),
		]);
		await shoot('credential', { ...whole, height: last.y + last.height + 24 - whole.y });
	},
};

module.exports = { SHOTS };
