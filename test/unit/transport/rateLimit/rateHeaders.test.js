const fc = require('fast-check');
const {
	readRateHeaders,
	readRetryAfter,
} = require('../../../../build/nodes/Ryze/transport/rateLimit/rateHeaders');

const NOW = Date.UTC(2026, 0, 1, 12) + 300;
const SECOND = Math.floor(NOW / 1000);

/** @param {Record<string, unknown>} changes */
const read = (changes) =>
	readRateHeaders({
		'x-ratelimit-limit': '100',
		'x-ratelimit-remaining': '42',
		'x-ratelimit-reset': String(SECOND + 30),
		...changes,
	});

/** @param {number} milliseconds */
const dateOf = (milliseconds) => new Date(milliseconds).toUTCString();

const UNUSABLE = [undefined, null, '', ' ', 'soon', 'NaN', '-', '12 s', {}, ['1'], 42];

describe('the rate limit headers', () => {
	it('give the limit, what remains of it, the reset in Unix seconds, and the date', () => {
		expect(read({ date: dateOf(NOW) })).toEqual({
			limit: 100,
			remaining: 42,
			reset: SECOND + 30,
			date: SECOND * 1000,
		});
	});

	it('may hold a reset with a fraction of a second', () => {
		expect(read({ 'x-ratelimit-reset': `${SECOND + 30}.75` })?.reset).toBe(SECOND + 30.75);
	});

	it('count when nothing remains, also where a server counts on below zero', () => {
		expect(read({ 'x-ratelimit-remaining': '0' })?.remaining).toBe(0);
		expect(read({ 'x-ratelimit-remaining': '-3' })?.remaining).toBe(0);
	});

	it('say nothing without a number of remaining requests', () => {
		for (const value of UNUSABLE) expect(read({ 'x-ratelimit-remaining': value })).toBeUndefined();
	});

	it('keep what remains when the others are unusable', () => {
		for (const value of UNUSABLE) {
			const seen = read({ 'x-ratelimit-reset': value, 'x-ratelimit-limit': value, date: value });
			expect(seen).toEqual({ limit: NaN, remaining: 42, reset: NaN, date: NaN });
		}
	});

	it('never throw, and never give a negative number of remaining requests', () => {
		const value = fc.anything();
		const headers = fc.record({
			'x-ratelimit-remaining': fc.oneof(fc.integer().map(String), value),
			'x-ratelimit-reset': value,
			'x-ratelimit-limit': value,
			date: value,
		});
		fc.assert(
			fc.property(headers, (given) => {
				expect(readRateHeaders(given)?.remaining ?? 0).toBeGreaterThanOrEqual(0);
			}),
		);
	});
});

describe('Retry-After', () => {
	/** @param {unknown} value @param {number} [statusCode] @param {string} [date] */
	const wait = (value, statusCode = 429, date = undefined) =>
		readRetryAfter({ statusCode, headers: { 'retry-after': value, date }, body: {} }, NOW);

	it.each([429, 503])('of a %d is kept, in seconds', (statusCode) => {
		expect(wait('7', statusCode)).toBe(7000);
		expect(wait('1.5', statusCode)).toBe(1500);
	});

	it.each([200, 400, 500, 502])('of a %d means nothing', (statusCode) => {
		expect(wait('7', statusCode)).toBe(0);
	});

	it('may be a date by the clock of the server', () => {
		const server = NOW + 3_600_000;
		expect(wait(dateOf(server + 9000), 429, dateOf(server))).toBe(9000);
	});

	it('may be a date where the answer has none of its own', () => {
		expect(wait(dateOf(NOW + 9000))).toBe(9000 - 300);
	});

	it('is kept for 5 minutes at most', () => {
		for (const value of ['301', '86400', 'Infinity', dateOf(NOW + 1e9)]) {
			expect(wait(value)).toBe(300_000);
		}
	});

	it('means nothing when it has passed or makes no sense', () => {
		for (const value of ['0', '-5', dateOf(NOW - 5000), ...UNUSABLE]) expect(wait(value)).toBe(0);
	});
});
