const fc = require('fast-check');
const { WindowEnd } = require('../../../dist/nodes/Ryze/transport/windowEnd');

/** 12:00:00, a whole minute. */
const NOON = Date.UTC(2026, 0, 1, 12);
const LIMIT = 100;
const TRAVEL = 20;

/** @typedef {(endsAt: number) => number} Rounding in milliseconds, from there to seconds */

const DOWN = (/** @type {number} */ endsAt) => Math.floor(endsAt / 1000);
const UP = (/** @type {number} */ endsAt) => Math.ceil(endsAt / 1000);

/**
 * An answer about a window.
 *
 * @param {InstanceType<typeof WindowEnd>} windowEnd
 * @param {object} answer
 * @param {number} answer.at when Ryze answered, by our clock
 * @param {number} answer.endsAt when the window really ends, by our clock
 * @param {Rounding} answer.rounding
 * @param {number} [answer.ahead] milliseconds by which the clock of Ryze is ahead
 * @param {boolean} [answer.first] whether it is the answer to the first request of the window
 * @param {boolean} [answer.dated]
 */
function hear(windowEnd, { at, endsAt, rounding, ahead = 0, first = true, dated = true }) {
	const date = Math.floor((at + ahead) / 1000) * 1000;
	const seen = {
		limit: LIMIT,
		remaining: first ? LIMIT - 1 : LIMIT - 40,
		reset: rounding(endsAt + ahead),
		date: dated ? date : NaN,
	};
	return windowEnd.latest(seen, at - TRAVEL, at + TRAVEL) ?? NaN;
}

describe('the end of a window', () => {
	it.each([
		['down', DOWN],
		['up', UP],
	])('is a minute after its first answer, with a reset rounded %s', (_, rounding) => {
		for (let phase = 0; phase < 5000; phase += 130) {
			const windowEnd = new WindowEnd();
			// A round reset could be the end of a window by the clock; here another came before.
			hear(windowEnd, { at: NOON - 58_500, endsAt: NOON + 1500, rounding, first: false });
			const at = NOON + phase;
			const end = hear(windowEnd, { at, endsAt: at + 60_000, rounding });
			expect(end).toBeGreaterThanOrEqual(at + 60_000);
			expect(end).toBeLessThanOrEqual(at + 60_000 + TRAVEL);
		}
	});

	it.each([5, 10, 20, 30, 120, 240])('is found where a window lasts %d s', (seconds) => {
		const windowEnd = new WindowEnd();
		const at = NOON + 1400;
		const endsAt = at + seconds * 1000;
		expect(hear(windowEnd, { at, endsAt, rounding: UP })).toBe(endsAt + TRAVEL);
		expect(windowEnd.length).toBe(seconds * 1000);
	});

	it('is the reset itself in windows by the clock, wherever the first request falls', () => {
		for (let phase = 0; phase < 60_000; phase += 170) {
			const at = NOON + phase;
			const end = hear(new WindowEnd(), { at, endsAt: NOON + 60_000, rounding: DOWN });
			expect(end).toBeGreaterThanOrEqual(NOON + 60_000);
			// How far the clocks differ is known to a second, and the second to be careful.
			expect(end).toBeLessThanOrEqual(NOON + 62_000 + TRAVEL);
		}
		const end = hear(new WindowEnd(), { at: NOON + 12_000, endsAt: NOON + 60_000, rounding: DOWN });
		expect(end).toBe(NOON + 60_000 + TRAVEL);
	});

	it('needs no careful second any more once a reset was seen to be rounded up', () => {
		const windowEnd = new WindowEnd();
		hear(windowEnd, { at: NOON + 1400, endsAt: NOON + 61_400, rounding: UP });
		const later = { at: NOON + 85_000, endsAt: NOON + 121_400, rounding: UP, first: false };
		expect(hear(windowEnd, later)).toBe(NOON + 122_000 + TRAVEL);
	});

	it('keeps the careful second where others sent the first request', () => {
		const end = hear(new WindowEnd(), {
			at: NOON + 10_000,
			endsAt: NOON + 42_700,
			rounding: DOWN,
			first: false,
		});
		expect(end).toBe(NOON + 43_000 + TRAVEL);
	});

	it('keeps the careful second for good once a window lasted longer than was concluded', () => {
		const windowEnd = new WindowEnd();
		const [at, endsAt] = [NOON + 1400, NOON + 61_900];
		expect(hear(windowEnd, { at, endsAt, rounding: UP })).toBeLessThan(endsAt);
		windowEnd.disprove();
		const end = hear(windowEnd, { at, endsAt, rounding: UP });
		expect(end).toBeGreaterThanOrEqual(NOON + 63_000);
	});

	it('is found also where the first answer takes long', () => {
		const [sentAt, now, endsAt] = [NOON + 900, NOON + 3300, NOON + 60_900];
		const seen = { limit: LIMIT, remaining: LIMIT - 1, reset: DOWN(endsAt), date: NOON + 3000 };
		expect(new WindowEnd().latest(seen, sentAt, now)).toBeGreaterThanOrEqual(endsAt);
	});

	it('is not concluded where a window is shorter than 5 s', () => {
		const windowEnd = new WindowEnd();
		hear(windowEnd, { at: NOON + 50_000, endsAt: NOON + 52_000, rounding: DOWN, first: false });
		const [at, endsAt] = [NOON + 58_700, NOON + 60_700];
		expect(hear(windowEnd, { at, endsAt, rounding: DOWN })).toBeGreaterThanOrEqual(endsAt);
		const second = { at: NOON + 61_100, endsAt: NOON + 62_100, rounding: DOWN };
		expect(hear(windowEnd, second)).toBeGreaterThanOrEqual(second.endsAt);
		expect(windowEnd.length).toBe(60_000);
	});

	it('is not concluded without a date', () => {
		const [at, endsAt] = [NOON + 1400, NOON + 61_400];
		const end = hear(new WindowEnd(), { at, endsAt, rounding: DOWN, dated: false });
		expect(end).toBe(NOON + 62_000);
	});

	it.each([
		['hours away', 7200],
		['hours ago', -7200],
		['just too far away', 301],
	])('is unknown when the reset is %s', (_, seconds) => {
		const answer = { at: NOON, endsAt: NOON + seconds * 1000, rounding: DOWN, first: false };
		expect(hear(new WindowEnd(), answer)).toBeNaN();
	});
});

