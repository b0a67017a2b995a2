import type { RyzeResponse } from '../../errors/response';
import { endOfWindow, readRateHeaders, readRetryAfter } from './rateHeaders';
import type { RateHeaders, WindowShape } from './rateHeaders';

/** A request has surely reached Ryze before another that is sent this many milliseconds later. */
const ARRIVED = 500;

/** Milliseconds without a response after which twice as many requests may be in flight. */
const FOR_RESPONSE = 2000;

/** Milliseconds for which a count holds whose window is over when the response arrives. */
const LATE_COUNT = 500;

/** The pause after a refusal, in milliseconds: doubled with each further one. */
const PAUSE = { first: 1000, longest: 60_000 };

/**
 * A request looks whether the limit slides when so many should have become free, until so many looks
 * in a row were refused. Nearer to the reset (in milliseconds), Remaining also rises with other ways
 * of counting.
 */
const LOOK = { for: 2, mostRefused: 3, farFromReset: 3000 };

interface Window {
	/** Requests that may still be sent, by the newest count. */
	remaining: number;
	/** When the response with that count arrived. */
	toldAt: number;
	/** In Unix seconds, as Ryze gives it; NaN when that is unusable. */
	reset: number;
	/** When it is over for certain. */
	endsAt: number;
	/** How many requests certainly fit in, by its first count. */
	free: number;
	/** How many we have sent since. */
	sent: number;
	/**
	 * Milliseconds in which `LOOK.for` requests become free if the limit slides. Infinite unless the
	 * window began with less than a full count, after one that we used.
	 */
	lookAfter: number;
}

/** While no window is known, or after a refusal that none explains, more and more may be sent. */
interface RampUp {
	readonly afterRefusal: boolean;
	/** How many of its requests ended. */
	ended: number;
}

/** Permission to send one request. */
export interface Permit {
	readonly sentAt: number;
	/** Whether Ryze was asked to delay the request, so that its response comes late. */
	readonly isDelayed: boolean;
	/** Whether it looks if the limit slides. */
	readonly isLook: boolean;
	isInFlight: boolean;
	/** What was known when it was sent. */
	readonly window: Window | undefined;
	readonly rampUp: RampUp | undefined;
}

/** In seconds: the same reset may be rounded differently in each response. */
const isSameReset = (a: { reset: number }, b: { reset: number }): boolean =>
	Math.abs(a.reset - b.reset) <= 1;

const newRampUp = (afterRefusal: boolean): RampUp => ({ afterRefusal, ended: 0 });

/**
 * What responses told of the limit of a token, and whether a request may be sent by that. It has no
 * clock and sends nothing: all times are given to it, in milliseconds since 1970. `maySend` and
 * `opensAt` change nothing.
 */
export class Quota {
	private window: Window | undefined;
	private endedWindow: Window | undefined;
	private rampUp: RampUp | undefined = newRampUp(false);
	/** What the newest count may not include: in flight, delayed, cut off, or without a count. */
	private readonly uncounted = new Set<Permit>();

	/** By the documents, until responses show it (docs/ryze-api.md, "Rate limit"). */
	private limit = 100;
	private shape: WindowShape = { length: 60_000, margin: 1000, isOdd: false };

	private refusals = 0;
	private refusedAt = -Infinity;
	private pausedUntil = -Infinity;

	/** Whether the limit slides: what was used becomes free bit by bit, not all at the reset. */
	private slides = false;
	private looksRefused = 0;

	/** Whether a request may be sent now. What makes it wait, from top to bottom: */
	maySend(now: number, isDelayed: boolean): boolean {
		// a refusal that the window does not explain, or a Retry-After;
		if (now < this.pausedUntil) return false;
		const { window, rampUp } = this;
		// After a window one goes, and its response opens the next.
		if ((window && now >= window.endsAt) || this.mayLook(now, isDelayed)) return true;
		// a window that is used up;
		if (window && !this.hasRoom(window)) return false;
		// a response that will tell more, while no window is known or after a refusal.
		return !rampUp || this.mayRampUp(rampUp, now, isDelayed);
	}

	/** No request may be sent before this moment, as far as is known. */
	opensAt(): number {
		const { window } = this;
		const isUsedUp = window !== undefined && window.remaining <= 0;
		return Math.max(this.pausedUntil, isUsedUp ? Math.min(window.endsAt, this.lookAt) : -Infinity);
	}

	/** Counts a request that is sent now. */
	send(now: number, isDelayed: boolean): Permit {
		const isLook = this.mayLook(now, isDelayed);
		if (this.window && now >= this.window.endsAt) {
			this.endedWindow = this.window;
			this.window = undefined;
			this.rampUp = newRampUp(this.rampUp?.afterRefusal === true && this.rampUp.ended === 0);
		}
		const { window, rampUp } = this;
		const permit = { sentAt: now, isDelayed, isLook, isInFlight: true, window, rampUp };
		this.uncounted.add(permit);
		if (window) window.sent++;
		return permit;
	}

	/** A request was not sent after all. */
	cancel(permit: Permit): void {
		this.uncounted.delete(permit);
		if (permit.window) permit.window.sent--;
	}

