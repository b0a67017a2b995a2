'use strict';

const { messageIds } = require('./testbed');
const { httpRequest, nothing, ryze } = require('./workflows');

const ROUNDS = 5;
const ITEMS = 1_000;
const NO_LIMIT = { limit: 1_000_000, windowMs: 200_000 };

const WORKS = { nothing, ours: ryze(), twenty: ryze({ requestsAtOnce: 20 }), http: httpRequest() };
const NAMES = /** @type {Array<keyof typeof WORKS>} */ (Object.keys(WORKS));

/**
 * CPU time of the n8n process for one item. What the same workflow costs without any request is taken
 * off; the two nodes are compared within a round, as a busy machine makes all slower together.
 *
 * @param {import('./testbed').Testbed} testbed
 * @param {(line: string) => void} log
 */
async function measureCpu(testbed, log) {
	const ids = messageIds(ITEMS);
	const target = await testbed.newTarget(NO_LIMIT);
	/** @param {keyof typeof WORKS} name */
	const measure = async (name) => {
		const { cpuMs, pinned } = await testbed.run(target, ids, WORKS[name], { keep: false });
		if (name !== 'nothing' && pinned !== ITEMS) {
			throw new Error(`${name}: ${pinned} of ${ITEMS} were pinned.`);
		}
		return cpuMs;
	};

	log('CPU time, warming up …');
	for (const name of NAMES) await measure(name);

	const ratio = {
		ours: /** @type {number[]} */ ([]),
		twenty: /** @type {number[]} */ ([]),
	};
	const perItemMs = {
		ours: /** @type {number[]} */ ([]),
		http: /** @type {number[]} */ ([]),
	};
	for (let round = 1; round <= ROUNDS; round++) {
		log(`CPU time, round ${round} of ${ROUNDS} …`);
		const cpu = { nothing: 0, ours: 0, twenty: 0, http: 0 };
		const order = round % 2 ? NAMES : [...NAMES].reverse();
		for (const name of order) cpu[name] = await measure(name);
		const http = cpu.http - cpu.nothing;
		ratio.ours.push((cpu.ours - cpu.nothing) / http);
		ratio.twenty.push((cpu.twenty - cpu.nothing) / http);
		perItemMs.ours.push((cpu.ours - cpu.nothing) / ITEMS);
		perItemMs.http.push(http / ITEMS);
	}
	return { items: ITEMS, ratio, perItemMs };
}

module.exports = { measureCpu };
