import { createHash } from 'node:crypto';
import { clock, SLICE, type Clock } from './clock';
import type { Answer } from '../errors/answer';
import { readRateWindow, type RateWindow } from './rateWindow';

/** How a wait for the limit ended. */
export type Turn = Pass | 'stopped' | 'expired';

export interface Pass {
	place: number;
}

interface Waiter {
	/** Place in the order of arrival. */
	place: number;
	/** When it gives up, in milliseconds since 1970. */
	expiresAt: number;
	signal?: AbortSignal;
	end(turn: Turn): void;
}

const LONGEST_PAUSE = 60_000;

/** Milliseconds that an answer may take until one more request is sent to scout. */
const PATIENCE = 2000;

/** So many times the requests in flight may double while nothing is heard of the limit. */
const MOST_DOUBLINGS = 10;

/**
 * Lets requests of one token go, in order of arrival, without ever overrunning its limit.
 *
 * It goes by what Ryze says in each answer. While nothing is known (first use, or a new window) one
 * request goes first and the others wait for its answer. Each answer that says nothing doubles how
 * many may be in flight, and every 2 s without any answer let one more go. So nobody is held up by an
 * API without these headers, by a line that is cut, or by a message that Ryze was asked to delay.
 */
export class RateLimiter {
	private window: RateWindow | undefined;

	/** The latest reset that Ryze has told, in Unix seconds of its clock. */
	private latestReset = -Infinity;

	private inFlight = 0;

	/** How many of those in flight were sent in a window that is over; they scout for nothing. */
	private carriedOver = 0;

	private silentAnswers = 0;

	/** Since when answers are awaited while nothing is known, in milliseconds since 1970. */
	private scoutingSince = 0;

	private pausedUntil = 0;

	private pauses = 0;

	private lastPlace = 0;

	private watching = false;

	private readonly queue: Waiter[] = [];

	constructor(private readonly time: Clock = clock) {}

	/** A place in the order of arrival; a request that has to be repeated keeps its place. */
	nextPlace(): number {
		return ++this.lastPlace;
	}

	/** Whether it can be forgotten without anyone noticing. */
	get idle(): boolean {
		return this.inFlight === 0 && this.queue.length === 0 && this.opensAt() <= this.time.now();
	}

	/**
	 * Waits until a request may be sent. After 'go' the caller sends it and calls `leave`.
	 *
	 * @param expiresAt when waiting is given up, in milliseconds since 1970
	 */
	async enter({
		place,
		expiresAt,
		signal,
	}: {
		place: number;
		expiresAt: number;
		delay?: number;
		signal?: AbortSignal;
	}): Promise<Turn> {
		if (signal?.aborted) return 'stopped';
		if (this.queue.length === 0 && this.room() > 0) {
			this.count();
			return { place };
		}
		return await new Promise((end) => {
			const behind = this.queue.findIndex((waiter) => waiter.place > place);
			const index = behind === -1 ? this.queue.length : behind;
			this.queue.splice(index, 0, { place, expiresAt, signal, end });
			void this.watch();
		});
	}

	/** Takes note of how a request ended; no answer means that the line was cut or stayed silent. */
	leave(_pass: Pass, answer?: Answer, _again?: boolean): void {
		this.inFlight--;
		if (this.carriedOver > 0) this.carriedOver--;
		const now = this.time.now();
		const refused = answer?.statusCode === 429;
		const told = answer && readRateWindow(answer.headers, now);
		const seen = told && told.resetAt > now ? told : undefined;
		// An answer that comes after the end of its window says nothing about the next one.
		const late = !seen && told && told.reset <= this.latestReset;
		if (seen) this.learn(seen, refused);
		else if (!late) this.assumeCounted();
		if (refused) this.pause(seen?.remaining === 0);
		else if (answer) this.pauses = 0;
		this.letGo();
	}

