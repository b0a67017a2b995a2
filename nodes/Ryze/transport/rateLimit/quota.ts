import type { Answer } from '../../errors/answer';
import {
	endOfWindow,
	LONGEST_BELIEVED,
	type RateHeaders,
	readRateHeaders,
	readRetryAfter,
	type Rounding,
} from './rateHeaders';

/** The length of a window by the documents (docs/ryze-api.md, "Rate limit"), in milliseconds. */
const MINUTE = 60_000;

/** A request has surely reached Ryze before another that is sent this many milliseconds later. */
const ARRIVED = 500;

/** Milliseconds without a response after which one more request may be sent. */
const FOR_RESPONSE = 2000;

/** How many times the number of requests in flight may double while the limit is unknown. */
const MOST_DOUBLINGS = 10;

/** The pause after a refusal, in milliseconds: doubled with each further one. */
const PAUSE = { first: 1000, longest: 60_000 };

/** A request looks whether the limit slides each time that this many should have become free. */
const LOOK_FOR = 3;

/** After so many refused looks in a row, the limit does not slide. */
const MOST_LOOKS_REFUSED = 3;

/** Milliseconds to the reset: Remaining that rises nearer to it may be that of a bucket or a log. */
const FAR_FROM_RESET = 3000;

interface Window {
	limit: number;
	/** Requests that may still be sent, by the newest count. */
	remaining: number;
	/** When the request of the newest count was sent. */
	countedAt: number;
	/** When its response arrived. */
	toldAt: number;
	/** In Unix seconds, as Ryze gives it; NaN when it does not. */
	reset: number;
	/** When it is over for certain. */
	endsAt: number;
	/** Requests of ours that fitted in for certain when it was opened. */
	free: number;
	/** How many were sent since. */
	sent: number;
	/** Whether others, or a limit that slides, left less than a full count from its beginning. */
	isShort: boolean;
	/** Milliseconds in which a few become free if the limit slides. */
	lookEvery: number;
}

/** How it starts while no window is known, and starts again after a refusal. */
interface Start {
	readonly afterRefusal: boolean;
	/** How many of its requests have ended without a refusal. */
	ended: number;
	inFlight: number;
	/** Since when one is in flight and none has ended. */
	since: number;
	delayed: number;
	/** When the first of the delayed requests was sent. */
	delayedSince: number;
	/** What remained by the newest response that came after the end of its window. */
	remaining: number;
	/** When its request was sent. */
	countedAt: number;
}

/** Permission to send one request. */
export interface Permit {
	readonly sentAt: number;
	/** Whether Ryze was asked to delay the request, so that its response comes late. */
	readonly isDelayed: boolean;
	/** Whether it was sent to see if the limit slides. */
	readonly isLook: boolean;
	/** Whether its response will come soon. */
	isAwaited: boolean;
	/** What was known when it was sent. */
	readonly window: Window | undefined;
	readonly start: Start | undefined;
}

/** Whether we used a good part of it ourselves. */
const isUsed = ({ sent, limit }: Window): boolean => sent * 4 >= limit;

const newStart = (afterRefusal: boolean): Start => ({
	afterRefusal,
	ended: 0,
	inFlight: 0,
	since: 0,
	delayed: 0,
	delayedSince: -Infinity,
	remaining: 0,
	countedAt: -Infinity,
});

/** The same reset, also where a server rounds it differently each time. */
const isSame = (one: number, other: number): boolean => Math.abs(one - other) <= 1;

/**
 * What responses told of the limit of a token, and how many requests may be sent by that. It has no
 * clock and sends nothing: all times are given to it, in milliseconds since 1970. What asks
 * (`room`, `opensAt`) changes nothing.
 */
export class Quota {
	private window: Window | undefined;

	private endedWindow: Window | undefined;

	/** How long a window lasts, in milliseconds. */
	private length = MINUTE;

	private limit = Infinity;

	private rounding: Rounding = 'maybe cut off';

	private start: Start | undefined = newStart(false);

	/** What the newest count may not include: in flight, delayed, cut off, or without a count. */
	private readonly uncounted = new Set<Permit>();

	private lastSentAt = -Infinity;

	private pausedAt = -Infinity;

	private pausedUntil = -Infinity;

	/** By a Retry-After of a refusal that the window explains. */
	private retryAt = -Infinity;

	private refusals = 0;

	/** Whether the limit slides: what was used becomes free bit by bit, not all at the reset. */
	private slides = false;

	private looksRefused = 0;

	/** How many requests may be sent now; zero or a negative number means none. */
	room(now: number, isDelayed: boolean): number {
		if (now < this.pausedUntil) return 0;
		if (this.mayLook(now)) return 1;
		if (!this.slides && now < this.retryAt) return 0;
		if (this.isOver(now)) return 1;
		const { window, start } = this;
		const inWindow = window ? this.roomIn(window, now) : Infinity;
		return start ? Math.min(inWindow, this.roomToStart(start, now, isDelayed)) : inWindow;
	}

