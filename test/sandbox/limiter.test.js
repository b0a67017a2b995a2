'use strict';

const { createLimiter } = require('../../sandbox/ryze/limiter');
const { defaultSettings } = require('../../sandbox/ryze/settings');

const MINUTE = Date.UTC(2026, 0, 1) / 1000;

/** @param {Partial<import('../../sandbox/ryze/types').Settings>} changes */
function start(changes) {
	let now = MINUTE * 1000 + 15_300;
	const limiter = createLimiter({ ...defaultSettings(), limit: 3, ...changes }, () => now);
	return {
		limiter,
		pass: (/** @type {number} */ milliseconds) => void (now += milliseconds),
		/** @returns what remains after a request, and in how many seconds from the minute it resets */
		take() {
			const { refused, headers } = limiter.take('demo');
			const reset = Number(headers['X-RateLimit-Reset']) - MINUTE;
			return { refused, remaining: Number(headers['X-RateLimit-Remaining']), reset };
		},
	};
}

describe('the rate limit of the sandbox', () => {
	it.each([
		['window, reset rounded down', 75],
		['window, reset rounded up', 76],
		['window by the clock', 60],
	])('counts in windows: %s', (counting, reset) => {
		const { take, pass } = start({ counting: /** @type {any} */ (counting) });
		expect([2, 1, 0].map(() => take().remaining)).toEqual([2, 1, 0]);
		pass(30_000);
		expect(take()).toEqual({ refused: true, remaining: 0, reset });
		pass(30_000);
		expect(take()).toMatchObject({ refused: false, remaining: 2 });
	});

	it('lets a request go a window after the one before with a sliding log', () => {
		const { take, pass } = start({ counting: 'sliding log' });
		expect(take()).toEqual({ refused: false, remaining: 2, reset: 75 });
		pass(10_000);
		take();
		take();
		expect(take()).toEqual({ refused: true, remaining: 0, reset: 75 });
		pass(50_000);
		expect(take()).toEqual({ refused: false, remaining: 0, reset: 85 });
		expect(take().refused).toBe(true);
	});

	it('frees one request after the other with a token bucket', () => {
		const { take, pass } = start({ counting: 'token bucket' });
		expect([1, 2, 3].map(() => take().remaining)).toEqual([2, 1, 0]);
		expect(take()).toEqual({ refused: true, remaining: 0, reset: 35 });
		pass(20_000);
		expect(take()).toEqual({ refused: false, remaining: 0, reset: 55 });
		pass(1_000_000);
		expect(take().remaining).toBe(2);
	});

	it('counts the window before by the share still covered with a sliding counter', () => {
		const { take, pass } = start({ counting: 'sliding counter' });
		expect([2, 1, 0].map(() => take().remaining)).toEqual([2, 1, 0]);
		expect(take()).toEqual({ refused: true, remaining: 0, reset: 60 });
		// The window has just ended, and then a third of the next has passed.
		pass(45_000);
		expect(take()).toEqual({ refused: true, remaining: 0, reset: 120 });
		pass(20_000);
		expect(take()).toEqual({ refused: false, remaining: 0, reset: 120 });
		expect(take().refused).toBe(true);
		// Two windows later.
		pass(120_000);
		expect(take().remaining).toBe(2);
	});

	it('lets a refused request count, and asks to wait for a window, where it shall', () => {
		const settings = { counting: /** @type {const} */ ('sliding counter'), retryAfter: true };
		const { take, limiter, pass } = start({ ...settings, countsRefused: true });
		for (let i = 0; i < 5; i++) take();
		expect(limiter.take('demo').headers).toMatchObject({ 'Retry-After': '60' });
		// Six came in that window. The half of it is as much as the limit.
		pass(45_000 + 29_000);
		expect(take().refused).toBe(true);
	});

	it('lets others spend no more than is free', () => {
		const { limiter, take } = start({ counting: 'sliding log' });
		limiter.spend('demo', 50);
		expect(take()).toMatchObject({ refused: true, remaining: 0 });
	});
});
