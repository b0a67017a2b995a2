'use strict';

/* What several scenes of the demo do. */

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./hand').Hand} Hand */
/** @typedef {(stage: import('./stage').Stage, hand: Hand, say: (caption: string) => void)
 *   => Promise<void>} Scene */

/** @param {string} id */
const byId = (id) => `[data-test-id="${id}"]`;

/** @param {Page} page @param {string} name of a node on the canvas */
const node = (page, name) => page.locator(`${byId('canvas-node')}[data-node-name="${name}"]`);

/** @param {Page} page @param {string} name of a parameter of the open node or credential */
const parameter = (page, name) => page.locator(byId(`parameter-input-${name}`));

/** Waits for a text in the output of the open node. @param {Page} page @param {string} text */
const output = async (page, text) =>
	await page.locator(byId('output-panel')).getByText(text).first().waitFor();

/** Shows the output of the open node as a list of fields. @param {Page} page @param {Hand} hand */
async function showFields(page, hand) {
	const panel = page.locator(byId('output-panel'));
	// Not across the header, where a hint would open and cover the button.
	await hand.moveTo(panel);
	await hand.click(panel.locator(byId('radio-button-schema')));
}

/** @param {Page} page @param {Hand} hand */
const closeNode = async (page, hand) =>
	await hand.click(page.locator(`${byId('ndv-close-button')}, ${byId('back-to-canvas')}`).first());

/**
 * Chooses an action of the Ryze nodes in the panel that is open.
 *
 * @param {Page} page
 * @param {Hand} hand
 * @param {string} search
 * @param {string | RegExp} action
 */
async function choose(page, hand, search, action) {
	await page.locator(byId('node-creator-search-bar')).waitFor();
	await hand.type(search);
	const items = `${byId('node-creator-item-name')}, ${byId('node-creator-action-item')}`;
	await hand.click(page.locator(items).filter({ hasText: 'Ryze' }).first());
	const names = page.locator(byId('node-creator-item-name'));
	await hand.click(names.filter({ hasText: action }).first());
	await page.locator(byId('node-parameters')).waitFor();
}

/** Adds a node behind the last one that pins a message. @param {Page} page @param {Hand} hand */
async function addPin(page, hand) {
	await hand.click(page.locator(byId('canvas-handle-plus')).last());
	await choose(page, hand, 'pin', 'Pin or unpin WhatsApp');
}

module.exports = { addPin, byId, choose, closeNode, node, output, parameter, showFields };
