'use strict';

const fs = require('node:fs');
const { runCli } = require('./cli');
const { startProcess } = require('./n8nProcess');
const { freePort } = require('./ports');

/** The last thing n8n prints: the workflows that were active are active again by then. */
const READY_LINE = 'Editor is now accessible via';

/**
 * @typedef {object} N8nInstance
 * @property {string} url Without a slash at the end.
 * @property {number} pid
 * @property {() => Promise<void>} stop Ends n8n and all that it started. The user folder stays.
 * @property {() => string} output What it has printed so far, both streams.
 * @property {() => void} freeze It does nothing more, and answers nothing, until `thaw`.
 * @property {() => void} thaw
 * @property {(args: string[], options?: { timeoutMs?: number })
 *   => Promise<import('./command').CommandResult>} cli Runs a command of n8n's command line on the
 *   same user folder; see cli.js.
 */

/**
 * Starts a real n8n on loopback and waits until it answers.
 *
 * @param {object} options
 * @param {string} options.version See `N8N_VERSIONS`; installed first where it has to be.
 * @param {string} options.userFolder Folder of the caller's; `.n8n` with the SQLite database comes
 * to lie in it. Packages that were put there before the start are loaded.
 * @param {number} [options.port] 0, the default, takes a free one.
 * @param {Record<string, string>} [options.env] More settings for n8n; they win over the rig's.
 * @param {string[]} [options.nodeArgs] For the Node.js that runs it.
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<N8nInstance>} Rejects, with the last lines of its output, when n8n ends or is
 * not ready after three minutes. Nothing is left running then.
 */
async function startN8n({ version, userFolder, port = 0, env, nodeArgs, log }) {
	fs.mkdirSync(userFolder, { recursive: true });
	const ownPort = port || (await freePort());
	const url = `http://127.0.0.1:${ownPort}`;
	const started = await startProcess({
		version,
		command: ['start'],
		userFolder,
		port: ownPort,
		env,
		nodeArgs,
		log,
		isReady: async (output) => output.includes(READY_LINE) && (await answers(url)),
	});
	return {
		url,
		...started,
		cli: async (args, options) => await runCli({ version, userFolder, args, env, log, ...options }),
	};
}

/**
 * @param {string} url
 * @returns {Promise<boolean>} Whether the REST API itself answers, which it does later than the
 * health check.
 */
async function answers(url) {
	try {
		const response = await fetch(`${url}/rest/settings`);
		const body = /** @type {{ data?: unknown }} */ (await response.json());
		return response.ok && body.data !== undefined;
	} catch {
		return false; // not listening yet, or a page that says it is starting
	}
}

module.exports = { startN8n };
