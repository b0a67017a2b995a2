const { default: Sequencer } = require('@jest/test-sequencer');

/** Those that take 5 s and more on a quiet machine. */
const SLOW = /items\.many|contract|rateLimiter\.(figures|test)|checkApi\.test|engine\/faults/;

/**
 * Slow files begin first, so that none runs alone at the end. Jest does so by itself once it has seen
 * them run; in a fresh clone it goes by their size, and one of the slowest has 13 lines.
 */
module.exports = class SlowFirst extends Sequencer {
	/** @param {Parameters<Sequencer['sort']>[0]} tests */
	async sort(tests) {
		const sorted = await super.sort(tests);
		const isSlow = (/** @type {{ path: string }} */ { path }) => SLOW.test(path);
		return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
	}
};
