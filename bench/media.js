'use strict';

const path = require('node:path');
const { lastLines, runCommand } = require('../sandbox/n8n/command');
const { startRyze } = require('../sandbox/ryze');

const ROUNDS = 5;
const FILE_BYTES = 16 * 1024 * 1024;

/**
 * How much more memory a run takes at most that sends a file than one that leaves it alone, with the
 * file in n8n's store (as by default) and in the item itself. Each run is its own process.
 *
 * @param {string} nodeBin
 * @param {(line: string) => void} log
 */
async function measureMedia(nodeBin, log) {
	const ryze = await startRyze({ limit: 1_000_000 });
	const script = path.join(__dirname, 'mediaChild.js');
	/** @param {string} keptIn @param {string} action */
	const peak = async (keptIn, action) => {
		const args = [script, ryze.url, keptIn, String(FILE_BYTES), action];
		const { code, stdout, stderr } = await runCommand(nodeBin, args, {
			env: process.env,
			timeoutMs: 60_000,
		});
		if (code !== 0) throw new Error(`mediaChild.js failed:\n${lastLines(stdout + stderr)}`);
		return /** @type {number} */ (JSON.parse(lastLines(stdout, 1)).peak);
	};
	/** @param {string} keptIn */
	const ratios = async (keptIn) => {
		const results = [];
		for (let round = 1; round <= ROUNDS; round++) {
			log(`A file of 16 MB (${keptIn}), round ${round} of ${ROUNDS} …`);
			results.push(((await peak(keptIn, 'send')) - (await peak(keptIn, 'pin'))) / FILE_BYTES);
		}
		return results;
	};
	try {
		return { store: await ratios('store'), item: await ratios('item') };
	} finally {
		await ryze.stop();
	}
}

module.exports = { measureMedia };
