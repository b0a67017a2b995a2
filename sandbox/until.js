'use strict';

const { setTimeout: sleep } = require('node:timers/promises');

/**
 * Waits for what n8n does in its own time.
 *
 * @param {() => boolean | Promise<boolean>} holds
 */
async function until(holds) {
	const giveUpAt = Date.now() + 20_000;
	while (!(await holds())) {
		if (Date.now() > giveUpAt) throw new Error('This did not happen within 20 s.');
		await sleep(100);
	}
}

module.exports = { until };
