import type { Answer } from '../errors/answer';
import { LONGEST_BELIEVED } from './waits';

/** What an answer says about the rate limit. */
export interface RateHeaders {
	/** Requests that may still be sent in the window. */
	remaining: number;
	/** Requests in a whole window; NaN when the answer does not say it. */
	limit: number;
	/** When the window is over, in Unix seconds by the clock of Ryze; NaN when unusable. */
	reset: number;
	/** When Ryze answered, in milliseconds by its clock, cut off to a second; NaN when unusable. */
	date: number;
}

const numberOf = (header: unknown): number =>
	typeof header === 'string' && header.trim() !== '' ? Number(header) : NaN;

const timeOf = (header: unknown): number => (typeof header === 'string' ? Date.parse(header) : NaN);

/**
 * Reads the rate limit headers of an answer (docs/ryze-api.md, "Rate limit").
 *
 * @returns `undefined` when the answer does not say how many requests remain
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
 * @param now milliseconds since 1970, for an answer without a date of its own
 */
export function readRetryAfter({ statusCode, headers }: Answer, now: number): number {
	if (statusCode !== 429 && statusCode !== 503) return 0;
	const value = headers['retry-after'];
	const date = timeOf(headers.date);
	const until = timeOf(value) - (Number.isNaN(date) ? now : date);
	const seconds = numberOf(value);
	const wait = Number.isNaN(seconds) ? until : seconds * 1000;
	return wait > 0 ? Math.min(wait, LONGEST_BELIEVED) : 0;
}
