'use strict';

/**
 * The rate limit: a fixed window per token (ryze-api.md 2.4).
 *
 * Unknown in the docs; taken: the window begins with the token's first request; a refused request
 * does not count; requests with no token share one window, those with a wrong token another one.
 * So there are never more windows than token kinds.
 *
 * @param {import('./types').Settings} settings read at each request; a changed `windowMs` counts
 * from the next window on
 */
function createLimiter(settings) {
	/** @type {Map<import('./types').TokenKind, { count: number, resetAtMs: number }>} */
	const windows = new Map();

	/** @param {import('./types').TokenKind} kind */
	function windowOf(kind) {
		const now = Date.now();
		const known = windows.get(kind);
		if (known && now < known.resetAtMs) return known;
		const fresh = { count: 0, resetAtMs: now + settings.windowMs };
		windows.set(kind, fresh);
		return fresh;
	}

	/**
	 * Counts one request.
	 *
	 * @param {import('./types').TokenKind} kind
	 * @returns {{ refused: boolean, headers: Record<string, string> }}
	 */
	function take(kind) {
		const window = windowOf(kind);
		const refused = window.count >= settings.limit;
		if (!refused) window.count += 1;
		return { refused, headers: headersOf(window, settings) };
	}

	/**
	 * Another program uses the same token.
	 *
	 * @param {import('./types').TokenKind} kind
	 * @param {number} count requests
	 */
	function spend(kind, count) {
		windowOf(kind).count += count;
	}

	return { take, spend, clear: () => windows.clear() };
}

/**
 * @param {{ count: number, resetAtMs: number }} window
 * @param {import('./types').Settings} settings
 * @returns {Record<string, string>} empty when `resetHeader` wants no headers
 */
function headersOf(window, settings) {
	// Reset is in Unix seconds. Unknown in the docs: the rounding; taken: cut off, as Go's
	// Time.Unix() does, so the moment named lies up to a second before the window really ends.
	const reset = settings.resetHeader
		? settings.resetHeader(window.resetAtMs)
		: String(Math.floor(window.resetAtMs / 1000));
	if (reset === undefined) return {};
	return {
		'X-RateLimit-Limit': String(settings.limit),
		'X-RateLimit-Remaining': String(Math.max(0, settings.limit - window.count)),
		'X-RateLimit-Reset': reset,
	};
}

module.exports = { createLimiter };