describe('a server with another clock', () => {
	const skew = fc.oneof(
		fc.constant(0),
		fc.integer({ min: -3000, max: 3000 }),
		fc.integer({ min: -86_400_000, max: 86_400_000 }),
	);

	it('ends no window too early, however its reset is rounded, and none 3 s late', () => {
		const windows = fc.record({
			phase: fc.integer({ min: 0, max: 59_999 }),
			left: fc.integer({ min: 100, max: 200_000 }),
			rounding: fc.constantFrom(DOWN, UP),
			ahead: skew,
		});
		fc.assert(
			fc.property(windows, ({ phase, left, ...window }) => {
				const at = NOON + phase;
				const end = hear(new WindowEnd(), { at, endsAt: at + left, first: false, ...window });
				expect(end).toBeGreaterThanOrEqual(at + left);
				expect(end).toBeLessThanOrEqual(at + left + 3000 + TRAVEL);
			}),
			{ numRuns: 1000 },
		);
	});

	it('is known better with each answer', () => {
		const windowEnd = new WindowEnd();
		const window = { endsAt: NOON + 60_000, rounding: DOWN, ahead: -7300, first: false };
		expect(hear(windowEnd, { at: NOON + 8100, ...window })).toBe(NOON + 61_100 + TRAVEL);
		// Right after its second has begun.
		hear(windowEnd, { at: NOON + 9300, ...window });
		const end = hear(windowEnd, { at: NOON + 10_100, ...window });
		expect(end).toBeCloseTo(NOON + 60_300 + TRAVEL, -1);
	});

	it('may set its clock back, or be another one of several', () => {
		const windowEnd = new WindowEnd();
		const window = { rounding: DOWN, first: false };
		hear(windowEnd, { at: NOON, endsAt: NOON + 50_000, ahead: 0, ...window });
		const end = hear(windowEnd, {
			at: NOON + 1000,
			endsAt: NOON + 50_000,
			ahead: -5000,
			...window,
		});
		expect(end).toBeGreaterThanOrEqual(NOON + 50_000);
	});

	it('may drift away from ours over the days', () => {
		const windowEnd = new WindowEnd();
		const window = { rounding: DOWN, first: false };
		hear(windowEnd, { at: NOON, endsAt: NOON + 50_000, ahead: 0, ...window });
		const at = NOON + 5 * 86_400_000 + 950;
		const end = hear(windowEnd, { at, endsAt: at + 40_900, ahead: -900, ...window });
		expect(end).toBeGreaterThanOrEqual(at + 40_900);
	});
});
