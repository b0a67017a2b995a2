'use strict';

const { mkdirSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const prettier = require('prettier');
const { openEditor } = require('../sandbox/n8n/editorPage');
const { startRig } = require('../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../sandbox/n8n/versions');
const { productTexts } = require('./productTexts');

const FOLDER = join(__dirname, '../docs/images');
/** What is not kept in git. */
const OUTPUT = join(__dirname, 'output');
const TEXTS = join(FOLDER, 'texts.json');
const VISIBLE_TEXTS = readFileSync(join(__dirname, 'page/visibleTexts.js'), 'utf8');

/** Bytes of one picture. */
const LARGEST = 200_000;

const VIEWPORT = { width: 1280, height: 800 };
/** In which every example is shown in its full size. */
const TALL = { width: 1280, height: 1100 };

/** What pops up by itself, reaches into a dialog or lies over the canvas. */
const UNSEEN = ['.el-notification', '[role="tooltip"]', '.vue-flow__node [data-side]'];
const BUTTONS = [
	...['floating-node', 'ndv-edit-pinned-data', 'ndv-pin-data'],
	...[
		'canvas-controls',
		'execute-workflow-button',
		'node-creator-plus-button',
		'command-bar-button',
	],
	...['add-sticky-button', 'toggle-focus-panel-button', 'instance-ai-canvas-action-button'],
].map((id) => `[data-test-id="${id}"]`);

// Not `display`: pictures elsewhere in the page may use parts of those in here.
const STYLE = `${[...UNSEEN, ...BUTTONS].join()} { visibility: hidden !important; }
	* { caret-color: transparent !important; }`;

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/** @typedef {Awaited<ReturnType<typeof openStudio>>} Studio */

/** A real n8n with the sandbox, and a browser that takes pictures of it. */
async function openStudio() {
	const isOurs = productTexts();
	const log = (/** @type {string} */ line) => console.log(line);
	const rig = await startRig({ version: N8N_VERSIONS[0], log });
	const editor = await openEditor(rig.n8n.url, VIEWPORT).catch(async (error) => {
		await rig.stop();
		throw error;
	});
	const { page } = editor;
	// A hint that the editor gives once.
	await page.evaluate(`localStorage.setItem('N8N_PIN_DATA_DISCOVERY_NDV', 'true')`);

	/**
	 * Notes which texts of the product a picture shows.
	 *
	 * @param {string} file in docs/images
	 * @param {Box} box the part of the page that it shows
	 */
	async function noteTexts(file, box) {
		/** @type {string[]} */
		const visible = await page.evaluate(
			`${VISIBLE_TEXTS.trim().slice(0, -1)}(${JSON.stringify(box)})`,
		);
		const ours = visible.filter(isOurs);
		// A sentence of a text that is there as a whole says nothing more.
		const partOf = (/** @type {string} */ text) => (/** @type {string} */ other) =>
			other !== text && text.length > 30 && other.includes(text);
		await storeTexts(
			file,
			ours.filter((text) => !ours.some(partOf(text))),
		);
	}

	/**
	 * @param {string} name of the picture
	 * @param {import('playwright-core').Locator | Box} part the element or the rectangle that it shows
	 */
	async function shoot(name, part) {
		const file = `${name}.png`;
		// No field or button shall look as if the mouse were over it.
		await page.mouse.move(0, 0);
		await page.waitForTimeout(2_000);
		const box = 'boundingBox' in part ? await part.boundingBox() : part;
		if (!box) throw new Error(`What ${file} shall show is not in sight`);
		const path = join(FOLDER, file);
		await page.screenshot({ path, clip: box, style: STYLE, animations: 'disabled' });
		const { size } = statSync(path);
		if (size > LARGEST) throw new Error(`${file} has ${size} bytes, more than ${LARGEST}`);
		await noteTexts(file, box);
		console.log(`docs/images/${file}: ${Math.ceil(size / 1000)} kB`);
	}

	/** Keeps what was to be seen when a picture could not be made. */
	async function shootFailure() {
		mkdirSync(OUTPUT, { recursive: true });
		const path = join(OUTPUT, 'failed.png');
		await page.screenshot({ path });
		console.log(`What was to be seen then: ${path}`);
	}

	async function close() {
		await editor.close();
		await rig.stop();
	}

	/** Makes the window as it is at the start. */
	const normalize = async () => await page.setViewportSize(VIEWPORT);

	/** Makes the window so high that all of a workflow has room. */
	const enlarge = async () => await page.setViewportSize(TALL);

	return { rig, editor, page, normalize, enlarge, shoot, shootFailure, noteTexts, close };
}

/** @param {string} file @param {string[]} texts */
async function storeTexts(file, texts) {
	const all = { ...JSON.parse(readFileSync(TEXTS, 'utf8')), [file]: [...texts].sort() };
	const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
	const options = { ...(await prettier.resolveConfig(TEXTS)), parser: 'json' };
	writeFileSync(TEXTS, await prettier.format(JSON.stringify(sorted), options));
}

module.exports = { FOLDER, OUTPUT, STYLE, openStudio };
