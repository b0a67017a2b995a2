'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { lastLines } = require('./command');
const { spawnGroup, stopGroup } = require('./processGroup');

/** Milliseconds for it to answer. */
const START_MAX_MS = 30_000;
/** Milliseconds that it gets to end by itself. */
const STOP_GRACE_MS = 5_000;

/**
 * Starts a server that n8n needs in queue mode, and waits until it answers.
 *
 * @param {string} name For messages.
 * @param {string[]} command
 * @param {string} cwd
 * @param {() => Promise<boolean>} answers Asked again and again.
 * @returns {Promise<() => Promise<void>>} Ends it. Rejects, with its last output, when it does not
 * come to answer; nothing is left running then.
 */
async function startServer(name, [file, ...args], cwd, answers) {
	const child = spawnGroup(file, args, { cwd });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text) => (output += text));
	}
	child.once('error', (error) => (output += error.message));
	const giveUpAt = Date.now() + START_MAX_MS;
	while (!(await answers())) {
		if (child.pid !== undefined && child.exitCode === null && Date.now() < giveUpAt) {
			await sleep(50);
			continue;
		}
		await stopGroup(child, STOP_GRACE_MS);
		throw new Error(`${name} did not start. Its last output:\n${lastLines(output)}`);
	}
	return async () => await stopGroup(child, STOP_GRACE_MS);
}

module.exports = { startServer };
