'use strict';

const fs = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');
const { runCli } = require('./cli');
const { lastLines } = require('./command');
const { n8nEnvironment } = require('./environment');
const { installN8n } = require('./install');
const { freePort } = require('./ports');
const { spawnGroup, stopGroup } = require('./processGroup');

/** Milliseconds for n8n to be ready; a first start also makes its database. */
const START_MAX_MS = 180_000;
/** Milliseconds that n8n gets to end by itself; it may be finishing an execution. */
const STOP_GRACE_MS = 15_000;
/** Characters of output that are kept, the newest ones. */
const OUTPUT_MAX = 1_000_000;

/** The last thing n8n prints: the workflows that were active are active again by then. */
const READY_LINE = 'Editor is now accessible via';

/**
 * @typedef {object} N8nInstance
 * @property {string} url Without a slash at the end.
 * @property {number} pid
 * @property {() => Promise<void>} stop Ends n8n and all that it started. The user folder stays.
 * @property {() => string} output What it has printed so far, both streams.
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
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<N8nInstance>} Rejects, with the last lines of its output, when n8n ends or is
 * not ready after three minutes. Nothing is left running then.
 */
async function startN8n({ version, userFolder, port = 0, env, log }) {
	const { nodeBin, n8nBin } = await installN8n(version, { log });
	fs.mkdirSync(userFolder, { recursive: true });
	const ownPort = port || (await freePort());
	const brokerPort = await freePort();
	const child = spawnGroup(nodeBin, [n8nBin, 'start'], {
		cwd: userFolder, // n8n reads a .env file from where it is started
		env: n8nEnvironment({ version, nodeBin, userFolder, port: ownPort, brokerPort, env }),
	});

	let output = '';
	/** @type {string | undefined} */
	let ended;
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-OUTPUT_MAX)));
	}
	child.once('error', (error) => (ended = error.message));
	child.once('exit', (code, signal) => (ended = `exit code ${code ?? signal}`));

	const url = `http://127.0.0.1:${ownPort}`;
	const giveUpAt = Date.now() + START_MAX_MS;
	while (!(output.includes(READY_LINE) && (await answers(url)))) {
		const late = Date.now() > giveUpAt;
		if (ended === undefined && !late) {
			await sleep(100);
			continue;
		}
		await stopGroup(child, STOP_GRACE_MS);
		const reason = ended ? `ended while starting (${ended})` : 'was not ready in time';
		throw new Error(`n8n ${version} ${reason}. Its last output:\n${lastLines(output)}`);
	}

	return {
		url,
		pid: /** @type {number} */ (child.pid),
		stop: async () => await stopGroup(child, STOP_GRACE_MS),
		output: () => output,
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
