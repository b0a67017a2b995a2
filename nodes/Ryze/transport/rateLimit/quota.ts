import type { RyzeResponse } from '../../errors/response';
import { endOfWindow, readRateHeaders, readRetryAfter } from './rateHeaders';
import type { RateHeaders, WindowShape } from './rateHeaders';

/** A request has surely reached Ryze before another that is sent this many milliseconds later. */
const ARRIVED = 500;

/** Milliseconds without a response after which twice as many requests may be in flight. */
const FOR_RESPONSE = 2000;

/** Milliseconds for which a count holds whose window is over when the response arrives. */
const LATE_COUNT = 500;

/** The pause after a refusal, in milliseconds: doubled with each that is retried. */
const PAUSE = { first: 1000, longest: 60_000 };

/**
 * A probe finds out whether the limit slides (10 and 11 in rateLimiter.ts), only after a window of
 * which we used this part. Nearer to the reset (in milliseconds), Remaining also rises with other
 * ways of counting.
 */
const PROBE = { for: 2, mostRefused: 3, afterUse: 0.1, farFromReset: 3000 };

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
	surelyFits: number;
	sentSinceOpened: number;
	/**
	 * Milliseconds in which `PROBE.for` requests become free if the limit slides. Infinite unless the
	 * window began with less than a full count, after one that we used.
	 */
	probeAfter: number;
}

/** While no window is known, or after a refusal that none explains, more and more may be sent. */
interface RampUp {
	readonly afterRefusal: boolean;
	/** How many of its requests ended. */
	ended: number;
}

export interface Permit {
	readonly sentAt: number;
	/** Whether Ryze was asked to delay the request, so that its response comes late. */
	readonly isDelayed: boolean;
	readonly isProbe: boolean;
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
 * What responses told of the limit of a token, and whether a request may be sent by that. All times
 * are given to it, in milliseconds since 1970. `maySend` and `opensAt` change nothing.
 */
export class Quota {
	private window: Window | undefined;
	private endedWindow: Window | undefined;
	private rampUp: RampUp | undefined = newRampUp(false);
	/** What the newest count may not include: in flight, delayed, cut off, or without a count. */
	private readonly uncounted = new Set<Permit>();

	/** By the documents, until responses show it (docs/ryze-api.md, "Rate limit"). */
	private limit = 100;
	private shape: WindowShape = { length: 60_000, margin: 1000, outlastedItsReset: false };

	private refusals = 0;
	private refusedAt = -Infinity;
	private pausedUntil = -Infinity;

	/** Whether the limit slides: what was used becomes free bit by bit, not all at the reset. */
	private slides = false;
	private probesRefused = 0;

	/** Whether a request may be sent now. */
	maySend(now: number, isDelayed: boolean): boolean {
		// All wait after a refusal that the window does not explain, and for a Retry-After.
		if (now < this.pausedUntil) return false;
		const { window, rampUp } = this;
		// When a window is over, one goes, and its response opens the next.
		if (window && now >= window.endsAt) return true;
		// A probe goes although nothing seems to be left.
		if (this.mayProbe(now, isDelayed)) return true;
		// While a window is used up, all others wait.
		if (window && !this.hasRoom(window, isDelayed)) return false;
		// While no window is known, and after an unexplained refusal, few go before a response.
		return !rampUp || this.mayRampUp(rampUp, now, isDelayed);
	}

	/** No request may be sent before this moment, as far as is known. */
	opensAt(): number {
		const { window } = this;
		const isUsedUp = window !== undefined && window.remaining <= this.leftToOthers;
		return Math.max(this.pausedUntil, isUsedUp ? Math.min(window.endsAt, this.probeAt) : -Infinity);
	}

	/** Counts a request that is sent now. The first after a window closes it and starts a ramp-up. */
	send(now: number, isDelayed: boolean): Permit {
		const isProbe = this.mayProbe(now, isDelayed);
		if (this.window && now >= this.window.endsAt) {
			this.endedWindow = this.window;
			this.window = undefined;
			this.rampUp = newRampUp(this.rampUp?.afterRefusal === true && this.rampUp.ended === 0);
		}
		const { window, rampUp } = this;
		const permit = { sentAt: now, isDelayed, isProbe, isInFlight: true, window, rampUp };
		this.uncounted.add(permit);
		if (window) window.sentSinceOpened++;
		return permit;
	}

	/** A request was not sent after all, so it takes no room. */
	cancel(permit: Permit): void {
		this.uncounted.delete(permit);
		if (permit.window) permit.window.sentSinceOpened--;
	}

	/** A request has ended; the parameters are those of `RateLimiter.release`. */
	end(permit: Permit, now: number, response: RyzeResponse | undefined, willRetry: boolean): void {
		const isRefused = response?.statusCode === 429;
		const told = response && readRateHeaders(response.headers);
		permit.isInFlight = false;
		if (told || !this.window) this.uncounted.delete(permit);
		const isCounted = told !== undefined && this.learn(told, permit, now, isRefused);
		const { rampUp, sentAt, isProbe } = permit;
		if (rampUp) rampUp.ended++;
		if (isProbe) this.probesRefused = isRefused ? this.probesRefused + 1 : 0;

		const isExplained = isRefused && isCounted && told.remaining === 0;
		if (isRefused && !isExplained) this.pause(sentAt, now, willRetry);
		if (response && !isRefused && sentAt >= this.refusedAt) this.refusals = 0;
		// Where the limit may slide, the next probe does not wait for a Retry-After.
		if (response && !(isExplained && this.probeAt < Infinity)) {
			this.pausedUntil = Math.max(this.pausedUntil, now + readRetryAfter(response, now));
		}
	}

