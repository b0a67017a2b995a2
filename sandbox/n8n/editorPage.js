'use strict';

/* The editor of n8n as a user works with it. The selectors hold for 1.123 and 2.41. */
const { chromium } = require('playwright-core');
const { ACCOUNT } = require('./rig');

/** Debian's Chromium, unless another is named. */
const EXECUTABLE = process.env.RYZE_CHROMIUM ?? '/usr/bin/chromium';

/** Without these, Chromium asks its maker's servers for this and that, all the time. */
const QUIET = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const openBrowser = async () => await chromium.launch({ executablePath: EXECUTABLE, args: QUIET });

/** @param {string} id */
const testId = (id) => `[data-test-id="${id}"]`;

/** @typedef {Awaited<ReturnType<typeof openEditor>>} Editor */

/**
 * Opens a browser that is logged in to an n8n of the rig.
 *
 * @param {string} url of n8n
 * @param {{ width: number, height: number }} [viewport]
 */
async function openEditor(url, viewport = { width: 1280, height: 800 }) {
	const browser = await openBrowser();
	const page = await browser.newPage({ viewport });
	page.setDefaultTimeout(60_000);
	// The editor loads scripts and pictures from elsewhere; no test shall wait for those.
	await page.route(
		({ hostname }) => hostname !== '127.0.0.1',
		(route) => route.abort(),
	);
	await page.goto(`${url}/signin`);
	await page.fill('input[name="emailOrLdapLoginId"]', ACCOUNT.email);
	await page.fill('input[name="password"]', ACCOUNT.password);
	await page.click(testId('form-submit-button'));
	await page.waitForURL(/home|workflows/);

	return {
		page,
		close: async () => await browser.close(),

		/** A new workflow with the node that is found under `search`, its panel open. */
		async addNode(/** @type {string} */ search, /** @type {string} */ action) {
			await page.goto(`${url}/workflow/new`);
			await page.click(testId('node-creator-plus-button'));
			await page.fill(testId('node-creator-search-bar'), search);
			// n8n shows the node and the trigger as one; in a new workflow, the trigger comes first.
			await page.click(`${testId('node-creator-action-item')}:has-text("Ryze")`);
			await page.getByText(/^Actions \(/).click();
			await page.click(`${testId('node-creator-item-name')}:has-text("${action}")`);
			await page.waitForSelector(testId('node-parameters'));
		},

		/** A new workflow whose first step starts it by hand. */
		async addManualTrigger() {
			await page.goto(`${url}/workflow/new`);
			await page.click(testId('node-creator-plus-button'));
			await page.getByText('Trigger manually').first().click();
		},

		/** Adds a node behind the last one, found under `search`, its panel open. */
		async addStep(/** @type {string} */ search, /** @type {string} */ action) {
			await page.locator(testId('canvas-handle-plus')).last().click();
			await page.fill(testId('node-creator-search-bar'), search);
			await page
				.locator(`${testId('node-creator-item-name')}, ${testId('node-creator-action-item')}`)
				.filter({ hasText: 'Ryze' })
				.first()
				.click();
			await page.click(`${testId('node-creator-item-name')}:has-text("${action}")`);
			await page.waitForSelector(testId('node-parameters'));
		},

		/** Opens the list of the field 'Chat'. @param {string} [search] typed into its search */
		async openChatList(search) {
			await page
				.locator(`${testId('resource-locator-chat')} input:visible`)
				.last()
				.click();
			if (search) await page.keyboard.type(search);
		},

		/** Drags a field that the node before has, or will have, into a parameter. */
		async dragField(/** @type {string} */ field, /** @type {string} */ parameter) {
			const from = page.getByText(field, { exact: true }).first();
			await from.waitFor();
			const to = page.locator(testId(`parameter-input-${parameter}`));
			const [start, end] = [await from.boundingBox(), await to.boundingBox()];
			if (!start || !end) throw new Error(`${field} or ${parameter} is not in sight`);
			await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
			await page.mouse.down();
			await page.mouse.move(end.x + 80, end.y + end.height / 2 - 3, { steps: 15 });
			await page.mouse.move(end.x + 100, end.y + end.height / 2, { steps: 5 });
			await page.mouse.up();
			await to.getByText(field).waitFor();
		},

		/** Closes the panel of the open node. */
		async closeNode() {
			await page
				.locator(`${testId('ndv-close-button')}, ${testId('back-to-canvas')}`)
				.first()
				.click();
		},

		/** @param {string} name of a parameter of the open node or credential */
		parameter: (name) => page.locator(testId(`parameter-input-${name}`)),

		async openWorkflow(/** @type {string} */ id) {
			await page.goto(`${url}/workflow/${id}`);
			await page.waitForSelector(testId('canvas-node'));
		},

		clickExecute: async () => await page.click(testId('execute-workflow-button')),

		executed: async () => await page.getByText('Workflow executed successfully').first().waitFor(),

		/** Runs the open workflow and waits until it has ended well. */
		async execute() {
			await this.clickExecute();
			await this.executed();
		},

		async openNode(/** @type {string} */ name) {
			await page.dblclick(`${testId('canvas-node')}[data-node-name="${name}"]`);
			await page.waitForSelector(testId('output-panel'));
		},

		/** Opens a stored credential; n8n tests it at once, and again when it is saved. */
		async openCredential(/** @type {string} */ name) {
			await page.goto(`${url}/home/credentials`);
			await page.click(`text="${name}"`);
			await page.waitForSelector(testId('editCredential-modal'));
		},

		credentialWorks: page.locator(testId('credentials-config-container-test-success')),

		/** @param {string} token @returns {Promise<string>} what n8n says of it */
		async saveToken(token) {
			await page.locator(`${testId('parameter-input-token')} input`).fill(token);
			await page.click(testId('credential-save-button'));
			await page.click('text="More details"');
			return await page.innerText(testId('editCredential-modal'));
		},

		/** For each sticky note: its title, and whether it is high enough for its text. */
		async notes() {
			await page.waitForSelector(`${testId('sticky')} h2`);
			return await page.$$eval(testId('sticky'), (stickies) =>
				stickies.map((/** @type {any} */ sticky) => {
					const title = sticky.querySelector('h2');
					const end = title.parentElement.lastElementChild.getBoundingClientRect().bottom;
					const { bottom } = sticky.getBoundingClientRect();
					return { title: title.innerText, fits: end <= bottom };
				}),
			);
		},

		/** @param {'light' | 'dark'} theme */
		async useTheme(theme) {
			await page.evaluate(`localStorage.setItem('N8N_THEME', '${theme}')`);
			await page.reload();
		},

		/** Names of icons of this package that are shown, and whether each has been drawn. */
		async icons() {
			return await page.$$eval('img[src*="n8n-nodes-ryzeapi"]', (images) =>
				images.map((/** @type {any} */ { src, naturalWidth }) => ({
					file: src.split('/').pop(),
					drawn: naturalWidth > 0,
				})),
			);
		},
	};
}

module.exports = { openBrowser, openEditor };
