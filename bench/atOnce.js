'use strict';

const { idealMs, pinAtOnce } = require('../sandbox/n8n/pinsAtOnce');

const ROUNDS = 3;
const CALLS = 150;
const LIMITS = { limit: 50, windowMs: 10_000 };

/**
 * Many executions of one process with one token, all started at once.
 *
 * @param {import('./testbed').Testbed} testbed
 * @param {(line: string) => void} log
 */
async function measureAtOnce(testbed, log) {
	/** @type {number[]} */ const pinned = [];
	/** @type {number[]} */ const refused = [];
	/** @type {number[]} */ const ratio = [];
	for (let round = 1; round <= ROUNDS; round++) {
		log(`Executions at once, round ${round} of ${ROUNDS} …`);
		const alone = await testbed.newTarget(LIMITS);
		const { tookMs: roundTrip } = await pinAtOnce(alone, 1);

		const target = await testbed.newTarget(LIMITS);
		const { answers, tookMs, refused: refusals } = await pinAtOnce(target, CALLS);
		pinned.push(answers.filter(({ status, body }) => status === 200 && body.pinned).length);
		refused.push(refusals);
		ratio.push(tookMs / (idealMs(CALLS, LIMITS) + roundTrip));
	}
	return { calls: CALLS, limits: LIMITS, pinned, refused, ratio };
}

module.exports = { measureAtOnce };
