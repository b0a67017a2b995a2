const fc = require('fast-check');
const { endOfWindow } = require('../../../../build/nodes/Ryze/transport/rateLimit/rateHeaders');

/** 12:00:00, a whole minute. */
const NOON = Date.UTC(2026, 0, 1, 12);
const LIMIT = 100;
const TRAVEL = 20;
const UNKNOWN = { length: 60_000, margin: 1000, outlastedItsReset: false };

/** @typedef {import('../../../../build/nodes/Ryze/transport/rateLimit/rateHeaders').WindowShape} Shape */
/** @typedef {(endsAt: number) => number} Rounding in milliseconds, from there to seconds */

const DOWN = (/** @type {number} */ endsAt) => Math.floor(endsAt / 1000);
const UP = (/** @type {number} */ endsAt) => Math.ceil(endsAt / 1000);

/**
 * What a response shows of its window.
 *
 * @param {object} response
 * @param {number} response.at when Ryze responded, by our clock
 * @param {number} response.endsAt when the window really ends, by our clock
 * @param {Rounding} response.rounding
 * @param {number} [response.ahead] milliseconds by which the clock of Ryze is ahead
 * @param {boolean} [response.first] whether it is the response to the first request of the window
 * @param {boolean} [response.dated]
 * @param {Shape} [shape] what is known of all windows
 */
function told({ at, endsAt, rounding, ahead = 0, first = true, dated = true }, shape = UNKNOWN) {
	const date = Math.floor((at + ahead) / 1000) * 1000;
	const headers = {
		limit: LIMIT,
		remaining: first ? LIMIT - 1 : LIMIT - 40,
		reset: rounding(endsAt + ahead),
		date: dated ? date : NaN,
	};
	const end = endOfWindow(headers, at - TRAVEL, at + TRAVEL, shape);
	return end ?? { endsAt: NaN, shape };
}

describe('the end of a window', () => {
	it.each([
		['down', DOWN],
		['up', UP],
	])('is a minute after its first response, with a reset rounded %s', (_, rounding) => {
		for (let phase = 0; phase < 5000; phase += 130) {
			const at = NOON + phase;
			const { endsAt } = told({ at, endsAt: at + 60_000, rounding });
			expect(endsAt).toBeGreaterThanOrEqual(at + 60_000);
			expect(endsAt).toBeLessThanOrEqual(at + 60_000 + TRAVEL);
		}
	});

	it.each([5, 10, 20, 30, 120, 240])('is found where a window lasts %d s', (seconds) => {
		const at = NOON + 1400;
		const end = told({ at, endsAt: at + seconds * 1000, rounding: UP });
		expect(end.endsAt).toBe(at + seconds * 1000 + TRAVEL);
		expect(end.shape).toEqual({ ...UNKNOWN, length: seconds * 1000 });
	});

	it('is the reset itself in windows by the clock, wherever the first request falls', () => {
		for (let phase = 0; phase < 60_000; phase += 170) {
			const at = NOON + phase;
			const { endsAt } = told({ at, endsAt: NOON + 60_000, rounding: DOWN });
			expect(endsAt).toBeGreaterThanOrEqual(NOON + 60_000);
			// How far the clocks differ is known to a second, and the second to be careful.
			expect(endsAt).toBeLessThanOrEqual(NOON + 62_000 + TRAVEL);
		}
	});

	it('needs no margin any more once a response has shown a window by the clock', () => {
		const { shape } = told({ at: NOON + 17_000, endsAt: NOON + 60_000, rounding: DOWN });
		expect(shape).toEqual({ length: 60_000, margin: 0, outlastedItsReset: false });
		const later = { at: NOON + 70_000, endsAt: NOON + 120_000, rounding: DOWN, first: false };
		expect(told(later, shape).endsAt).toBe(NOON + 120_000 + TRAVEL);
	});

	it('is the reset also after a window by the clock that may have begun with its first request', () => {
		const { shape } = told({ at: NOON + 45_200, endsAt: NOON + 60_000, rounding: DOWN });
		const next = { at: NOON + 104_500, endsAt: NOON + 120_000, rounding: DOWN };
		expect(told(next, shape).endsAt).toBeGreaterThanOrEqual(NOON + 120_000);
	});

	it('keeps the margin where others sent the first request', () => {
		const window = { at: NOON + 10_000, endsAt: NOON + 42_700, rounding: DOWN, first: false };
		expect(told(window).endsAt).toBe(NOON + 43_000 + TRAVEL);
	});

	it('keeps the margin for good once a window lasted longer than was shown', () => {
		const [at, endsAt] = [NOON + 1400, NOON + 61_900];
		expect(told({ at, endsAt, rounding: UP }).endsAt).toBeLessThan(endsAt);
		const odd = { ...UNKNOWN, outlastedItsReset: true };
		expect(told({ at, endsAt, rounding: UP }, odd).endsAt).toBeGreaterThanOrEqual(NOON + 63_000);
	});

	it('is found also where the first response takes long', () => {
		const [sentAt, now, endsAt] = [NOON + 900, NOON + 3300, NOON + 60_900];
		const headers = { limit: LIMIT, remaining: LIMIT - 1, reset: DOWN(endsAt), date: NOON + 3000 };
		expect(endOfWindow(headers, sentAt, now, UNKNOWN)?.endsAt).toBeGreaterThanOrEqual(endsAt);
	});

	it('is not put off by a first response that takes long', () => {
		const [sentAt, now, endsAt] = [NOON, NOON + 4500, NOON + 20_000];
		const headers = { limit: LIMIT, remaining: LIMIT - 1, reset: DOWN(endsAt), date: NOON + 4000 };
		// A second to be careful, and the half by which the date is cut off.
		expect(endOfWindow(headers, sentAt, now, UNKNOWN)?.endsAt).toBe(endsAt + 1500);
	});

	it('is not concluded where a window is shorter than 5 s', () => {
		const [at, endsAt] = [NOON + 58_700, NOON + 60_700];
		const end = told({ at, endsAt, rounding: DOWN });
		expect(end.endsAt).toBeGreaterThanOrEqual(endsAt);
		expect(end.shape).toEqual(UNKNOWN);
	});

	it('is not concluded without a date', () => {
		const [at, endsAt] = [NOON + 1400, NOON + 61_400];
		expect(told({ at, endsAt, rounding: DOWN, dated: false }).endsAt).toBe(NOON + 62_000);
	});

	it.each([
		['hours away', 7200],
		['hours ago', -7200],
		['just too far away', 301],
	])('is unknown when the reset is %s', (_, seconds) => {
		const window = { at: NOON, endsAt: NOON + seconds * 1000, rounding: DOWN, first: false };
		expect(told(window).endsAt).toBeNaN();
	});

	it('is never too early, however far the clocks differ and the reset is rounded', () => {
		const windows = fc.record({
			phase: fc.integer({ min: 0, max: 59_999 }),
			left: fc.integer({ min: 100, max: 200_000 }),
			rounding: fc.constantFrom(DOWN, UP),
			ahead: fc.oneof(
				fc.constant(0),
				fc.integer({ min: -3000, max: 3000 }),
				fc.integer({ min: -86_400_000, max: 86_400_000 }),
			),
		});
		fc.assert(
			fc.property(windows, ({ phase, left, ...window }) => {
				const at = NOON + phase;
				const { endsAt } = told({ at, endsAt: at + left, first: false, ...window });
				expect(endsAt).toBeGreaterThanOrEqual(at + left);
				expect(endsAt).toBeLessThanOrEqual(at + left + 3000 + TRAVEL);
			}),
			{ numRuns: 1000 },
		);
	});
});
