import type { Answer } from '../errors/answer';
import { readRateHeaders, readRetryAfter, type RateHeaders } from './rateWindow';
import { SlowStart } from './slowStart';
import { WindowEnd } from './windowEnd';

interface Window {
	/** Requests that may still be sent in it, as far as Ryze has counted. */
	remaining: number;
	/** In Unix seconds, as Ryze gives it; NaN when it does not. */
	reset: number;
	/** When it is surely over, in milliseconds since 1970. */
	endsAt: number;
	/** When the request was sent whose answer gave `remaining`, in milliseconds since 1970. */
	countedAt: number;
}

/** A request that was allowed to go. */
export interface Pass {
	readonly sentAt: number;
	/** Whether Ryze was asked to hold it back, so that its answer comes late. */
	readonly isHeldBack: boolean;
	/** What was known when it was sent. */
	readonly window: Window | undefined;
	readonly slowStart: SlowStart | undefined;
}

/** Milliseconds after which a request has surely reached Ryze before one that is sent then. */
const ARRIVED = 500;

const FIRST_PAUSE = 1000;

const LONGEST_PAUSE = 60_000;

/** The same reset, also where a server rounds it differently each time. */
const isSame = (one: number, other: number): boolean => Math.abs(one - other) <= 1;

/**
 * What is known of the limit of a token, and how many requests may go by that. It only calculates:
 * all times are given to it, in milliseconds since 1970.
 */
export class Allowance {
	private window: Window | undefined;

	private endedWindow: Window | undefined;

	private readonly windowEnd = new WindowEnd();

	/** Requests in a whole window. */
	private limit = Infinity;

	/** While nothing is known of the window, and after a refusal that the window does not explain. */
	private slowStart: SlowStart | undefined = new SlowStart(false);

	/** On their way, and maybe not counted in `remaining`; in the order in which they were sent. */
	private readonly onTheirWay = new Set<Pass>();

	/** Maybe not counted either, and no answer is to come soon that would tell. */
	private readonly unclear = new Set<Pass>();

	private lastSentAt = -Infinity;

	private pausedAt = -Infinity;

	private pausedUntil = -Infinity;

	private refusals = 0;

	/** How many requests may be sent now. */
	room(now: number, isHeldBack: boolean): number {
		if (now < this.pausedUntil) return 0;
		if (this.window && now >= this.window.endsAt) {
			this.endedWindow = this.window;
			this.window = undefined;
			this.slowStart ??= new SlowStart(false);
		}
		const room = this.window ? this.roomInWindow(this.window, now, isHeldBack) : Infinity;
		if (!this.slowStart) return room;
		const atFirst = isHeldBack
			? this.slowStart.roomForHeldBack(now, this.limit, this.windowEnd.length)
			: this.slowStart.room(now);
		return Math.min(room, atFirst);
	}

	/** When the next request may go as far as is known. */
	opensAt(): number {
		const endsAt = this.window && this.window.remaining <= 0 ? this.window.endsAt : -Infinity;
		return Math.max(this.pausedUntil, endsAt);
	}

	/** Counts a request that is sent now. */
	send(now: number, isHeldBack: boolean): Pass {
		const { window, slowStart } = this;
		const pass = { sentAt: now, isHeldBack, window, slowStart };
		(isHeldBack ? this.unclear : this.onTheirWay).add(pass);
		slowStart?.sent(now, isHeldBack);
		this.lastSentAt = now;
		return pass;
	}

	/**
	 * Takes note of how a request ended.
	 *
	 * @param answer none when the connection was cut
	 * @param again whether the request will be repeated
	 */
	leave(pass: Pass, now: number, answer: Answer | undefined, again: boolean): void {
		const isRefused = answer?.statusCode === 429;
		const seen = answer && readRateHeaders(answer.headers);
		const isCounted = seen !== undefined && this.learn(seen, pass, now, isRefused);
		const wasOpen = this.onTheirWay.delete(pass) || this.unclear.delete(pass);
		if (wasOpen && !isCounted && this.window) this.unclear.add(pass);

		pass.slowStart?.ended(pass.isHeldBack);
		if (isRefused) this.refuse(pass, now, again, isCounted && seen.remaining === 0);
		else if (answer || !pass.slowStart?.throttled) pass.slowStart?.answered();
		if (!answer) return;
		if (!isRefused && pass.sentAt >= this.pausedAt) this.refusals = 0;
		this.pausedUntil = Math.max(this.pausedUntil, now + readRetryAfter(answer, now));
	}

