'use strict';

/*
 * Rehearses a release: publishes this package to its own registry on 127.0.0.1, as docs/releasing.md
 * says, installs it from there as n8n's documentation tells users of a server to, and starts n8n.
 * The public registry is asked for verdaccio only. What cannot be had here is the provenance: GitHub
 * vouches for it.
 *
 * npm run rehearse
 */
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { ensureFolder } = require('./cachedFolder');
const { mustRun } = require('./command');
const { cacheFolder } = require('./environment');
const { startN8n } = require('./instance');
const { freePort } = require('./ports');
const { N8nRest } = require('./rest');
const { ACCOUNT } = require('./rig');
const { startServer } = require('./server');
const { N8N_VERSIONS } = require('./versions');
const { name, version } = require('../../package.json');

const ROOT = path.join(__dirname, '../..');

const VERDACCIO = {
	private: true,
	dependencies: { verdaccio: '6.1.6' },
	// It asks for a version by a tag, which not every copy of the registry knows.
	overrides: { 'node-fetch': '2.7.0' },
};

/** @param {string} line */
const log = (line) => console.log(line);

/**
 * @param {string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string>} What npm has printed.
 */
async function npm(args, cwd, env = process.env) {
	return (await mustRun('npm', args, { cwd, env })).trim();
}

/**
 * @param {string} folder For what is published.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
async function startVerdaccio(folder) {
	const home = path.join(cacheFolder(), 'verdaccio');
	const manifest = JSON.stringify(VERDACCIO);
	const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	const fill = async (/** @type {string} */ to) => {
		log('Installing verdaccio (once) …');
		fs.writeFileSync(path.join(to, 'package.json'), manifest);
		await npm(args, to);
	};
	await ensureFolder(home, manifest, fill, log);
	const config = path.join(folder, 'verdaccio.json');
	// No uplinks: what was not published here is not there.
	const packages = { '**': { access: '$all', publish: '$all' } };
	fs.writeFileSync(config, JSON.stringify({ storage: './storage', uplinks: {}, packages }));
	const listen = `127.0.0.1:${await freePort()}`;
	const url = `http://${listen}/`;
	const bin = path.join(home, 'node_modules/verdaccio/bin/verdaccio');
	const command = [process.execPath, bin, '--config', config, '--listen', listen];
	const answers = async () => (await fetch(`${url}-/ping`).catch(() => undefined))?.ok ?? false;
	return { url, stop: await startServer('The registry', command, folder, answers) };
}

/** @param {string} userFolder Of an n8n. */
async function namesOfOurNodes(userFolder) {
	const n8n = await startN8n({ version: N8N_VERSIONS[0], userFolder, log });
	try {
		const rest = new N8nRest(n8n.url);
		await rest.setupOwner(ACCOUNT);
		const types = await rest.nodeTypes();
		return types.map((type) => type.name).filter((type) => type.startsWith(`${name}.`));
	} finally {
		await n8n.stop();
	}
}

/** @throws {Error} naming the step that failed. */
async function main() {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ryze-release-'));
	const registry = await startVerdaccio(folder);
	try {
		// No settings and no login of the user's own; a registry in the environment wins over all files.
		const npmrc = path.join(folder, 'npmrc');
		fs.writeFileSync(npmrc, `${registry.url.replace('http:', '')}:_authToken=rehearsal\n`);
		const env = {
			...process.env,
			npm_config_registry: registry.url,
			npm_config_userconfig: npmrc,
			npm_config_provenance: 'false',
		};

		log('Publishing the placeholder …');
		const placeholder = path.join(folder, 'placeholder');
		fs.mkdirSync(placeholder);
		await npm(['init', '--yes', `--init-version=0.0.0`], placeholder, env);
		await npm(['pkg', 'set', `name=${name}`], placeholder, env);
		await npm(['publish'], placeholder, env);

		log(`Publishing ${name} ${version} …`);
		await npm(['publish'], ROOT, env);
		const newest = await npm(['view', name, 'version'], folder, env);
		if (newest !== version) throw new Error(`The registry gives ${newest} to new users.`);

		log('Installing it from there and starting n8n …');
		const nodes = path.join(folder, 'user/.n8n/nodes');
		fs.mkdirSync(nodes, { recursive: true });
		await npm(['install', name], nodes, env);
		const found = await namesOfOurNodes(path.join(folder, 'user'));
		if (found.length !== 3)
			throw new Error(`n8n has loaded only: ${found.join(', ') || 'nothing'}`);
		log(`n8n ${N8N_VERSIONS[0]} has loaded ${found.join(', ')}.`);
	} finally {
		await registry.stop();
		fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	}
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 1;
});
