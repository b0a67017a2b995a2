'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { messageIds } = require('./testbed');
const { httpRequest, httpRequestBatched, ryze } = require('./workflows');

const ROUNDS = 3;
const ITEMS = 120;
const LIMITS = { limit: 50, windowMs: 20_000 };

/** What was used of the token before the run, and how long before. */
const USED = { requests: 20, earlierMs: 10_000 };

const WORKS = { ours: ryze(), http: httpRequest(), batched: httpRequestBatched(LIMITS) };

/** @type {import('../sandbox/ryze/types').Counting} */
const DEFAULT = 'window, reset rounded down';

/** The other ways in which a reset can come to a whole second; only our node goes by it. */
const OTHER_COUNTINGS = /** @type {const} */ (['window, reset rounded up', 'window by the clock']);

/** @typedef {{ pinned: number[], refused: number[], ratio: number[] }} Series */
/** @typedef {Record<keyof typeof WORKS, Series>} Pacing */

/**
 * Many items with one token: how many are pinned, and in what time. Every way has its own token,
 * so that all of them can run at the same time on the same n8n; most of it is waiting.
 *
 * @param {import('./testbed').Testbed} testbed
 * @param {(line: string) => void} log
 * @returns Time as a ratio to the ideal: the windows that have to be waited for and one round trip.
 */
async function measurePacing(testbed, log) {
	const roundTrip = await measureRoundTrip(testbed);
	const [unused, used] = [emptyPacing(), emptyPacing()];
	const others = OTHER_COUNTINGS.map((counting) => ({ counting, series: emptySeries() }));
	for (let round = 1; round <= ROUNDS; round++) {
		log(`Pacing, round ${round} of ${ROUNDS} …`);
		const runs = Object.entries(WORKS).flatMap(([name, work]) => {
			const key = /** @type {keyof typeof WORKS} */ (name);
			return [
				measure(testbed, { work, counting: DEFAULT, before: 0, roundTrip, series: unused[key] }),
				measure(testbed, {
					work,
					counting: DEFAULT,
					before: USED.requests,
					roundTrip,
					series: used[key],
				}),
			];
		});
		for (const { counting, series } of others) {
			runs.push(measure(testbed, { work: WORKS.ours, counting, before: 0, roundTrip, series }));
		}
		await Promise.all(runs);
	}
	return { items: ITEMS, limits: LIMITS, usedBefore: USED, unused, used, others };
}

/**
 * @typedef {object} Run
 * @property {typeof WORKS[keyof typeof WORKS]} work
 * @property {import('../sandbox/ryze/types').Counting} counting
 * @property {number} before Requests of the token that were used before.
 * @property {number} roundTrip Milliseconds.
 * @property {Series} series To which the result is added.
 */

/** @param {import('./testbed').Testbed} testbed @param {Run} run */
async function measure(testbed, { work, counting, before, roundTrip, series }) {
	const target = await testbed.newTarget({ ...LIMITS, counting });
	const usedAt = Date.now();
	if (before > 0) target.ryze.spend('demo', before);
	await sleep(USED.earlierMs);
	const { pinned, refused, nodeMs, firstAt } = await testbed.run(target, messageIds(ITEMS), work);
	const windowAge = before > 0 ? firstAt - usedAt : 0;
	const age = counting === 'window by the clock' ? firstAt % LIMITS.windowMs : windowAge;
	series.pinned.push(pinned);
	series.refused.push(refused);
	series.ratio.push(nodeMs / (waitMs(before, age) + roundTrip));
}

/** @returns {Pacing} */
const emptyPacing = () => ({ ours: emptySeries(), http: emptySeries(), batched: emptySeries() });

/** @returns {Series} */
const emptySeries = () => ({ pinned: [], refused: [], ratio: [] });

/**
 * @param {number} requests How many of the first window are used up already.
 * @param {number} age Milliseconds since it began.
 * @returns {number} Milliseconds after which the last item can be sent at the earliest.
 */
function waitMs(requests, age) {
	const { limit, windowMs } = LIMITS;
	const afterFirst = ITEMS - (limit - requests);
	return windowMs - age + (Math.ceil(afterFirst / limit) - 1) * windowMs;
}

/** @param {import('./testbed').Testbed} testbed @returns {Promise<number>} Milliseconds for one item. */
async function measureRoundTrip(testbed) {
	const target = await testbed.newTarget(LIMITS);
	const [first] = messageIds(1);
	await testbed.run(target, [first], ryze()); // n8n sets up much with its first execution.
	const { nodeMs } = await testbed.run(target, [first], ryze());
	return nodeMs;
}

module.exports = { measurePacing };
