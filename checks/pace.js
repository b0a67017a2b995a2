'use strict';

const { setTimeout: wait } = require('node:timers/promises');
const { serverTime } = require('./judge');

/** Requests that are left to those who use the same token (docs/ryze-api.md, "Rate limit"). */
const FEW = 10;

/** Milliseconds from one request to the next. */
const PAUSE = 400;

/**
 * Keeps the check from being in the way of others: slow, and never the last of a window.
 *
 * @param {{ pause?: number, now?: () => number, sleep?: (milliseconds: number) => Promise<unknown> }} [how]
 */
function createPace({ pause = PAUSE, now = Date.now, sleep = wait } = {}) {
	let last = -Infinity;
	/** @type {{ remaining: number, overAt: number } | undefined} by the own clock */
	let window;

	return {
		/** Waits until the next request may be sent. */
		async turn() {
			const early = last + pause - now();
			if (early > 0) await sleep(early);
			last = now();
		},

		/** @param {import('./types').Answer} answer to a request with the own token */
		note(answer) {
			const remaining = headerOf(answer, 'X-RateLimit-Remaining');
			const reset = headerOf(answer, 'X-RateLimit-Reset');
			if (Number.isNaN(remaining)) return;
			const left = Number.isNaN(reset) ? Infinity : reset - serverTime(answer) + 1;
			window = { remaining, overAt: now() + left * 1000 };
		},

		/**
		 * @param {number} [needed] requests
		 * @returns {string | undefined} why no more should be sent
		 */
		stop(needed = 1) {
			if (!window || now() >= window.overAt || window.remaining - needed >= FEW) return undefined;
			return `only ${window.remaining} requests remain until the rate limit starts again`;
		},
	};
}

/** @param {import('./types').Answer} answer @param {string} name */
function headerOf({ headers }, name) {
	const value = headers.get(name);
	return value === null || value.trim() === '' ? NaN : Number(value);
}

module.exports = { createPace, headerOf };
