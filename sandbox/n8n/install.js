'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { ensureFolder } = require('./cachedFolder');
const { lastLines, runCommand } = require('./command');
const { cacheFolder, pathWith } = require('./environment');
const { NODE_VERSION, OVERRIDES } = require('./versions');

/** Milliseconds between two lines that say that a long step is still at work. */
const HEARTBEAT_MS = 15_000;

const NPM_INSTALL = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** Loads the native add-ons. Not every n8n has isolated-vm: 2.0 has none. */
const TRY =
	"require('sqlite3'); require('n8n/package.json'); " +
	"if (require('fs').existsSync('node_modules/isolated-vm')) require('isolated-vm')";

/** @typedef {(line: string) => void} Log */

/** @type {Log} */
const toStderr = (line) => void process.stderr.write(`${line}\n`);

/**
 * Installs one n8n version and, where the running Node.js is of another line, Node 24, into the
 * cache. Takes minutes the first time and no time after that.
 *
 * @param {string} version For instance `2.41.1`; see `N8N_VERSIONS`.
 * @param {{ log?: Log }} [options] `log` gets a line for each step; stderr by default.
 * @returns {Promise<{ nodeBin: string, n8nBin: string, dir: string }>} Absolute paths. Rejects with
 * an error that names the step, shows its last output and says what to do.
 */
async function installN8n(version, { log = toStderr } = {}) {
	const nodeBin = await installNode(log);
	const dir = path.join(cacheFolder(), `n8n-${version}`);
	const env = { ...process.env, PATH: pathWith(nodeBin) };
	const manifest = {
		private: true,
		dependencies: { n8n: version },
		overrides: OVERRIDES[version] ?? {},
		// The only package whose install script is run, and the newest npm wants that in writing.
		allowScripts: { sqlite3: true },
	};
	await ensureFolder(
		dir,
		JSON.stringify(manifest),
		async (folder) => {
			log(`Installing n8n ${version} into ${dir} (once; some minutes, about 3 GB).`);
			fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, null, '\t'));
			await step({
				title: `n8n ${version}, step 1 of 3: download its packages`,
				args: NPM_INSTALL,
				advice: 'Check the network, the registry that npm is set to and the free disk space.',
				...{ folder, env, log },
			});
			await step({
				title: `n8n ${version}, step 2 of 3: build its database driver`,
				args: ['rebuild', 'sqlite3', '--ignore-scripts=false', '--loglevel=error'],
				advice: 'It needs python3, make and a C++ compiler, or a reachable ready-made build.',
				...{ folder, env, log },
			});
			await step({
				title: `n8n ${version}, step 3 of 3: see that it runs`,
				file: nodeBin,
				args: ['-e', TRY],
				advice: 'A native add-on does not load on this machine; the output says which.',
				...{ folder, env, log },
			});
		},
		log,
	);
	return { nodeBin, n8nBin: path.join(dir, 'node_modules', 'n8n', 'bin', 'n8n'), dir };
}

/**
 * @param {Log} log
 * @returns {Promise<string>} Path of a Node.js of the line that n8n needs.
 */
async function installNode(log) {
	// Not "or newer": n8n's native add-ons come ready built for this line only.
	const major = (/** @type {string} */ version) => version.split('.')[0];
	if (major(process.versions.node) === major(NODE_VERSION)) return process.execPath;

	// npm's `node` package is a script that installs one of these; without it no script has to run.
	const { platform, arch } = process;
	const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
	const name = `${prefix}-${platform}-${arch}`;
	const dir = path.join(cacheFolder(), `node-${NODE_VERSION}`);
	const manifest = { private: true, dependencies: { [name]: NODE_VERSION } };
	await ensureFolder(
		dir,
		JSON.stringify(manifest),
		async (folder) => {
			fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, null, '\t'));
			await step({
				title: `Node ${NODE_VERSION} (this is ${process.version}): download ${name}`,
				args: NPM_INSTALL,
				advice: `Check the network, or start this with a Node ${major(NODE_VERSION)} of your own.`,
				...{ folder, env: process.env, log },
			});
		},
		log,
	);
	return path.join(dir, 'node_modules', name, 'bin', 'node');
}

/**
 * Runs one command of an install, with a line when it starts, while it works and when it ends.
 *
 * @param {object} options
 * @param {string} options.title
 * @param {string} [options.file] npm by default.
 * @param {string[]} options.args
 * @param {string} options.advice What a person can do when it fails.
 * @param {string} options.folder
 * @param {NodeJS.ProcessEnv} options.env
 * @param {Log} options.log
 */
async function step({ title, file = 'npm', args, advice, folder, env, log }) {
	const startedAt = Date.now();
	const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
	log(`${title} ...`);
	const heartbeat = setInterval(() => {
		const packages = countEntries(path.join(folder, 'node_modules'));
		// npm works for a minute or two before it writes the first one.
		log(`  still at it: ${seconds()}${packages ? `, ${packages} package folders there` : ''}`);
	}, HEARTBEAT_MS);
	try {
		const { code, stdout, stderr } = await runCommand(file, args, { cwd: folder, env });
		if (code !== 0) throw new Error(`Exit code ${code}.\n${lastLines(stdout + stderr)}`);
		log(`  done in ${seconds()}`);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		const again = 'Nothing half-finished was kept: start it again.';
		throw new Error(`Failed: ${title}.\n${reason}\n${advice} ${again}`);
	} finally {
		clearInterval(heartbeat);
	}
}

/** @param {string} folder */
function countEntries(folder) {
	try {
		return fs.readdirSync(folder).length;
	} catch {
		return 0;
	}
}

module.exports = { installN8n };
