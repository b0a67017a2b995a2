'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { mustRun } = require('./command');

/** Arguments with which n8n installs the dependencies of a community package, on all versions. */
const N8N_NPM_INSTALL = [
	'install',
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
];

/**
 * Packs the built package as `npm publish` would.
 *
 * @param {string} repoRoot Folder with the package.json; `npm run build` has been run in it.
 * @returns {Promise<string>} Path of the tarball, in a new temporary folder that is the caller's to
 * delete. Rejects when something that n8n is told to load has not been built.
 */
async function packTarball(repoRoot) {
	const manifest = readJson(path.join(repoRoot, 'package.json'));
	const missing = loadedFiles(manifest).filter((file) => !fs.existsSync(path.join(repoRoot, file)));
	if (missing.length > 0) {
		throw new Error(`Not built yet: ${missing.join(', ')}. Run "npm run build" first.`);
	}
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ryze-pack-'));
	const args = ['pack', '--ignore-scripts', '--loglevel=error', `--pack-destination=${folder}`];
	await mustRun('npm', args, { cwd: repoRoot });
	const tarball = fs.readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error(`npm pack wrote no tarball into ${folder}.`);
	return path.join(folder, tarball);
}

/**
 * Installs a tarball the way n8n's "Community nodes" page does, step by step after `downloadPackage`
 * in its community-packages.service.js, which is the same in 1.123 and 2.41 (n8n packs from the
 * registry first). n8n must not be running on the user folder yet: it looks for packages when it
 * starts. It loads every `n8n-nodes-*` folder it finds there; the table of installed packages is for
 * its settings page and is not needed.
 *
 * @param {string} tarball
 * @param {string} userFolder The one that n8n is started with.
 * @returns {Promise<{ name: string, version: string, folder: string }>} What was installed, where.
 */
async function installPackage(tarball, userFolder) {
	const nodesFolder = path.join(userFolder, '.n8n', 'nodes');
	fs.mkdirSync(nodesFolder, { recursive: true });
	const unpacked = fs.mkdtempSync(path.join(nodesFolder, 'unpack-'));
	try {
		const untar = ['-xzf', tarball, '-C', unpacked, '--strip-components=1'];
		await mustRun('tar', untar, { cwd: nodesFolder });
		const packageJson = readJson(path.join(unpacked, 'package.json'));
		const { name, version } = packageJson;
		const folder = path.join(nodesFolder, 'node_modules', name);
		fs.rmSync(folder, { recursive: true, force: true });
		fs.mkdirSync(path.dirname(folder), { recursive: true });
		fs.renameSync(unpacked, folder);

		for (const key of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
			delete packageJson[key];
		}
		writeJson(path.join(folder, 'package.json'), packageJson);
		await mustRun('npm', N8N_NPM_INSTALL, { cwd: folder });

		const ledgerFile = path.join(nodesFolder, 'package.json');
		const ledger = fs.existsSync(ledgerFile)
			? readJson(ledgerFile)
			: { name: 'installed-nodes', private: true, dependencies: {} };
		ledger.dependencies[name] = version;
		writeJson(ledgerFile, ledger);
		return { name, version, folder };
	} finally {
		fs.rmSync(unpacked, { recursive: true, force: true });
	}
}

/**
 * @param {any} manifest A package.json.
 * @returns {string[]} The files that n8n loads from it.
 */
function loadedFiles({ n8n }) {
	const files = [...(n8n?.nodes ?? []), ...(n8n?.credentials ?? [])];
	if (files.length === 0) throw new Error('The package.json names no nodes under "n8n.nodes".');
	return files;
}

/** @param {string} file @returns {any} */
function readJson(file) {
	return JSON.parse(fs.readFileSync(file, 'utf8'));
}

/** @param {string} file @param {unknown} value */
function writeJson(file, value) {
	fs.writeFileSync(file, JSON.stringify(value, null, 2));
}

module.exports = { installPackage, packTarball };
