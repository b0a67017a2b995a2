const { assertDistIsFresh } = require('../../sandbox/dist');

/** Runs before all tests, as they run on dist: on a stale one they would prove nothing. */
module.exports = function requireFreshDist() {
	try {
		assertDistIsFresh();
	} catch (error) {
		// One sentence says it all; jest would print where in this file it was thrown.
		const { message } = /** @type {Error} */ (error);
		throw Object.assign(new Error(message), { stack: message });
	}
};
