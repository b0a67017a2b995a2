'use strict';

/*
 * Run by memory.js, with --expose-gc and with --no-flush-bytecode, as the heap would else shrink now
 * and then by code that has not run for a while. Sends items through the node on n8n's own engine
 * and prints, as JSON, what the heap grew by in each round. Arguments: address of a sandbox, number of
 * items.
 */

const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { loadEngine } = require('../sandbox/engine');
const { seeds } = require('../sandbox/ryze');

/** The first is not counted: in it, what is compiled or set up once still adds to the heap. */
const ROUNDS = 4;

/** Milliseconds after which the time limits of all requests are over; till then Node keeps them. */
const SETTLED_MS = 31_000;

/** @returns {Promise<number>} Bytes in use, once all that can be freed has been. */
async function settledHeap() {
	await sleep(SETTLED_MS);
	return await heap();
}

/** @returns {Promise<number>} */
async function heap() {
	for (let turn = 0; turn < 4; turn++) {
		await sleep(50);
		global.gc?.();
	}
	return process.memoryUsage().heapUsed;
}

async function main() {
	const [baseUrl, count] = process.argv.slice(2);
	const engine = await loadEngine(path.join(__dirname, '..'));
	const { token, name: instance } = seeds.instances.demo;
	/**
	 * The items that go in are not kept: n8n's engine makes them bigger on their way.
	 *
	 * @param {number} total
	 */
	const pin = async (total) => {
		const { success, error } = await engine.run({
			items: Array.from({ length: total }, () => ({ json: { id: seeds.messages.group } })),
			parameters: { messageId: '={{ $json.id }}' },
			credential: { token, instance, baseUrl },
		});
		if (error || success.length !== total) throw error ?? new Error('Items were lost.');
		return success;
	};

	/** @returns {Promise<{ grown: number, text: string }>} */
	const measureRound = async () => {
		const before = await settledHeap();
		const outputs = await pin(Number(count));
		const grown = (await settledHeap()) - before;
		// Also keeps them in use up to here; they are gone before the next round.
		return { grown, text: JSON.stringify(outputs) };
	};

	await pin(Number(count));
	/** @type {number[]} */
	const grownBytes = [];
	let text = '';
	for (let round = 0; round < ROUNDS; round++) {
		const result = await measureRound();
		if (round > 0) grownBytes.push(result.grown);
		text = result.text;
	}
	// Made like the items themselves, from text, but without anything that they hold on to.
	const empty = await heap();
	const copy = JSON.parse(text);
	const outputBytes = (await heap()) - empty;
	if (copy.length !== Number(count)) throw new Error('Items were lost.');

	console.log(JSON.stringify({ outputBytes, grownBytes }));
}

void main();
