/**
 * Ends a run with plain lines, which need no knowledge of jest to be read: which tests failed, and
 * with what, also where only the end of a long log is kept.
 */
module.exports = class PlainSummary {
	/**
	 * @param {unknown} _contexts
	 * @param {any} results
	 */
	onRunComplete(_contexts, { numPassedTests, numFailedTests, numFailedTestSuites, testResults }) {
		for (const { testResults: tests, testExecError } of testResults) {
			if (testExecError) console.log(`\nFailed: ${testExecError.message}`);
			for (const { fullName, status, failureMessages, retryReasons = [] } of tests) {
				if (status === 'failed') console.log(`\nFailed: ${fullName}\n${failureMessages[0]}`);
				else if (retryReasons.length > 0) {
					console.log(`\nPassed at the second try: ${fullName}\n${retryReasons[0]}`);
				}
			}
		}
		// A suite that could not even start has no tests to count.
		const failed = Math.max(numFailedTests, numFailedTestSuites);
		console.log(`\n${numPassedTests} passed, ${failed} failed`);
	}
};
