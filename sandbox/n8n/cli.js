'use strict';

const { lastLines, runCommand } = require('./command');
const { n8nEnvironment } = require('./environment');
const { installN8n } = require('./install');
const { freePort } = require('./ports');

/** Milliseconds that one command may take. */
const TIMEOUT_MS = 180_000;

/**
 * Runs one command of n8n's own command line, such as `['execute', '--id=1', '--rawOutput']` or
 * `['import:workflow', '--input=file.json']`, on the database of a user folder. n8n itself may run
 * on that folder at the same time, or not.
 *
 * @param {object} options
 * @param {string} options.version
 * @param {string} options.userFolder
 * @param {string[]} options.args
 * @param {Record<string, string>} [options.env]
 * @param {number} [options.timeoutMs] 180,000 by default.
 * @param {(line: string) => void} [options.log] For the install, if it still has to happen.
 * @returns {Promise<import('./command').CommandResult>} Whatever the exit code is; rejects when it
 * takes longer than `timeoutMs`.
 */
async function runCli({ version, userFolder, args, env, timeoutMs = TIMEOUT_MS, log }) {
	const { nodeBin, n8nBin } = await installN8n(version, { log });
	// `execute` starts its own task broker, so each command needs a port that nobody uses.
	const [port, brokerPort] = [await freePort(), await freePort()];
	return await runCommand(nodeBin, [n8nBin, ...args], {
		cwd: userFolder, // n8n reads a .env file from where it is started
		env: n8nEnvironment({ version, nodeBin, userFolder, port, brokerPort, env }),
		timeoutMs,
	});
}

/**
 * Reads the execution that `n8n execute --id=<id> --rawOutput` prints, among its log lines, whether
 * it succeeded or failed.
 *
 * Judge by this, not by the exit code: n8n (1.123.81 and 2.41.1) often crashes (SIGSEGV, SIGILL)
 * while it ends after `execute`, when everything has been done and printed. isolated-vm, which evaluates its
 * expressions, does not stand being cut off; with N8N_EXPRESSION_ENGINE=legacy it does not happen.
 *
 * @param {import('./command').CommandResult} result
 * @returns {any} With `status`, `data.resultData.runData` and, when it failed,
 * `data.resultData.error`.
 * @throws {Error} When none was printed: the workflow was not run at all.
 */
function printedExecution({ code, signal, stdout, stderr }) {
	const printed = /^\{\n[^]*?^\}$/m.exec(stdout);
	if (printed) return JSON.parse(printed[0]);
	const output = lastLines(stdout + stderr);
	throw new Error(`n8n ran no workflow (exit code ${code ?? signal}). Its last output:\n${output}`);
}

module.exports = { printedExecution, runCli };
