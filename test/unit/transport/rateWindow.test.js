const fc = require('fast-check');
const { readRateWindow } = require('../../../dist/nodes/Ryze/transport/rateWindow');

const NOW = Date.UTC(2026, 0, 1, 12) + 300;
const SECOND = Math.floor(NOW / 1000);
const MARGIN = 1000;

/**
 * @param {Record<string, unknown>} changes
 */
function read(changes) {
	const headers = {
		'x-ratelimit-limit': '100',
		'x-ratelimit-remaining': '42',
		'x-ratelimit-reset': String(SECOND + 30),
		...changes,
	};
	return readRateWindow(headers, NOW);
}

/** @param {number} milliseconds */
const date = (milliseconds) => new Date(milliseconds).toUTCString();

describe('the rate limit headers', () => {
	it('tell how many requests remain, and when the window is surely over', () => {
		expect(read({})).toMatchObject({ remaining: 42, resetAt: (SECOND + 30) * 1000 + MARGIN });
	});

	it('count when nothing remains', () => {
		expect(read({ 'x-ratelimit-remaining': '0' })?.remaining).toBe(0);
	});

	it('are in seconds, whatever the size of the number', () => {
		expect(read({ 'x-ratelimit-reset': String(NOW + 30_000) })).toBeUndefined();
		expect(read({ 'x-ratelimit-reset': '30' })?.resetAt).toBe(30_000 + MARGIN);
	});

	it('may hold a fraction of a second', () => {
		const window = read({ 'x-ratelimit-reset': `${SECOND + 30}.75` });
		expect(window?.resetAt).toBe((SECOND + 30.75) * 1000 + MARGIN);
	});

	it('may name the second that just runs, as its end is still to come', () => {
		expect(read({ 'x-ratelimit-reset': String(SECOND) })?.resetAt).toBe(SECOND * 1000 + MARGIN);
	});

	it.each(['x-ratelimit-remaining', 'x-ratelimit-reset'])('mean nothing without %s', (name) => {
		for (const value of [undefined, null, '', ' ', 'soon', 'NaN', '-', '12 s', {}, ['1'], 42]) {
			expect(read({ [name]: value })).toBeUndefined();
		}
	});

	it.each([
		['hours away', SECOND + 7200],
		['just too far away', SECOND + 300],
		['endless', 'Infinity'],
	])('are not believed when the reset is %s', (_, reset) => {
		expect(read({ 'x-ratelimit-reset': String(reset) })).toBeUndefined();
	});

	it.each([SECOND - 1, 0, -SECOND])('tell of a window that is over: %d', (reset) => {
		const window = read({ 'x-ratelimit-reset': String(reset) });
		expect(window).toMatchObject({ reset, remaining: 42 });
		expect(window?.resetAt).toBeLessThanOrEqual(NOW);
	});

	it('are believed up to 5 minutes ahead', () => {
		expect(read({ 'x-ratelimit-reset': String(SECOND + 299) })).toBeDefined();
	});

	it('are not believed when fewer than no requests remain', () => {
		expect(read({ 'x-ratelimit-remaining': '-1' })).toBeUndefined();
	});
});

describe('a server with another clock', () => {
	it.each([
		['an hour ahead', 3_600_000],
		['an hour behind', -3_600_000],
		['3 s ahead', 3000],
		['4 s behind', -4000],
	])('is understood by its Date header: %s', (_, skew) => {
		const reset = Math.floor((NOW + skew) / 1000) + 30;
		const window = read({ 'x-ratelimit-reset': String(reset), date: date(NOW + skew) });
		// The Date header has no fractions, so it is up to a second late.
		expect(window?.resetAt).toBeGreaterThanOrEqual(reset * 1000 - skew + MARGIN);
		expect(window?.resetAt).toBeLessThan(reset * 1000 - skew + MARGIN + 1000);
	});

	it.each([0, -1000, 1000, 2000])(
		'is taken for ours when its Date is off by %i ms, as an answer takes time',
		(off) => {
			const window = read({ date: date(NOW + off) });
			expect(window?.resetAt).toBe((SECOND + 30) * 1000 + MARGIN);
		},
	);

	it.each([undefined, '', 'yesterday', {}])('is taken for ours with the Date %j', (value) => {
		expect(read({ date: value })?.resetAt).toBe((SECOND + 30) * 1000 + MARGIN);
	});
});

describe('any headers', () => {
	it('give a window that ends within 5 minutes, or nothing', () => {
		const nearby = fc.integer({ min: SECOND - 400, max: SECOND + 400 });
		const number = fc.oneof(nearby, fc.integer(), fc.double()).map(String);
		const value = fc.oneof(number, fc.string(), fc.array(fc.string()), fc.constant(undefined));
		const headers = fc.record({
			'x-ratelimit-remaining': fc.oneof(fc.nat(100).map(String), value),
			'x-ratelimit-reset': fc.oneof(nearby.map(String), value),
			date: fc.oneof(
				nearby.map((seconds) => date(seconds * 1000)),
				value,
			),
		});
		fc.assert(
			fc.property(headers, (given) => {
				const window = readRateWindow(given, NOW);
				if (!window) return;
				expect(window.remaining).toBeGreaterThanOrEqual(0);
				expect(window.reset).toBe(Number(given['x-ratelimit-reset']));
				expect(window.resetAt).toBeLessThanOrEqual(NOW + 300_000);
			}),
			{ numRuns: 1000 },
		);
	});

	it('never end a window before the server does, and never more than 1 s late', () => {
		const clocks = fc.record({
			endsIn: fc.integer({ min: 0, max: 290_000 }),
			skew: fc.oneof(fc.constant(0), fc.integer({ min: 3000, max: 86_400_000 })),
			behind: fc.boolean(),
		});
		fc.assert(
			fc.property(clocks, ({ endsIn, skew, behind }) => {
				const ahead = behind ? -skew : skew;
				const window = read({
					'x-ratelimit-reset': String(Math.floor((NOW + endsIn + ahead) / 1000)),
					date: date(NOW + ahead),
				});
				const end = NOW + endsIn;
				expect(window?.resetAt).toBeGreaterThan(end);
				expect(window?.resetAt).toBeLessThanOrEqual(end + (skew ? 2 : 1) * MARGIN);
			}),
		);
	});
});
