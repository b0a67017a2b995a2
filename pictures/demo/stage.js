'use strict';

const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');
const { openEditor } = require('../../sandbox/n8n/editorPage');
const { startN8n } = require('../../sandbox/n8n/instance');
const { packTarball } = require('../../sandbox/n8n/package');
const { N8nRest } = require('../../sandbox/n8n/rest');
const { ACCOUNT } = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { startModel } = require('../../sandbox/model');
const { startRyze } = require('../../sandbox/ryze');
const { startRegistry } = require('./registry');

const ROOT = join(__dirname, '../..');

/** @typedef {Awaited<ReturnType<typeof setStage>>} Stage */

/**
 * A new n8n without this package, and all that the demo needs around it: a registry that has the
 * package, the sandbox, a model, and a browser that is logged in.
 *
 * @param {{ width: number, height: number }} viewport
 */
async function setStage(viewport) {
	const folder = mkdtempSync(join(tmpdir(), 'ryze-demo-'));
	/** @type {Array<() => unknown>} */
	const ends = [() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })];
	const strike = async () => {
		for (const end of ends.splice(0).reverse()) await end();
	};
	try {
		console.log('Packing this package …');
		const tarball = await packTarball(ROOT);
		const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
		const registry = await startRegistry(tarball, manifest, folder).finally(() =>
			rmSync(dirname(tarball), { recursive: true }),
		);
		ends.push(() => registry.stop());
		const ryze = await startRyze();
		ends.push(async () => await ryze.stop());
		const model = await startModel();
		ends.push(async () => await model.stop());

		const version = N8N_VERSIONS[0];
		console.log(`Starting n8n ${version} without it …`);
		const log = (/** @type {string} */ line) => console.log(line);
		const n8n = await startN8n({ version, userFolder: folder, env: registry.env, log });
		ends.push(async () => await n8n.stop());
		const rest = new N8nRest(n8n.url);
		await rest.setupOwner(ACCOUNT);
		const data = { apiKey: 'none', url: model.url };
		await rest.createCredential({ name: 'Scripted model', type: 'openAiApi', data });
		const editor = await openEditor(n8n.url, viewport);
		ends.push(async () => await editor.close());
		const { page } = editor;
		await page.evaluate(`localStorage.setItem('N8N_PIN_DATA_DISCOVERY_NDV', 'true')`);
		const { name: packageName } = manifest;
		return { version, packageName, registry, ryze, model, n8n, page, strike };
	} catch (error) {
		await strike();
		throw error;
	}
}

module.exports = { setStage };