	/** Whether a window is known, so that its count says how many may be sent. */
	knowsWindow(now: number): boolean {
		return this.window !== undefined && !this.isOver(now);
	}

	/** No request may be sent before this moment, as far as is known. */
	opensAt(): number {
		const { window } = this;
		const isUsedUp = window !== undefined && window.remaining <= 0;
		const reset = isUsedUp ? Math.max(this.endOf(window), this.retryAt) : -Infinity;
		return Math.max(this.pausedUntil, Math.min(reset, this.lookAt));
	}

	/** Counts a request that is sent now. */
	send(now: number, isDelayed: boolean): Permit {
		const isLook = this.mayLook(now);
		this.endWindow(now);
		const { window, start } = this;
		const permit = { sentAt: now, isDelayed, isLook, isAwaited: !isDelayed, window, start };
		this.uncounted.add(permit);
		this.lastSentAt = now;
		if (window) window.sent++;
		if (start && isDelayed) {
			if (now - start.delayedSince > this.length) start.delayed = 0;
			if (start.delayed++ === 0) start.delayedSince = now;
		} else if (start && start.inFlight++ === 0) start.since = now;
		return permit;
	}

	/** A request was not sent after all. */
	cancel(permit: Permit): void {
		const { isDelayed, window, start } = permit;
		this.uncounted.delete(permit);
		if (window) window.sent--;
		if (start && !isDelayed) start.inFlight--;
		else if (start && start.delayed > 0) start.delayed--;
	}

	/**
	 * Takes note of how a request ended.
	 *
	 * @param response none when the connection was cut
	 * @param willRetry whether the request will be sent again
	 */
	end(permit: Permit, now: number, response: Answer | undefined, willRetry: boolean): void {
		this.endWindow(now);
		const isRefused = response?.statusCode === 429;
		const told = response && readRateHeaders(response.headers);
		const isCounted = told !== undefined && this.learn(told, permit, now, isRefused);
		permit.isAwaited = false;
		if (isCounted || !this.window) this.uncounted.delete(permit);

		const { start, sentAt } = permit;
		if (start && !permit.isDelayed) {
			start.inFlight--;
			start.since = now;
		}
		if (start && !isRefused && (isCounted || !told)) start.ended++;
		if (response && !isRefused && sentAt >= this.pausedAt) this.refusals = 0;
		const isExplained = isRefused && isCounted && told.remaining === 0;
		if (isRefused && !isExplained) this.pause(sentAt, now, willRetry);
		const retryAt = response ? now + readRetryAfter(response, now) : now;
		if (isExplained) this.retryAt = Math.max(this.retryAt, retryAt);
		else this.pausedUntil = Math.max(this.pausedUntil, retryAt);
	}

	private endOf(window: Window): number {
		return this.slides ? Math.max(window.endsAt, this.lookAt) : window.endsAt;
	}

	private isOver(now: number): boolean {
		return this.window !== undefined && now >= this.endOf(this.window);
	}

	private endWindow(now: number): void {
		if (!this.isOver(now)) return;
		this.endedWindow = this.window;
		this.window = undefined;
		this.start = newStart(this.start?.afterRefusal === true && this.start.ended === 0);
	}

	private roomIn({ remaining, countedAt, free, sent }: Window, now: number): number {
		// Where the limit slides, one is left for others, who may have been quicker.
		const room = remaining - this.uncounted.size - (this.slides ? 1 : 0);
		if (room > 0 || now - this.lastSentAt < ARRIVED || sent >= free) return room;
		// No response is expected that would show which of them are counted, so one is sent to find out.
		const missing = [...this.uncounted].filter(
			({ isAwaited, sentAt }) => isAwaited || sentAt > countedAt,
		);
		return remaining > missing.length ? 1 : room;
	}

	private roomToStart(start: Start, now: number, isDelayed: boolean): number {
		const more = start.inFlight > 0 ? Math.floor((now - start.since) / FOR_RESPONSE) : 0;
		const doublings = Math.min(start.ended, MOST_DOUBLINGS);
		const atOnce = start.afterRefusal ? 1 + start.ended : 2 ** doublings;
		const isAlone = start.inFlight === 0 || start.ended > 0;
		if (!isDelayed || !isAlone) {
			const delayed = isDelayed ? start.delayed : 0;
			return Math.max(
				atOnce + more - start.inFlight - delayed,
				start.remaining - this.uncounted.size,
			);
		}
		const waited = now - start.delayedSince;
		if (waited > this.length) return 1;
		const delayedDoublings = start.delayed > 0 ? Math.floor(waited / FOR_RESPONSE) : 0;
		const most = 2 ** (1 + Math.min(start.ended + delayedDoublings, MOST_DOUBLINGS)) - 1;
		return Math.min(most, this.limit) - start.delayed;
	}

	private get lookAt(): number {
		const { window, looksRefused } = this;
		if (!window || looksRefused >= MOST_LOOKS_REFUSED) return Infinity;
		if (!this.slides && !window.isShort) return Infinity;
		return window.toldAt + window.lookEvery * 2 ** looksRefused;
	}

