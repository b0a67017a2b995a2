import { createHash } from 'node:crypto';
import type { RyzeResponse } from '../../errors/response';
import { clock, type Clock, SLICE } from '../clock';
import { type Permit, Quota } from './quota';
import { LONGEST_BELIEVED } from './rateHeaders';

interface Waiter {
	ticket: number;
	/** When it gives up, in milliseconds since 1970. */
	expiresAt: number;
	/** Milliseconds for which Ryze is asked to delay the request. */
	delay?: number;
	signal?: AbortSignal;
	end(result: Permit | 'stopped' | 'expired'): void;
}

const isDelayed = ({ delay = 0 }: { delay?: number }): boolean => delay > 0;

/**
 * The rate limit of one token (docs/ryze-api.md, "Rate limit"): the queue is here, what responses
 * told and whether a request may go by that is in quota.ts, the headers in rateHeaders.ts.
 *
 * When a request may go (`next`, `maySend`):
 * 1. Requests wait in one queue in the order of arrival, and a retry keeps its place. A delayed one
 *    is overtaken by those without delay where only these may find out (3), ramp up (4) or probe (10).
 * 2. As many may go as remain in the window, and one when it is over.
 * 3. Subtracted is what the count may not include, sent less than 500 ms before its request or
 *    later; if nothing is left then and no response is due, one goes to find out (`hasRoom`). To
 *    one without delay, a delayed response is not due.
 * 4. While no window is known, requests ramp up: one may be in flight, one more for each that
 *    ended, twice as many for every 2 s that the oldest takes, delayed ones apart, and no more than
 *    the limit together (`mayRampUp`).
 * 5. A wait ends within 1 s of a stop, or of the moment when its time is over or cannot suffice.
 * What a response teaches (`learn`):
 * 6. A window ends `reset - Date` after a response, plus a second as the reset may be cut off,
 *    unless the response to a first request showed how long windows last and none lasted longer.
 * 7. What remained in a window that is over when the response arrives may go within 500 ms.
 * What a refusal does (`end`):
 * 8. One that the window explains (nothing remained) waits for its end. After any other, all wait
 *    for 1, 2, 4 … 60 s and ramp up again; the pause doubles only if that request is retried.
 * 9. The Retry-After of a 429 or 503 is kept, up to 5 minutes, but not that of an explained refusal
 *    while probes are possible: then only the window counts.
 * A limit that slides, so that a reset frees nothing (`mayProbe`):
 * 10. From a window on that begins short after one that we used, one without delay probes whenever
 *     two should be free: half as often after each refused probe, never again after three in a row.
 * 11. If Remaining rises before the reset, the limit slides, and one place is left to others.
 */
export class RateLimiter {
	private readonly quota = new Quota();
	private queue: Waiter[] = [];
	private inFlight = 0;
	private lastTicket = 0;
	private lastUsedAt: number;
	private isWatching = false;

	constructor(private readonly time: Clock = clock) {
		// Not beside its declaration: in the packed file, fields are set before `time`.
		this.lastUsedAt = time.now();
	}

	/** A place in the queue, by the order of arrival; a retry keeps it. */
	nextTicket(): number {
		return ++this.lastTicket;
	}

	/** Whether it can be dropped: nobody uses it, and all that it knew is out of date. */
	get isIdle(): boolean {
		const isUsed = this.queue.length + this.inFlight > 0;
		return !isUsed && this.time.now() - this.lastUsedAt > LONGEST_BELIEVED;
	}

	/** Waits until a request may be sent. Whoever gets a permit has to release it. */
	async acquire(request: Omit<Waiter, 'end'>): Promise<Permit | 'stopped' | 'expired'> {
		return await new Promise((end) => {
			let index = this.queue.length;
			while (index > 0 && this.queue[index - 1].ticket > request.ticket) index--;
			this.queue.splice(index, 0, { ...request, end });
			this.dispatch();
			void this.watch();
		});
	}

	/**
	 * Gives back a permit when its request has ended.
	 *
	 * @param response none when the connection was cut
	 * @param willRetry whether it will be sent again; only then does a refusal double the next pause
	 */
	release(permit: Permit, response: RyzeResponse | undefined, willRetry: boolean): void {
		this.inFlight--;
		this.lastUsedAt = this.time.now();
		this.quota.end(permit, this.lastUsedAt, response, willRetry);
		this.dispatch();
	}

	/** Gives back a permit whose request was not sent after all. */
	releaseUnsent(permit: Permit): void {
		this.inFlight--;
		this.quota.cancel(permit);
		this.dispatch();
	}

	private dispatch(): void {
		const now = this.time.now();
		for (let next = this.next(now); next !== -1; next = this.next(now)) {
			const [{ signal, delay, end }] = this.queue.splice(next, 1);
			// A stop also ends requests in flight, which leads here before `watch` has seen it.
			if (signal?.aborted) end('stopped');
			else {
				this.inFlight++;
				end(this.quota.send(now, isDelayed({ delay })));
			}
		}
	}

	/** @returns which waiter may go, -1 for none: the first, or else the first without delay */
	private next(now: number): number {
		const places = [0, this.queue.findIndex((waiter) => !isDelayed(waiter))];
		const maySend = (waiter?: Waiter) => waiter && this.quota.maySend(now, isDelayed(waiter));
		return places.find((place) => maySend(this.queue[place])) ?? -1;
	}

	/** Runs while somebody waits: one sleeper for all of them. */
	private async watch(): Promise<void> {
		if (this.isWatching) return;
		this.isWatching = true;
		while (this.queue.length > 0) {
			const untilOpen = this.quota.opensAt() - this.time.now();
			await this.time.sleep(untilOpen > 0 ? Math.min(SLICE, untilOpen) : SLICE);
			this.dropGone();
			this.dispatch();
		}
		this.isWatching = false;
	}

	private dropGone(): void {
		const opensAt = Math.max(this.time.now(), this.quota.opensAt());
		this.queue = this.queue.filter(({ signal, expiresAt, end }) => {
			if (!signal?.aborted && opensAt < expiresAt) return true;
			end(signal?.aborted ? 'stopped' : 'expired');
			return false;
		});
	}
}

const limiters = new Map<string, RateLimiter>();

/** Above this number, limiters that are no longer used are removed. */
const MANY_LIMITERS = 100;

/**
 * The limiter of a token at an address. n8n loads this module once, so all executions of the
 * process share it. The token itself is not kept.
 */
export function limiterFor(baseUrl: string, token: string): RateLimiter {
	if (limiters.size >= MANY_LIMITERS) {
		for (const [key, limiter] of limiters) if (limiter.isIdle) limiters.delete(key);
	}
	const key = `${createHash('sha256').update(token).digest('hex')} ${baseUrl}`;
	const limiter = limiters.get(key) ?? new RateLimiter();
	limiters.set(key, limiter);
	return limiter;
}
