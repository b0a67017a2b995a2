import type { RyzeResponse } from '../../errors/response';

/**
 * Ryze counts per minute, so nothing longer is believed, in milliseconds: a longer Retry-After is
 * cut to this, and a reset that is further away is ignored (docs/ryze-api.md, "Rate limit").
 */
export const LONGEST_BELIEVED = 300_000;

/** What a response says about the rate limit. */
export interface RateHeaders {
	/** Requests that may still be sent in the window. */
	remaining: number;
	/** Requests in a whole window; NaN when the response does not say it. */
	limit: number;
	/** When the window is over, in Unix seconds by the clock of Ryze; NaN when unusable. */
	reset: number;
	/** When Ryze responded, in milliseconds by its clock, cut off to a second; NaN when unusable. */
	date: number;
}

const numberOf = (header: unknown): number =>
	typeof header === 'string' && header.trim() !== '' ? Number(header) : NaN;

const timeOf = (header: unknown): number => (typeof header === 'string' ? Date.parse(header) : NaN);

/**
 * Reads the rate limit headers of a response (docs/ryze-api.md, "Rate limit").
 *
 * @returns `undefined` when the response does not say how many requests remain
 */
export function readRateHeaders(headers: Record<string, unknown>): RateHeaders | undefined {
	const remaining = numberOf(headers['x-ratelimit-remaining']);
	if (Number.isNaN(remaining)) return undefined;
	return {
		// Some servers continue to count below zero.
		remaining: Math.max(0, remaining),
		limit: numberOf(headers['x-ratelimit-limit']),
		reset: numberOf(headers['x-ratelimit-reset']),
		date: timeOf(headers.date),
	};
}

/**
 * How long the server asks clients to wait, in milliseconds, at most 5 minutes. Only a 429 or a 503
 * counts: with a number of seconds, or with a date by the clock of the server.
 *
 * @param now milliseconds since 1970, for a response without a date of its own
 */
export function readRetryAfter({ statusCode, headers }: RyzeResponse, now: number): number {
	if (statusCode !== 429 && statusCode !== 503) return 0;
	const value = headers['retry-after'];
	const date = timeOf(headers.date);
	const until = timeOf(value) - (Number.isNaN(date) ? now : date);
	const seconds = numberOf(value);
	const wait = Number.isNaN(seconds) ? until : seconds * 1000;
	return wait > 0 ? Math.min(wait, LONGEST_BELIEVED) : 0;
}

/** What responses have shown of all windows. */
export interface WindowShape {
	/** How long a window lasts, in milliseconds. */
	length: number;
	/** Milliseconds beyond its reset: 1000, until a response shows windows by the clock. */
	margin: number;
	/** Whether a window once lasted longer than its first response showed. */
	outlastedItsReset: boolean;
}

/** Milliseconds. Windows are assumed to last a multiple of this; windows by the clock end on one. */
const ROUND = 5000;

/** Milliseconds by which a time in whole seconds may be too early, or too late where rounded up. */
const ROUNDING = 1000;

/**
 * When the window of a response is over for certain, from this response alone: `reset - Date` after
 * its arrival. So the clocks of Ryze and of this machine may differ, and may be changed.
 *
 * The response to the first request of a window needs no margin: the window lasts a round number of
 * seconds from there, or else it goes by the clock and its reset is exact.
 *
 * @param sentAt when the request was sent, in milliseconds since 1970
 * @param now when the response arrived
 * @returns the end, in milliseconds since 1970, and what the response shows of all windows;
 * `undefined` when the reset makes no sense
 */
export function endOfWindow(
	{ remaining, limit, reset, date }: RateHeaders,
	sentAt: number,
	now: number,
	shape: WindowShape,
): { endsAt: number; shape: WindowShape } | undefined {
	const left = reset * 1000 - (Number.isNaN(date) ? now : date);
	if (!(Math.abs(left) <= LONGEST_BELIEVED)) return undefined;
	const resetAt = now + left;
	const isFirst = remaining === limit - 1 && !Number.isNaN(date);
	if (!isFirst || shape.outlastedItsReset) return { endsAt: resetAt + shape.margin, shape };

	// The date is cut off and as late as the response; the reset may be rounded either way.
	const [least, most] = [left - 2 * ROUNDING, left + ROUNDING + now - sentAt];
	const length = Math.floor(most / ROUND) * ROUND;
	const mayBeByClock = (reset * 1000) % ROUND === 0 && left >= ROUND;
	if (length < ROUND || length <= least) {
		// With 43 s left, neither 40 nor 45 s fit: the window did not begin with this request.
		const margin = mayBeByClock ? 0 : shape.margin;
		return { endsAt: resetAt + margin, shape: { ...shape, margin } };
	}
	if (mayBeByClock && length !== shape.length) {
		// With 15 s left until 12:00:00, it is a window of 15 s or the rest of a minute by the clock.
		const endsAt = Math.max(now + length, resetAt);
		return { endsAt: Math.min(resetAt + shape.margin, endsAt), shape };
	}
	// With 60 s left, a window of a minute began with this request.
	return { endsAt: Math.min(resetAt + shape.margin, now + length), shape: { ...shape, length } };
}
