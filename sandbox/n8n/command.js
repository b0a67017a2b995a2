'use strict';

const { spawnGroup, stopGroup } = require('./processGroup');

/** Milliseconds that a command past its time gets to end by itself. */
const GRACE_MS = 5_000;

/**
 * @typedef {object} CommandResult
 * @property {number | null} code Exit code; null when a signal ended it.
 * @property {NodeJS.Signals | null} signal That signal.
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * Runs a program to its end.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {number} [options.timeoutMs] Milliseconds until it is ended; none by default.
 * @returns {Promise<CommandResult>} Whatever the exit code is. Rejects when the program cannot be
 * started or was still running after `timeoutMs`.
 */
async function runCommand(file, args, { cwd, env, timeoutMs } = {}) {
	const child = spawnGroup(file, args, { cwd, env });
	let stdout = '';
	let stderr = '';
	let timedOut = false;
	child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
	child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
	const timer =
		timeoutMs &&
		setTimeout(() => {
			timedOut = true;
			void stopGroup(child, GRACE_MS);
		}, timeoutMs);
	try {
		const { code, signal } = await new Promise((resolve, reject) => {
			child.once('error', reject);
			child.once('close', (code, signal) => resolve({ code, signal }));
		});
		if (timedOut) {
			throw new Error(
				`${[file, ...args].join(' ')} was still running after ${Number(timeoutMs) / 1000} s. ` +
					`Its last output:\n${lastLines(stdout + stderr)}`,
			);
		}
		return { code, signal, stdout, stderr };
	} finally {
		clearTimeout(timer);
	}
}

/**
 * Runs a program that must succeed.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>} What it has printed.
 * @throws {Error} with the last lines of its output.
 */
async function mustRun(file, args, { cwd, env }) {
	const { code, stdout, stderr } = await runCommand(file, args, { cwd, env });
	if (code === 0) return stdout;
	throw new Error(`${file} ${args.join(' ')} failed:\n${lastLines(stdout + stderr)}`);
}

/**
 * @param {string} text
 * @param {number} [count]
 * @returns {string} The last lines of it that say something.
 */
function lastLines(text, count = 25) {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	return lines.slice(-count).join('\n') || '(no output)';
}

module.exports = { lastLines, mustRun, runCommand };
