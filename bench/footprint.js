'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { lastLines, runCommand } = require('../sandbox/n8n/command');

const ROUNDS = 31;

/** Run in its own process: n8n has loaded n8n-workflow long before it comes to our package. */
const SCRIPT = `
	require('n8n-workflow');
	const startedAt = process.hrtime.bigint();
	// As n8n does: it also makes one of each class.
	for (const file of process.argv.slice(1)) for (const type of Object.values(require(file))) new type();
	console.log(Number(process.hrtime.bigint() - startedAt) / 1e6);
`;

/**
 * What the package adds to the start of n8n and to the disk.
 *
 * @param {object} options
 * @param {string} options.nodeBin
 * @param {string} options.modules The folder that n8n-workflow is found in.
 * @param {string} options.folder Where the package is installed.
 * @param {(line: string) => void} options.log
 */
async function measureFootprint({ nodeBin, modules, folder, log }) {
	log(`Load time, ${ROUNDS} processes each …`);
	const { n8n } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
	const files = [...n8n.nodes, ...n8n.credentials].map((file) => path.join(folder, file));
	const httpRequest = path.join(
		modules,
		'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js',
	);
	/** @param {string[]} loaded @returns {Promise<number>} Milliseconds. */
	const load = async (loaded) => {
		const { code, stdout, stderr } = await runCommand(nodeBin, ['-e', SCRIPT, '--', ...loaded], {
			// Where nothing else than the n8n-workflow of n8n itself is found.
			cwd: folder,
			env: { ...process.env, NODE_PATH: modules },
			timeoutMs: 60_000,
		});
		if (code !== 0) throw new Error(`A package could not be loaded:\n${lastLines(stderr)}`);
		return Number(lastLines(stdout, 1));
	};
	/** @type {number[]} */
	const loadMs = [];
	/** @type {number[]} */
	const httpLoadMs = [];
	while (loadMs.length < ROUNDS) {
		loadMs.push(await load(files));
		httpLoadMs.push(await load([httpRequest]));
	}
	return { loadMs, httpLoadMs, ...sizeOf(folder) };
}

/** @param {string} folder */
function sizeOf(folder) {
	const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const sizes = files.map((file) => fs.statSync(path.join(file.parentPath, file.name)).size);
	return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

module.exports = { measureFootprint };