	private learn(seen: RateWindow, refused: boolean): void {
		const known = this.window;
		this.silentAnswers = 0;
		this.latestReset = Math.max(this.latestReset, seen.reset);
		if (!known || refused || seen.reset > known.reset) this.window = seen;
		else if (seen.reset === known.reset) {
			// Answers may arrive out of order; in one window the lowest count is the newest.
			known.remaining = Math.min(known.remaining, seen.remaining);
			// How far the clocks differ is only known to the second.
			known.resetAt = Math.max(known.resetAt, seen.resetAt);
		}
		// A late answer about an earlier window, or a window that was cut short.
		else known.remaining--;
	}

	private assumeCounted(): void {
		this.silentAnswers++;
		if (this.window) this.window.remaining--;
	}

	/** Holds all back for a second, or longer each time where Ryze does not say until when. */
	private pause(untilReset: boolean): void {
		const now = this.time.now();
		this.silentAnswers = 0;
		// Refused although there is room, as by WhatsApp: afterwards one goes first again.
		if (!untilReset) this.window = undefined;
		// Requests that were refused together are one refusal.
		if (now < this.pausedUntil) return;
		const pause = untilReset ? 1000 : Math.min(1000 * 2 ** this.pauses++, LONGEST_PAUSE);
		this.pausedUntil = now + pause;
	}

	/** When the next request may go as far as is known, in milliseconds since 1970. */
	private opensAt(): number {
		const resetAt = this.window && this.window.remaining <= 0 ? this.window.resetAt : 0;
		return Math.max(this.pausedUntil, resetAt);
	}

	/** How many requests may be sent right now. */
	private room(): number {
		const now = this.time.now();
		if (now < this.pausedUntil) return 0;
		if (this.window && now >= this.window.resetAt) {
			this.window = undefined;
			this.silentAnswers = 0;
			this.carriedOver = this.inFlight;
		}
		// What is in flight may not be counted in `remaining` yet.
		if (this.window) return this.window.remaining - this.inFlight;
		const scouts = this.inFlight - this.carriedOver;
		const patient = scouts > 0 ? Math.floor((now - this.scoutingSince) / PATIENCE) : 0;
		return 2 ** Math.min(this.silentAnswers, MOST_DOUBLINGS) + patient - scouts;
	}

	/** Counts a request that is sent now. */
	private count(): void {
		if (this.inFlight === this.carriedOver) this.scoutingSince = this.time.now();
		this.inFlight++;
	}

	private letGo(): void {
		// First, as a stop is seen here at the same moment as the end of what it has cut off.
		this.dropGone();
		while (this.queue.length > 0 && this.room() > 0) {
			this.count();
			this.queue.shift()?.end({ place: 0 });
		}
	}

	/** Runs while somebody waits: one sleeper for all of them. */
	private async watch(): Promise<void> {
		if (this.watching) return;
		this.watching = true;
		while (this.queue.length > 0) {
			const now = this.time.now();
			const untilOpen = this.opensAt() - now;
			await this.time.sleep(untilOpen > 0 ? Math.min(SLICE, untilOpen) : SLICE);
			this.letGo();
		}
		this.watching = false;
	}

	private dropGone(): void {
		const opensAt = Math.max(this.time.now(), this.opensAt());
		for (const waiter of [...this.queue]) {
			const stopped = waiter.signal?.aborted;
			if (!stopped && opensAt < waiter.expiresAt) continue;
			this.queue.splice(this.queue.indexOf(waiter), 1);
			waiter.end(stopped ? 'stopped' : 'expired');
		}
	}
}

const limiters = new Map<string, RateLimiter>();

/** Beyond this many, those that nobody needs any more are forgotten. */
const MANY_LIMITERS = 100;

/**
 * The limiter of a token at an address. n8n loads this module once, so all executions of the process
 * share it; the token itself is not kept.
 */
export function limiterFor(baseUrl: string, token: string): RateLimiter {
	if (limiters.size >= MANY_LIMITERS) {
		for (const [key, limiter] of limiters) if (limiter.idle) limiters.delete(key);
	}
	const key = `${createHash('sha256').update(token).digest('hex')} ${baseUrl}`;
	const limiter = limiters.get(key) ?? new RateLimiter();
	limiters.set(key, limiter);
	return limiter;
}
