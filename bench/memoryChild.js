'use strict';

/*
 * Run by memory.js, with --expose-gc and with --no-flush-bytecode, as the heap would else shrink now
 * and then by code that has not run for a while. Sends items through the node on n8n's own engine
 * and prints, as JSON, what the heap grew by. Arguments: address of a sandbox, number of items.
 */

const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { loadEngine } = require('../sandbox/engine');
const { seeds } = require('../sandbox/ryze');

const WARM_UP_ITEMS = 10_000;

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

	await pin(WARM_UP_ITEMS);
	const before = await settledHeap();
	const outputs = await pin(Number(count));
	const after = await settledHeap();
	// Made like the items themselves, from text, but without anything that they hold on to.
	const copy = JSON.parse(JSON.stringify(outputs));
	const withCopy = await heap();
	// Keeps all of them in use up to here.
	if (outputs.length !== copy.length) throw new Error('Lost some.');

	console.log(JSON.stringify({ outputBytes: withCopy - after, grownBytes: after - before }));
}

void main();
