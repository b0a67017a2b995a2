const { isPassing, pauseBeforeRepeat } = require('../../dist/nodes/Ryze/transport/retry');

/** @typedef {import('../../dist/nodes/Ryze/transport/errors').Failure} Failure */

/**
 * @param {Failure['reason']} reason
 * @param {string | null} [httpCode]
 * @returns {Failure}
 */
const failed = (reason, httpCode = null) => ({ message: '', description: '', reason, httpCode });

/** @type {Array<[Failure['reason'], string | null]>} */
const passing = [
	['unreachable', null],
	['server-error', '502'],
	['server-error', '503'],
	['server-error', '504'],
];

/** @type {Array<[Failure['reason'], string | null]>} */
const lasting = [
	['invalid-parameter', null],
	['invalid-parameter', '400'],
	['invalid-parameter', '500'],
	['invalid-credential', null],
	['unauthorized', '401'],
	['forbidden', '403'],
	['instance-not-found', '404'],
	['message-not-found', '500'],
	['not-connected', '400'],
	['not-connected', '500'],
	['not-connected', '503'],
	['timeout', null],
	['unexpected-response', '302'],
	['unexpected-response', '200'],
	['server-error', '500'],
	['server-error', '501'],
	['server-error', null],
];

describe('what is sent again', () => {
	it.each(passing)('%s %s: three times, with growing pauses', (reason, httpCode) => {
		const pauses = [0, 1, 2, 3, 4].map((repeated) =>
			pauseBeforeRepeat(failed(reason, httpCode), repeated, true),
		);
		expect(pauses).toEqual([1000, 2000, 4000, undefined, undefined]);
	});

	it.each(passing)('%s %s: never when asking twice does it twice', (reason, httpCode) => {
		expect(pauseBeforeRepeat(failed(reason, httpCode), 0, false)).toBeUndefined();
	});

	it.each(passing)('%s %s: never when the one before gave up already', (reason, httpCode) => {
		expect(pauseBeforeRepeat(failed(reason, httpCode), Infinity, true)).toBeUndefined();
	});

	it.each([true, false])('a 429: always, as nothing was done (idempotent: %s)', (idempotent) => {
		for (const repeated of [0, 3, 1000, Infinity]) {
			expect(pauseBeforeRepeat(failed('rate-limited', '429'), repeated, idempotent)).toBe(0);
		}
	});

	it.each(lasting)('%s %s: never', (reason, httpCode) => {
		expect(pauseBeforeRepeat(failed(reason, httpCode), 0, true)).toBeUndefined();
	});
});

describe('what passes by itself', () => {
	it.each(passing)('%s %s does', (reason, httpCode) => {
		expect(isPassing(failed(reason, httpCode))).toBe(true);
	});

	it.each([...lasting, /** @type {const} */ (['rate-limited', '429'])])(
		'%s %s does not',
		(reason, httpCode) => {
			expect(isPassing(failed(reason, httpCode))).toBe(false);
		},
	);

	it('a success is no failure', () => {
		expect(isPassing(undefined)).toBe(false);
	});
});