	private mayLook(now: number): boolean {
		if (now < this.lookAt || !this.window) return false;
		if (this.window.remaining > this.uncounted.size + (this.slides ? 1 : 0)) return false;
		return ![...this.uncounted].some(({ isAwaited }) => isAwaited);
	}

	/** @returns whether the request is counted in what is known now, or in a window that is over */
	private learn(told: RateHeaders, permit: Permit, now: number, isRefused: boolean): boolean {
		if (told.limit > 0) this.limit = told.limit;
		const { window, endedWindow, start } = this;
		if (endedWindow && isSame(told.reset, endedWindow.reset)) {
			if (permit.sentAt >= endedWindow.endsAt) this.rounding = 'odd';
		}
		const end = endOfWindow(told, permit.sentAt, now, this.rounding);
		if (!end) return !isRefused && this.learnWithoutReset(told, permit, now);
		this.rounding = end.rounding;
		this.length = end.length ?? this.length;
		if (end.endsAt <= now) {
			// Nothing of the current window. What remained is free in any case, if it was counted lately.
			if (
				!window &&
				start &&
				permit.start === start &&
				!permit.isDelayed &&
				permit.sentAt >= start.countedAt
			) {
				Object.assign(start, { remaining: told.remaining, countedAt: permit.sentAt });
				this.dropArrived(permit.sentAt);
			}
			return false;
		}
		this.uncounted.delete(permit);
		if (window && isSame(told.reset, window.reset)) {
			window.endsAt = Math.min(window.endsAt, end.endsAt);
			this.count(window, told, permit, now, isRefused);
			return true;
		}
		// A late response about a window that is over, unless Ryze counts anew.
		const isLate = window && told.reset < window.reset && permit.window !== window;
		if (!isLate) this.open(told, end.endsAt, permit, now);
		return true;
	}

	/** How many remain is known nevertheless; the window is assumed to have the known length. */
	private learnWithoutReset(told: RateHeaders, permit: Permit, now: number): boolean {
		const { window, length } = this;
		if (permit.window !== window || now - permit.sentAt > length) return false;
		if (window) this.count(window, told, permit, now, false);
		else this.open({ ...told, reset: NaN }, now + length, permit, now);
		return true;
	}

	private open(told: RateHeaders, endsAt: number, permit: Permit, now: number): void {
		const { limit, remaining, reset } = told;
		const before = this.window ?? this.endedWindow;
		const sinceReset = before ? (reset - before.reset) * 1000 : NaN;
		const isNext = before && sinceReset >= FAR_FROM_RESET && sinceReset <= LONGEST_BELIEVED;
		const length = isNext ? sinceReset : this.length;
		const uncounted = this.uncounted.size;
		this.window = {
			...{ limit, remaining, reset, endsAt },
			countedAt: permit.sentAt,
			toldAt: now,
			free: remaining - uncounted,
			sent: 0,
			isShort: isNext === true && isUsed(before) && remaining + 1 + uncounted < limit,
			lookEvery: (LOOK_FOR * length) / limit,
		};
		if (!this.start?.afterRefusal) this.start = undefined;
		this.dropArrived(permit.sentAt);
	}

	/** Responses may overtake each other: the lowest count is the newest, unless the limit slides. */
	private count(
		window: Window,
		{ limit, remaining, reset }: RateHeaders,
		permit: Permit,
		now: number,
		isRefused: boolean,
	): void {
		const isLater = permit.sentAt > window.toldAt;
		const hasRisen = !isRefused && isLater && remaining >= window.remaining;
		if (hasRisen && reset === window.reset && limit === window.limit) {
			if (window.endsAt - now >= FAR_FROM_RESET) this.slides = true;
		}
		if (!isRefused && (hasRisen || permit.isLook)) this.looksRefused = 0;
		if (isRefused && permit.isLook && ++this.looksRefused >= MOST_LOOKS_REFUSED) {
			this.slides = false;
		}
		if (remaining > window.remaining && !(this.slides && isLater)) return;
		Object.assign(window, { remaining, countedAt: permit.sentAt, toldAt: now });
		this.dropArrived(permit.sentAt);
	}

	/** What had arrived before the request of a count is in that count, or in an earlier window. */
	private dropArrived(countedAt: number): void {
		for (const sent of this.uncounted) {
			if (sent.sentAt > countedAt - ARRIVED) break;
			this.uncounted.delete(sent);
		}
	}

	/** Requests that were refused together are one refusal. */
	private pause(sentAt: number, now: number, willRetry: boolean): void {
		if (sentAt < this.pausedAt) return;
		const pause = PAUSE.first * (willRetry ? 2 ** this.refusals++ : 1);
		this.pausedAt = now;
		this.pausedUntil = Math.max(this.pausedUntil, now + Math.min(pause, PAUSE.longest));
		this.start = newStart(true);
	}
}
