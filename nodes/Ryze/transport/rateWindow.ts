/** What Ryze says about the window in which it counts the requests of a token. */
export interface RateWindow {
	/** Requests that may still be sent in it. */
	remaining: number;
	/** When it is over by the clock of Ryze, in Unix seconds; the same in all answers about it. */
	reset: number;
	/** When it is surely over, in milliseconds of the local clock. */
	resetAt: number;
}

/** A reset is told in whole seconds, most likely cut off: a second later it has happened. */
const MARGIN = 1000;

/** Ryze counts per minute; a reset further away than this is not believed. */
const LONGEST_WINDOW = 300_000;

/** Up to here a difference of the clocks is only the time that the answer travelled. */
const CLOCKS_AGREE = 2000;

const numberOf = (header: unknown): number =>
	typeof header === 'string' && header.trim() !== '' ? Number(header) : NaN;

/** Milliseconds by which the clock of the server is ahead of ours. */
function clockAhead(date: unknown, now: number): number {
	const ahead = Date.parse(String(date)) - now;
	return Math.abs(ahead) > CLOCKS_AGREE ? ahead : 0;
}

/**
 * Reads the rate limit headers of an answer (ryze-api.md 2.4; the reset is in Unix seconds).
 *
 * @param now milliseconds since 1970
 * @returns a window, which may be over already, or `undefined` when they are missing or make no sense
 */
export function readRateWindow(
	headers: Record<string, unknown>,
	now: number,
): RateWindow | undefined {
	const remaining = numberOf(headers['x-ratelimit-remaining']);
	const reset = numberOf(headers['x-ratelimit-reset']);
	const resetAt = reset * 1000 - clockAhead(headers.date, now) + MARGIN;
	return remaining >= 0 && resetAt <= now + LONGEST_WINDOW
		? { remaining, reset, resetAt }
		: undefined;
}