	private hasRoom({ remaining, surelyFits, sentSinceOpened }: Window, isDelayed: boolean): boolean {
		const left = remaining - this.leftToOthers;
		// As many may be missing in the count.
		if (left > this.uncounted.size) return true;
		// If no response is due that would show which are counted, one is sent to find out.
		return left > 0 && sentSinceOpened < surelyFits && !this.awaitsResponse(isDelayed);
	}

	private get leftToOthers(): number {
		return this.slides ? 1 : 0;
	}

	/** Whether a request without delay is in flight, or any at all. */
	private awaitsResponse(orDelayed: boolean): boolean {
		return [...this.uncounted].some((each) => each.isInFlight && (orDelayed || !each.isDelayed));
	}

	private mayRampUp(rampUp: RampUp, now: number, isDelayed: boolean): boolean {
		const unanswered = [...this.uncounted].filter(
			(permit) =>
				permit.rampUp === rampUp &&
				permit.isInFlight &&
				// What was sent a window ago takes no room any more, however late its response is.
				now - permit.sentAt <= this.shape.length,
		);
		const alike = unanswered.filter((permit) => permit.isDelayed === isDelayed);
		const doublings = Math.floor((now - (alike[0]?.sentAt ?? now)) / FOR_RESPONSE);
		return unanswered.length < this.limit && alike.length < (1 + rampUp.ended) * 2 ** doublings;
	}

	/** When the next probe may go, if any. */
	private get probeAt(): number {
		const { window, probesRefused } = this;
		if (!window || probesRefused >= PROBE.mostRefused) return Infinity;
		return window.toldAt + window.probeAfter * 2 ** probesRefused;
	}

	/** One at a time, and none whose response Ryze was asked to delay. */
	private mayProbe(now: number, isDelayed: boolean): boolean {
		return now >= this.probeAt && !isDelayed && !this.awaitsResponse(false);
	}

	/**
	 * Learns from the count in a response.
	 *
	 * @returns whether it belongs to a window that is believable, so that it explains a refusal
	 */
	private learn(told: RateHeaders, permit: Permit, now: number, isRefused: boolean): boolean {
		const { window, endedWindow, rampUp } = this;
		const { sentAt, isDelayed } = permit;
		if (told.limit > 0) this.limit = told.limit;
		const isOfEnded = endedWindow !== undefined && isSameReset(told, endedWindow);
		const isLate = isOfEnded && sentAt < endedWindow.endsAt;
		if (isOfEnded && !isLate) {
			this.shape = { ...this.shape, margin: 1000, outlastedItsReset: true };
		}
		const end = endOfWindow(told, sentAt, now, this.shape);
		if (end) this.shape = end.shape;
		// Then the count holds also if its window is over or unknown; a delayed one is too old for that.
		const nothingChangedSince = !isDelayed && permit.window === window && permit.rampUp === rampUp;
		const isRunning = end !== undefined && end.endsAt > now;
		if (!isRunning && (isRefused || !nothingChangedSince)) return false;
		const endsAt = end ? Math.max(end.endsAt, now + LATE_COUNT) : now + this.shape.length;
		if (window && (!end || isSameReset(told, window))) {
			window.endsAt = Math.min(window.endsAt, endsAt);
			this.count(window, told.remaining, sentAt, now);
		} else if (window ? nothingChangedSince : !isLate) {
			this.open(told, endsAt, sentAt, now);
		}
		// Otherwise it is a late response about a window that is over.
		return true;
	}

	private open(told: RateHeaders, endsAt: number, sentAt: number, now: number): void {
		const { remaining, reset } = told;
		// The one before was not over for certain, but the next has begun.
		if (this.window) this.endedWindow = this.window;
		this.window = {
			...{ remaining, reset, endsAt, toldAt: now, sentSinceOpened: 0 },
			surelyFits: remaining - this.uncounted.size,
			probeAfter: this.probeAfter(told),
		};
		if (!this.rampUp?.afterRefusal) this.rampUp = undefined;
		this.dropArrived(sentAt);
	}

	private probeAfter({ limit, remaining, reset }: RateHeaders): number {
		const before = this.endedWindow;
		if (!before || before.sentSinceOpened / limit < PROBE.afterUse) return Infinity;
		const length = isSameReset({ reset }, before) ? 0 : (reset - before.reset) * 1000;
		const isShort = remaining + 1 + this.uncounted.size < limit;
		return isShort && length > 0 ? (PROBE.for * length) / limit : Infinity;
	}

	/** Responses may overtake each other: of requests that were on their way together, the lowest count. */
	private count(window: Window, remaining: number, sentAt: number, now: number): void {
		if (remaining > window.remaining) {
			if (sentAt <= window.toldAt) return;
			// Ryze counted one more and told more: only a limit that slides does so.
			if (window.endsAt - now >= PROBE.farFromReset) this.slides = true;
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
		const pause = PAUSE.first * 2 ** this.refusals;
		if (willRetry) this.refusals++;
		this.refusedAt = now;
		this.pausedUntil = Math.max(this.pausedUntil, now + Math.min(pause, PAUSE.longest));
		this.rampUp = newRampUp(true);
	}
}
