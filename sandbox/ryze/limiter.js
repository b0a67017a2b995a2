'use strict';

/** @typedef {import('./types').Settings} Settings */

/**
 * Counts the requests of one token.
 *
 * @typedef {object} Counter
 * @property {() => number} remaining requests that are free now
 * @property {(requests: number) => void} take no more than are free
 * @property {() => number} resetAt when `remaining` goes up next, Unix milliseconds
 */

/**
 * The rate limit per token (docs/ryze-api.md, "Rate limit").
 *
 * Unknown in the docs; taken: a refused request does not count unless `countsRefused` is set, and a
 * refusal has no Retry-After unless `retryAfter` is set; requests with no token share one counter, those
 * with a wrong token another one. So there are never more counters than token kinds.
 * Unknown as well is the way of counting, so there are several, see `Counting`.
 *
 * @param {Settings} settings read at each request; a changed `windowMs` counts from the next window
 * on, a changed `counting` after `clear`
 * @param {() => number} [clock] Unix milliseconds
 */
function createLimiter(settings, clock = () => Date.now()) {
	/** @type {Map<import('./types').TokenKind, Counter>} */
	const counters = new Map();

	/** @param {import('./types').TokenKind} kind */
	function counterOf(kind) {
		const counter = counters.get(kind) ?? createCounter(settings, clock);
		counters.set(kind, counter);
		return counter;
	}

	/**
	 * Counts one request.
	 *
	 * @param {import('./types').TokenKind} kind
	 * @returns {{ refused: boolean, headers: Record<string, string> }}
	 */
	function take(kind) {
		const counter = counterOf(kind);
		const refused = counter.remaining() === 0;
		if (!refused || settings.countsRefused) counter.take(1);
		const headers = headersOf(counter, settings);
		if (refused && settings.retryAfter) {
			headers['Retry-After'] = String(Math.ceil(settings.windowMs / 1000));
		}
		return { refused, headers };
	}

	/**
	 * Another program uses the same token.
	 *
	 * @param {import('./types').TokenKind} kind
	 * @param {number} count requests
	 */
	function spend(kind, count) {
		const counter = counterOf(kind);
		counter.take(Math.min(count, counter.remaining()));
	}

	return { take, spend, clear: () => counters.clear() };
}

/** @param {Settings} settings @param {() => number} clock @returns {Counter} */
function createCounter(settings, clock) {
	if (settings.counting === 'sliding log') return slidingLog(settings, clock);
	if (settings.counting === 'sliding counter') return slidingCounter(settings, clock);
	if (settings.counting === 'token bucket') return tokenBucket(settings, clock);
	return fixedWindow(settings, clock);
}

/**
 * Windows that begin with the first request, or else by the clock.
 *
 * @param {Settings} settings @param {() => number} clock @returns {Counter}
 */
function fixedWindow(settings, clock) {
	let count = 0;
	let resetAt = -Infinity;

	function roll() {
		const now = clock();
		if (now < resetAt) return;
		const { counting, windowMs } = settings;
		const begin = counting === 'window by the clock' ? now - (now % windowMs) : now;
		resetAt = begin + windowMs;
		count = 0;
	}

	return {
		remaining() {
			roll();
			return Math.max(0, settings.limit - count);
		},
		take(requests) {
			roll();
			count += requests;
		},
		resetAt: () => resetAt,
	};
}

/**
 * As many as the limit in any stretch of time that is as long as a window.
 *
 * @param {Settings} settings @param {() => number} clock @returns {Counter}
 */
function slidingLog(settings, clock) {
	/** @type {number[]} when each request came, oldest first */
	const log = [];
	return {
		remaining() {
			while (log.length > 0 && log[0] + settings.windowMs <= clock()) log.shift();
			return Math.max(0, settings.limit - log.length);
		},
		take(requests) {
			for (let i = 0; i < requests; i++) log.push(clock());
		},
		resetAt: () => (log[0] ?? clock()) + settings.windowMs,
	};
}

/**
 * Windows by the clock; the one before counts by the share of it that still lies within a window's
 * time, and the reset is the end of the current one. So counts go-chi/httprate, a library for Go,
 * and with `countsRefused` much as gofiber/fiber does.
 *
 * @param {Settings} settings @param {() => number} clock @returns {Counter}
 */
function slidingCounter(settings, clock) {
	let begin = -Infinity;
	let [before, count] = [0, 0];

	function roll() {
		const { windowMs } = settings;
		const current = clock() - (clock() % windowMs);
		if (current === begin) return;
		before = current === begin + windowMs ? count : 0;
		[begin, count] = [current, 0];
	}

	return {
		remaining() {
			roll();
			const { limit, windowMs } = settings;
			const share = 1 - (clock() - begin) / windowMs;
			return Math.max(0, limit - Math.round(before * share + count));
		},
		take(requests) {
			roll();
			count += requests;
		},
		resetAt() {
			roll();
			return begin + settings.windowMs;
		},
	};
}

/**
 * A bucket that is full at first and is filled evenly, one window's worth in each window.
 *
 * @param {Settings} settings @param {() => number} clock @returns {Counter}
 */
function tokenBucket(settings, clock) {
	let tokens = settings.limit;
	let filledAt = clock();

	function fill() {
		const { limit, windowMs } = settings;
		const now = clock();
		tokens = Math.min(limit, tokens + ((now - filledAt) * limit) / windowMs);
		filledAt = now;
	}

	return {
		remaining() {
			fill();
			return Math.max(0, Math.floor(tokens));
		},
		take(requests) {
			fill();
			tokens -= requests;
		},
		resetAt() {
			const missing = 1 + Math.floor(tokens) - tokens;
			return filledAt + (missing * settings.windowMs) / settings.limit;
		},
	};
}

/**
 * @param {Counter} counter
 * @param {Settings} settings
 * @returns {Record<string, string>} empty when `resetHeader` wants no headers
 */
function headersOf(counter, settings) {
	const seconds = counter.resetAt() / 1000;
	// Unknown in the docs: the rounding; taken: cut off, as Go's Time.Unix() does, so that the moment
	// named lies up to a second before the window really ends.
	const rounded = settings.counting === 'window, reset rounded up' ? Math.ceil : Math.floor;
	const reset = settings.resetHeader
		? settings.resetHeader(counter.resetAt())
		: String(rounded(seconds));
	if (reset === undefined) return {};
	return {
		'X-RateLimit-Limit': String(settings.limit),
		'X-RateLimit-Remaining': String(counter.remaining()),
		'X-RateLimit-Reset': reset,
	};
}

module.exports = { createLimiter };
