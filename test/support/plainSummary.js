/** Ends a run with one plain line, which needs no knowledge of jest to be read. */
module.exports = class PlainSummary {
	/**
	 * @param {unknown} _contexts
	 * @param {any} results
	 */
	onRunComplete(_contexts, { numPassedTests, numFailedTests, numFailedTestSuites }) {
		// A suite that could not even start has no tests to count.
		const failed = Math.max(numFailedTests, numFailedTestSuites);
		console.log(`\n${numPassedTests} passed, ${failed} failed`);
	}
};
