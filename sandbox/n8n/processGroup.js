'use strict';

const { spawn } = require('node:child_process');

/*
 * Programs that start programs of their own (npm, n8n and its task runner), each in a process group
 * of its own, so that all of it can be ended together. POSIX only.
 */

/** Leaders that still run. @type {Set<number>} */
const running = new Set();
let hooksSet = false;

/**
 * Starts a program as the leader of a new process group. When the leader ends, what it left running
 * is killed; when this process exits first, the whole group is.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {import('node:child_process').ChildProcessByStdio<
 *   null, import('node:stream').Readable, import('node:stream').Readable>} Emits `error` when the
 * program cannot be started.
 */
function spawnGroup(file, args, options = {}) {
	const child = spawn(file, args, {
		...options,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const { pid } = child;
	if (pid === undefined) return child; // 'error' follows
	running.add(pid);
	setHooks();
	child.once('exit', () => {
		running.delete(pid);
		signalGroup(pid, 'SIGKILL');
	});
	return child;
}

/**
 * Asks the leader to end, and kills the group when it has not after `graceMs` milliseconds. Only the
 * leader is asked: n8n ends its task runner itself, and would start a new one if it saw it die.
 *
 * @param {import('node:child_process').ChildProcess} child From `spawnGroup`.
 * @param {number} graceMs
 * @returns {Promise<void>} Resolves when the leader is gone.
 */
async function stopGroup(child, graceMs) {
	const { pid } = child;
	if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	await new Promise((resolve) => {
		const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
		child.once('exit', () => {
			clearTimeout(timer);
			resolve(undefined);
		});
		child.kill('SIGTERM');
	});
}

/** Sees to it that no group outlives this process, except after a SIGKILL, which nobody sees. */
function setHooks() {
	if (hooksSet) return;
	hooksSet = true;
	const killAll = () => running.forEach((leader) => signalGroup(leader, 'SIGKILL'));
	process.on('exit', killAll);
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		const onSignal = () => {
			// Whoever listens too wants to end things in their own order.
			if (process.listenerCount(signal) > 1) return;
			killAll();
			process.off(signal, onSignal);
			process.kill(process.pid, signal);
		};
		process.on(signal, onSignal);
	}
}

/**
 * @param {number} leader
 * @param {NodeJS.Signals} signal
 */
function signalGroup(leader, signal) {
	try {
		process.kill(-leader, signal);
	} catch (error) {
		// ESRCH: the group is empty already, which is what we want.
		if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
	}
}

module.exports = { spawnGroup, stopGroup };
