'use strict';

const { messageIds } = require('./testbed');
const { httpRequest, ryze } = require('./workflows');

const ROUNDS = 3;
const ITEMS = 100;
const LATENCY_MS = 200;
const BELOW_THE_LIMIT = { limit: 1_000, windowMs: 60_000 };

const WORKS = { one: ryze(), twenty: ryze({ requestsAtOnce: 20 }), http: httpRequest() };

/**
 * How long items take below the limit, when each answer takes its time.
 *
 * @param {import('./testbed').Testbed} testbed
 * @param {(line: string) => void} log
 */
async function measureLatency(testbed, log) {
	const roundTrips = {
		one: /** @type {number[]} */ ([]),
		twenty: /** @type {number[]} */ ([]),
		http: /** @type {number[]} */ ([]),
	};
	for (let round = 1; round <= ROUNDS; round++) {
		log(`Answers of ${LATENCY_MS} ms, round ${round} of ${ROUNDS} …`);
		for (const name of /** @type {const} */ (['one', 'twenty', 'http'])) {
			const target = await testbed.newTarget({ ...BELOW_THE_LIMIT, latencyMs: LATENCY_MS });
			const { pinned, nodeMs } = await testbed.run(target, messageIds(ITEMS), WORKS[name]);
			if (pinned !== ITEMS) throw new Error(`${name}: ${pinned} of ${ITEMS} were pinned.`);
			roundTrips[name].push(nodeMs / LATENCY_MS);
		}
	}
	return { items: ITEMS, latencyMs: LATENCY_MS, roundTrips };
}

module.exports = { measureLatency };