	/**
	 * A request has ended.
	 *
	 * @param response none when the connection was cut
	 * @param willRetry whether the request will be sent again
	 */
	end(permit: Permit, now: number, response: RyzeResponse | undefined, willRetry: boolean): void {
		const isRefused = response?.statusCode === 429;
		const told = response && readRateHeaders(response.headers);
		permit.isInFlight = false;
		if (told || !this.window) this.uncounted.delete(permit);
		const isCounted = told !== undefined && this.learn(told, permit, now, isRefused);
		const { rampUp, sentAt, isLook } = permit;
		if (rampUp) rampUp.ended++;
		if (isLook) this.looksRefused = isRefused ? this.looksRefused + 1 : 0;

		const isExplained = isRefused && isCounted && told.remaining === 0;
		if (isRefused && !isExplained) this.pause(sentAt, now, willRetry);
		if (response && !isRefused && sentAt >= this.refusedAt) this.refusals = 0;
		// Where the limit may slide, looks go on all the same.
		if (response && !(isExplained && this.lookAt < Infinity)) {
			this.pausedUntil = Math.max(this.pausedUntil, now + readRetryAfter(response, now));
		}
	}

	private hasRoom({ remaining, free, sent }: Window): boolean {
		if (remaining > this.reserve) return true;
		// If no response is due that would show which are counted, one is sent to find out.
		return remaining > 0 && sent < free && !this.awaitsResponse;
	}

	/** How many may be missing in the count; where the limit slides, one more is left to others. */
	private get reserve(): number {
		return this.uncounted.size + (this.slides ? 1 : 0);
	}

	private get awaitsResponse(): boolean {
		return [...this.uncounted].some(({ isInFlight, isDelayed }) => isInFlight && !isDelayed);
	}

	/** One may be in flight, one more for each that ended, and twice as many every 2 s. */
	private mayRampUp(rampUp: RampUp, now: number, isDelayed: boolean): boolean {
		const inFlight = [...this.uncounted].filter(
			(permit) =>
				permit.rampUp === rampUp &&
				permit.isDelayed === isDelayed &&
				now - permit.sentAt <= this.shape.length,
		);
		const doublings = Math.floor((now - (inFlight[0]?.sentAt ?? now)) / FOR_RESPONSE);
		return inFlight.length < Math.min((1 + rampUp.ended) * 2 ** doublings, this.limit);
	}

	/** When the next look may go, if any. */
	private get lookAt(): number {
		const { window, looksRefused } = this;
		if (!window || looksRefused >= LOOK.mostRefused) return Infinity;
		return window.toldAt + window.lookAfter * 2 ** looksRefused;
	}

	/** One at a time, and none whose response Ryze was asked to delay. */
	private mayLook(now: number, isDelayed: boolean): boolean {
		return now >= this.lookAt && !isDelayed && !this.awaitsResponse;
	}

	/**
	 * Learns from the count in a response.
	 *
	 * @returns whether it still says something about what may be sent
	 */
	private learn(told: RateHeaders, permit: Permit, now: number, isRefused: boolean): boolean {
		const { window, endedWindow, rampUp } = this;
		const { sentAt, isDelayed } = permit;
		if (told.limit > 0) this.limit = told.limit;
		if (endedWindow && isSameReset(told, endedWindow) && sentAt >= endedWindow.endsAt) {
			this.shape = { ...this.shape, margin: 1000, isOdd: true };
		}
		const end = endOfWindow(told, sentAt, now, this.shape);
		if (end) this.shape = end.shape;
		// If its window is over or unknown, the count still holds if nothing changed since.
		const isNewest = permit.window === window && permit.rampUp === rampUp && !isDelayed;
		const isRunning = end !== undefined && end.endsAt > now;
		if (!isRunning && (isRefused || !isNewest)) return false;
		const endsAt = end ? Math.max(end.endsAt, now + LATE_COUNT) : now + this.shape.length;
		if (window && (!end || isSameReset(told, window))) {
			window.endsAt = Math.min(window.endsAt, endsAt);
			this.count(window, told.remaining, sentAt, now);
		} else if (!window || isNewest) {
			this.open(told, endsAt, sentAt, now);
		}
		// Otherwise it is a late response about a window that is over.
		return true;
	}

	private open(told: RateHeaders, endsAt: number, sentAt: number, now: number): void {
		const { limit, remaining, reset } = told;
		// Not over for certain, but another has begun.
		if (this.window) this.endedWindow = this.window;
		const before = this.endedWindow;
		const length = before && !isSameReset(told, before) ? (reset - before.reset) * 1000 : 0;
		const isFull = remaining + 1 + this.uncounted.size >= limit;
		const isShort = length > 0 && !isFull && before !== undefined && before.sent >= limit / 10;
		this.window = {
			...{ remaining, reset, endsAt, toldAt: now, sent: 0 },
			free: remaining - this.uncounted.size,
			lookAfter: isShort ? (LOOK.for * length) / limit : Infinity,
		};
		if (!this.rampUp?.afterRefusal) this.rampUp = undefined;
		this.dropArrived(sentAt);
	}

	/** Responses may overtake each other: of requests that were on their way together, the lowest count. */
	private count(window: Window, remaining: number, sentAt: number, now: number): void {
		if (remaining > window.remaining) {
			if (sentAt <= window.toldAt) return;
			// Ryze counted one more and told more: only a limit that slides does so.
			if (window.endsAt - now >= LOOK.farFromReset) this.slides = true;
		}
		Object.assign(window, { remaining, toldAt: now });
		this.dropArrived(sentAt);
	}

	/** What had arrived before the request of a count is in that count, or in an earlier window. */
	private dropArrived(countedAt: number): void {
		for (const permit of this.uncounted) {
			if (permit.sentAt <= countedAt - ARRIVED) this.uncounted.delete(permit);
		}
	}

	/** Requests that were refused together are one refusal. */
	private pause(sentAt: number, now: number, willRetry: boolean): void {
		if (sentAt < this.refusedAt) return;
		const pause = PAUSE.first * (willRetry ? 2 ** this.refusals++ : 1);
		this.refusedAt = now;
		this.pausedUntil = Math.max(this.pausedUntil, now + Math.min(pause, PAUSE.longest));
		this.rampUp = newRampUp(true);
	}
}
