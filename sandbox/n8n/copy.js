'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { copyDatabase } = require('./database');
const { startN8n } = require('./instance');
const { N8nRest } = require('./rest');
const { ACCOUNT } = require('./rig');

/** What lies beside the database in `.n8n`: the encryption key and the installed packages. */
const COPIED = ['config', 'nodes'];

/** @typedef {Awaited<ReturnType<typeof startCopy>>} Copy */

/**
 * Starts a copy of the rig's n8n beside it, such as a restored backup or a staging system: with the
 * same database and encryption key, at another address.
 *
 * @param {Pick<import('./rig').Rig, 'version' | 'userFolder'>} rig
 * @param {(line: string) => void} [log]
 */
async function startCopy(rig, log = () => {}) {
	const { version } = rig;
	const userFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'ryze-n8n-copy-'));
	const forget = () => fs.rmSync(userFolder, { recursive: true, force: true, maxRetries: 3 });
	process.once('exit', forget);
	/** @type {import('./instance').N8nInstance | undefined} */
	let n8n;

	async function stop() {
		await n8n?.stop();
		forget();
		process.removeListener('exit', forget);
	}

	try {
		for (const name of COPIED) {
			const from = path.join(rig.userFolder, '.n8n', name);
			fs.cpSync(from, path.join(userFolder, '.n8n', name), { recursive: true });
		}
		await copyDatabase(rig, userFolder);
		log(`Starting a copy of n8n ${version} …`);
		n8n = await startN8n({ version, userFolder, log });
		const rest = new N8nRest(n8n.url);
		await rest.login(ACCOUNT);
		return { n8n, rest, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

module.exports = { startCopy };
