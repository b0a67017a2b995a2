const { seeds, startRyze } = require('../../sandbox/ryze');

/** A sandbox for each test of a file, and what calls it as a program would. */
function useSandbox() {
	const sandbox = {
		/** For tests and hooks. */
		ryze: /** @type {Awaited<ReturnType<typeof startRyze>>} */ ({}),

		/**
		 * @param {string} path
		 * @param {unknown} [body] makes it a POST
		 * @param {{ token?: string, signal?: AbortSignal }} [options] token: the account's by default
		 * @returns {Promise<[status: number, body: any]>}
		 */
		async call(path, body, { token = seeds.accountToken, signal } = {}) {
			const response = await fetch(sandbox.ryze.url + path, {
				method: body === undefined ? 'GET' : 'POST',
				headers: { token, 'Content-Type': 'application/json' },
				body: body === undefined ? undefined : JSON.stringify(body),
				signal,
			});
			return [response.status, await response.json()];
		},
	};
	beforeEach(async () => void (sandbox.ryze = await startRyze()));
	afterEach(async () => await sandbox.ryze.stop());
	return sandbox;
}

/** @param {number} status @param {string} message @returns {[status: number, body: any]} */
const failed = (status, message) => [status, { success: false, error: { message } }];

module.exports = { failed, useSandbox };
