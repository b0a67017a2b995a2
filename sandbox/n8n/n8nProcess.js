'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
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

/**
 * @typedef {object} N8nProcess
 * @property {number} pid
 * @property {() => Promise<void>} stop Ends it and all that it started. The user folder stays.
 * @property {() => string} output What it has printed so far, both streams.
 * @property {() => void} freeze It does nothing more, and answers nothing, until `thaw`.
 * @property {() => void} thaw
 */

/**
 * Starts one long-running process of n8n and waits until it is ready.
 *
 * @param {object} options
 * @param {string} options.version See `N8N_VERSIONS`; installed first where it has to be.
 * @param {string[]} options.command Such as `['start']` or `['worker']`.
 * @param {string} options.userFolder
 * @param {number} options.port Of editor, REST API and webhooks.
 * @param {Record<string, string>} [options.env] More settings for n8n; they win over the rig's.
 * @param {string[]} [options.nodeArgs] For the Node.js that runs it, such as `['--cpu-prof']`.
 * @param {(line: string) => void} [options.log]
 * @param {(output: string) => boolean | Promise<boolean>} options.isReady Asked again and again.
 * @returns {Promise<N8nProcess>} Rejects, with the last lines of its output, when it ends or is not
 * ready after three minutes. Nothing is left running then.
 */
async function startProcess({
	version,
	command,
	userFolder,
	port,
	env,
	nodeArgs = [],
	log,
	isReady,
}) {
	const { nodeBin, n8nBin } = await installN8n(version, { log });
	const brokerPort = await freePort();
	const child = spawnGroup(nodeBin, [...nodeArgs, n8nBin, ...command], {
		cwd: userFolder, // n8n reads a .env file from where it is started
		env: n8nEnvironment({ version, nodeBin, userFolder, port, brokerPort, env }),
	});

	let output = '';
	/** @type {string | undefined} */
	let ended;
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-OUTPUT_MAX)));
	}
	child.once('error', (error) => (ended = error.message));
	child.once('exit', (code, signal) => (ended = `exit code ${code ?? signal}`));

	const giveUpAt = Date.now() + START_MAX_MS;
	while (!(await isReady(output))) {
		const late = Date.now() > giveUpAt;
		if (ended === undefined && !late) {
			await sleep(100);
			continue;
		}
		await stopGroup(child, STOP_GRACE_MS);
		const reason = ended ? `ended while starting (${ended})` : 'was not ready in time';
		const what = `n8n ${version} (${command[0]})`;
		throw new Error(`${what} ${reason}. Its last output:\n${lastLines(output)}`);
	}

	return {
		pid: /** @type {number} */ (child.pid),
		stop: async () => await stopGroup(child, STOP_GRACE_MS),
		output: () => output,
		freeze: () => void child.kill('SIGSTOP'),
		thaw: () => void child.kill('SIGCONT'),
	};
}

module.exports = { startProcess };
