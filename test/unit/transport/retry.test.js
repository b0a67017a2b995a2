const { isGatewayAway, pauseBeforeRepeat } = require('../../../dist/nodes/Ryze/transport/retry');

/** @typedef {import('../../../dist/nodes/Ryze/errors/RyzeError').Failure} Failure */

/**
 * @param {Failure['reason']} reason
 * @param {string | null} [httpCode]
 * @returns {Failure}
 */
const failed = (reason, httpCode = null) => ({ message: '', description: '', reason, httpCode });

describe('a gateway that is away', () => {
	it.each(['502', '503', '504'])('answers %s in the place of Ryze', (httpCode) => {
		expect(isGatewayAway(failed('server-error', httpCode))).toBe(true);
	});

	/** @type {Array<[Failure['reason'], string | null]>} */
	const others = [
		['server-error', '500'],
		['server-error', '501'],
		['server-error', null],
		['not-connected', '503'],
		['not-connected', '500'],
		['message-not-found', '502'],
		['unexpected-response', '302'],
		['timeout', null],
	];
	it.each(others)('is not %s %s', (reason, httpCode) => {
		expect(isGatewayAway(failed(reason, httpCode))).toBe(false);
	});
});

describe('what is sent again', () => {
	const away = failed('unreachable');

	it('what passes by itself: three times, with growing pauses', () => {
		const pauses = [0, 1, 2, 3, 4].map((repeated) => pauseBeforeRepeat(away, true, repeated));
		expect(pauses).toEqual([1000, 2000, 4000, undefined, undefined]);
	});

	it('never what would fail again, or be done twice', () => {
		expect(pauseBeforeRepeat(away, false, 0)).toBeUndefined();
		expect(pauseBeforeRepeat(failed('not-connected', '503'), false, 0)).toBeUndefined();
	});

	it('never when one before has given up on Ryze', () => {
		expect(pauseBeforeRepeat(away, true, Infinity)).toBeUndefined();
	});

	it.each([true, false])('a 429: always, as nothing was done (may repeat: %s)', (mayRepeat) => {
		for (const repeated of [0, 3, 1000, Infinity]) {
			expect(pauseBeforeRepeat(failed('rate-limited', '429'), mayRepeat, repeated)).toBe(0);
		}
	});
});
