'use strict';

/*
 * Run by memory.js with --expose-gc: sends items through the node on n8n's own engine and prints, as
 * JSON, what the heap grew by. Arguments: address of a sandbox, number of items.
 */

const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { loadEngine } = require('../sandbox/engine');
const { seeds } = require('../sandbox/ryze');

const WARM_UP_ITEMS = 3_000;

/** Milliseconds after which the time limits of all requests are over; till then Node keeps them. */
const SETTLED_MS = 31_000;

/** @returns {Promise<number>} Bytes in use, once all that can be freed has been. */
async function settledHeap() {
	await sleep(SETTLED_MS);
	return await heap();
}

/** @returns {Promise<number>} */
async function heap() {
	for (let turn = 0; turn < 12; turn++) {
		await sleep(50);
		global.gc?.();
	}
	return process.memoryUsage().heapUsed;
}

async function main() {
	const [baseUrl, count] = process.argv.slice(2);
	const engine = await loadEngine(path.join(__dirname, '..'));
	const { token, name: instance } = seeds.instances.demo;
	/** @param {number} total */
	const itemsOf = (total) =>
		Array.from({ length: total }, () => ({ json: { id: seeds.messages.group } }));
	/** @param {Array<{ json: { id: string } }>} items */
	const pin = async (items) => {
		const { success, error } = await engine.run({
			items,
			parameters: { messageId: '={{ $json.id }}' },
			credential: { token, instance, baseUrl },
		});
		if (error || success.length !== items.length) throw error ?? new Error('Items were lost.');
		return success;
	};

	await pin(itemsOf(WARM_UP_ITEMS));
	const items = itemsOf(Number(count));
	const before = await settledHeap();
	const outputs = await pin(items);
	const after = await settledHeap();
	// Made like the items themselves, from text, but without anything that they hold on to.
	const copy = JSON.parse(JSON.stringify(outputs));
	const withCopy = await heap();
	// Keeps all of them in use up to here.
	if (outputs.length !== items.length || copy.length !== items.length)
		throw new Error('Lost some.');

	console.log(JSON.stringify({ outputBytes: withCopy - after, grownBytes: after - before }));
}

void main();
