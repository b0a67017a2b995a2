'use strict';

/* Films a chat beside a workflow that runs in a real n8n. The chat is a page of our own; what it
 * shows as sent or pinned is what the sandbox has received. */
const { readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { makeGif } = require('./film');
const { startRecorder } = require('./recorder');
const { FOLDER, STYLE } = require('./studio');

const SIZE = { width: 800, height: 450 };
/** Bytes. */
const LARGEST = 2_000_000;

const CHAT = readFileSync(join(__dirname, 'page/chat.html'), 'utf8');

/** The editor has less room than usual, so it goes without what is for building a workflow. */
const HIDDEN = `[data-test-id="canvas-handle-plus-wrapper"],
	[data-test-id="stop-execution-waiting-for-webhook-button"],
	[data-test-id="stop-execution-button"] { display: none !important; }`;

/** @typedef {Awaited<ReturnType<typeof openChat>>} Chat */

/**
 * Opens a chat beside a workflow.
 *
 * @param {import('./studio').Studio} studio
 * @param {string} name of the group
 * @param {string} workflowId
 */
async function openChat({ rig, page, noteTexts }, name, workflowId) {
	const { url } = rig.n8n;

	/** @param {string} method of the chat in the page @param {unknown[]} args */
	const chat = async (method, ...args) =>
		await page.evaluate(`chat.${method}(...${JSON.stringify(args)})`);
	/** @param {number} ms */
	const pause = async (ms) => await page.waitForTimeout(ms);

	await page.setViewportSize(SIZE);
	// From the address of n8n, as n8n lets no other page show it.
	await page.route(`${url}/chat`, (route) =>
		route.fulfill({ contentType: 'text/html', body: CHAT }),
	);
	await page.goto(`${url}/chat`);
	await chat('begin', name, `/workflow/${workflowId}`);
	const editor = page.frameLocator('iframe');
	await editor.locator('[data-test-id="canvas-node"]').first().waitFor();
	await pause(2_000);
	await editor.locator('[data-test-id="zoom-to-fit"]').click();

	return {
		pause,
		chat,

		/** Also while the film hides the button. */
		execute: async () =>
			await editor.locator('[data-test-id="execute-workflow-button"]').dispatchEvent('click'),

		/** Types a text and sends it. @param {string} text */
		async write(text) {
			for (let length = 1; length <= text.length; length++) {
				await chat('type', text.slice(0, length));
				await pause(280);
			}
			await pause(500);
			await chat('send');
		},

		/**
		 * Films what happens in `scene`.
		 *
		 * @param {string} file in docs/images
		 * @param {() => Promise<void>} scene
		 */
		async film(file, scene) {
			await page.frame('n8n')?.addStyleTag({ content: STYLE + HIDDEN });
			const recorder = await startRecorder(page, { format: 'png' });
			try {
				await scene();
				const path = join(FOLDER, file);
				await makeGif(await recorder.stop(), path);
				await noteTexts(file, { x: 0, y: 0, ...SIZE });
				const { size } = statSync(path);
				if (size > LARGEST) throw new Error(`${file} has ${size} bytes, more than ${LARGEST}`);
				console.log(`docs/images/${file}: ${Math.ceil(size / 1000)} kB`);
			} finally {
				recorder.forget();
			}
		},
	};
}

module.exports = { openChat };
