const { createLimiter } = require('../../sandbox/ryze/limiter');
const { defaultSettings } = require('../../sandbox/ryze/settings');

/**
 * The time in which a client is served that tries all the time and whose refused requests cost
 * nothing, beside another program that is served at even intervals.
 *
 * @param {object} load
 * @param {number} load.total requests
 * @param {number} load.startAt Unix milliseconds
 * @param {number} [load.otherEveryMs] how often the other program sends one
 * @param {() => number} [load.roundTrip] milliseconds, for a client that sends one at a time
 * @param {Partial<import('../../sandbox/ryze/types').Settings>} settings of the limit
 * @returns milliseconds, to 50 ms
 */
function bestPossible(load, settings) {
	const { total, startAt, otherEveryMs = Infinity, roundTrip = () => 0 } = load;
	let now = startAt;
	const limit = { ...defaultSettings(), ...settings, countsRefused: false };
	const limiter = createLimiter(limit, () => now);
	for (let served = 0; ; now += 50) {
		while (!limiter.take('demo').refused) {
			served++;
			now += roundTrip();
		}
		const others = Math.floor((now - startAt) / otherEveryMs);
		if (served >= total + others) return now - startAt;
	}
}

module.exports = { bestPossible };
