const { TestEnvironment } = require('jest-environment-node');

/**
 * The change that a test has noticed.
 *
 * @type {string | undefined}
 */
let noticed;

/** Stryker runs all tests for each change; one that fails is enough, so the others are skipped. */
module.exports = class StopWhenNoticed extends TestEnvironment {
	/** @param {{ name: string, test?: { mode: string } }} event */
	async handleTestEvent({ name, test }) {
		const change = process.env.__STRYKER_ACTIVE_MUTANT__;
		if (name === 'test_fn_failure') noticed = change;
		if (name === 'test_start' && test && change !== undefined && change === noticed) {
			test.mode = 'skip';
		}
	}
};