	private roomInWindow({ remaining, countedAt }: Window, now: number, isHeldBack: boolean): number {
		const free = remaining - this.onTheirWay.size;
		const room = free - this.unclear.size;
		if (room > 0 || isHeldBack || now - this.lastSentAt < ARRIVED) return room;
		// No answer is to come that would tell which of them are counted, so one is sent to find out.
		const uncounted = [...this.unclear].filter(({ sentAt }) => sentAt > countedAt);
		return free > uncounted.length ? 1 : room;
	}

	/** @returns whether the request is counted in what is known now, or in a window that is over */
	private learn(seen: RateHeaders, pass: Pass, now: number, isRefused: boolean): boolean {
		if (seen.limit > 0) this.limit = seen.limit;
		const ended = this.endedWindow;
		if (ended && isSame(seen.reset, ended.reset) && pass.sentAt >= ended.endsAt) {
			this.windowEnd.disprove();
		}
		const endsAt = this.windowEnd.latest(seen, pass.sentAt, now);
		if (endsAt === undefined) return !isRefused && this.learnWithoutReset(seen, pass, now);
		if (endsAt <= now) return false;

		const { remaining, reset } = seen;
		const known = this.window;
		if (known && isSame(reset, known.reset)) {
			known.endsAt = Math.min(known.endsAt, endsAt);
			this.take(known, remaining, pass);
		} else if (known && reset < known.reset && !isRefused && pass.window !== known) {
			// A late answer about a window that is over.
			return true;
		} else this.open({ remaining, reset, endsAt, countedAt: pass.sentAt }, pass);
		return true;
	}

	/** How many remain is known all the same; then a window is taken to last as long as usual. */
	private learnWithoutReset({ remaining }: RateHeaders, pass: Pass, now: number): boolean {
		const known = this.window;
		if (pass.window !== known || now - pass.sentAt > this.windowEnd.length) return false;
		const endsAt = now + this.windowEnd.length;
		if (known) this.take(known, remaining, pass);
		else this.open({ remaining, reset: NaN, endsAt, countedAt: pass.sentAt }, pass);
		return true;
	}

	private open(window: Window, pass: Pass): void {
		this.window = window;
		if (!this.slowStart?.throttled) this.slowStart = undefined;
		this.forgetCounted(pass);
	}

	/** Answers may overtake each other; in one window the lowest count is the newest. */
	private take(known: Window, remaining: number, pass: Pass): void {
		if (remaining > known.remaining) return;
		known.remaining = remaining;
		known.countedAt = Math.max(known.countedAt, pass.sentAt);
		this.forgetCounted(pass);
	}

	/** What had arrived before this request is in the count of its answer, or of an earlier window. */
	private forgetCounted({ sentAt }: Pass): void {
		for (const pass of this.onTheirWay) {
			if (pass.sentAt > sentAt - ARRIVED) break;
			this.onTheirWay.delete(pass);
		}
		for (const pass of this.unclear) {
			if (pass.sentAt <= sentAt - ARRIVED) this.unclear.delete(pass);
		}
	}

	/** Holds all back after a refusal, longer each time where Ryze does not say until when. */
	private refuse(pass: Pass, now: number, again: boolean, isExplained: boolean): void {
		// Requests that were refused together are one refusal.
		if (isExplained || pass.sentAt < this.pausedAt) return;
		this.slowStart = new SlowStart(true);
		const pause = again ? Math.min(FIRST_PAUSE * 2 ** this.refusals++, LONGEST_PAUSE) : FIRST_PAUSE;
		this.pausedAt = now;
		this.pausedUntil = Math.max(this.pausedUntil, now + pause);
	}
}
