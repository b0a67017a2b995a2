'use strict';

const path = require('node:path');
const { lastLines, runCommand } = require('../sandbox/n8n/command');
const { startRyze } = require('../sandbox/ryze');

const PROCESSES = 2;
const ITEMS = 10_000;

/**
 * @typedef {object} Heap
 * @property {number} outputBytes What a plain copy of the output items takes.
 * @property {number[]} grownBytes By how much the heap grew in each round, output items included.
 */

/**
 * By how much the heap grows when the node works on many items. Measured on n8n's engine in a process
 * of its own, since the heap of a whole n8n moves by more than this all the time.
 *
 * @param {string} nodeBin
 * @param {(line: string) => void} log
 * @returns {Promise<{ items: number, heaps: Heap[] }>}
 */
async function measureMemory(nodeBin, log) {
	const ryze = await startRyze({ limit: 1_000_000, windowMs: 200_000 });
	log(`Memory, ${PROCESSES} processes at a time …`);
	const script = path.join(__dirname, 'memoryChild.js');
	const args = ['--expose-gc', '--no-flush-bytecode', script, ryze.url, String(ITEMS)];
	/** @returns {Promise<Heap>} */
	const measure = async () => {
		const result = await runCommand(nodeBin, args, { env: process.env, timeoutMs: 600_000 });
		const { code, stdout, stderr } = result;
		if (code !== 0) throw new Error(`memoryChild.js failed:\n${lastLines(stdout + stderr)}`);
		return JSON.parse(lastLines(stdout, 1));
	};
	try {
		const heaps = await Promise.all(Array.from({ length: PROCESSES }, measure));
		return { items: ITEMS, heaps };
	} finally {
		await ryze.stop();
	}
}

module.exports = { measureMemory };
