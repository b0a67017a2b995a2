import type { Answer } from '../errors/answer';
import { type RateHeaders, readRateHeaders, readRetryAfter } from './rateHeaders';
import { RefusalPauses } from './refusalPauses';
import { SlowStart } from './slowStart';
import { ARRIVED, Uncounted } from './uncounted';
import { WindowEnd } from './windowEnd';

interface Window {
	/** Requests that may still be sent in it, by the newest answer. */
	remaining: number;
	/** When the request of that answer was sent. */
	countedAt: number;
	/** In Unix seconds, as Ryze gives it; NaN when it does not. */
	reset: number;
	/** When it is surely over. */
	endsAt: number;
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

/** The same reset, also where a server rounds it differently each time. */
const isSame = (one: number, other: number): boolean => Math.abs(one - other) <= 1;

/**
 * What is known of the limit of a token, and how many requests may go by that. It has no clock and
 * sends nothing: all times are given to it, in milliseconds since 1970.
 */
export class Allowance {
	private window: Window | undefined;

	private endedWindow: Window | undefined;

	private readonly windowEnd = new WindowEnd();

	/** Requests in a whole window. */
	private limit = Infinity;

	/** While nothing is known of the window, and after a refusal that the window does not explain. */
	private slowStart: SlowStart | undefined = new SlowStart(false);

	private readonly uncounted = new Uncounted();

	private readonly pauses = new RefusalPauses();

	private lastSentAt = -Infinity;

	/**
	 * How many requests may be sent now; zero or a negative number means none. Also ends a window
	 * that is over.
	 */
	room(now: number, isHeldBack: boolean): number {
		if (now < this.pauses.pausedUntil) return 0;
		if (this.window && now >= this.window.endsAt) {
			this.endedWindow = this.window;
			this.window = undefined;
			this.slowStart = new SlowStart(this.slowStart?.isThrottled ?? false);
		}
		const room = this.window ? this.roomInWindow(this.window, now) : Infinity;
		if (!this.slowStart) return room;
		const atFirst = isHeldBack
			? this.slowStart.roomForHeldBack(now, this.limit, this.windowEnd.length)
			: this.slowStart.room(now);
		return Math.min(room, atFirst);
	}

	/** When the next request may go as far as is known. */
	opensAt(): number {
		const endsAt = this.window && this.window.remaining <= 0 ? this.window.endsAt : -Infinity;
		return Math.max(this.pauses.pausedUntil, endsAt);
	}

	/** Counts a request that is sent now. */
	send(now: number, isHeldBack: boolean): Pass {
		const { window, slowStart } = this;
		const pass = { sentAt: now, isHeldBack, window, slowStart };
		this.uncounted.add(pass);
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
		this.uncounted.end(pass, isCounted || !this.window);

		pass.slowStart?.ended(pass.isHeldBack);
		if (isRefused) {
			const isExplained = isCounted && seen.remaining === 0;
			if (!isExplained && this.pauses.add(pass.sentAt, now, again)) {
				this.slowStart = new SlowStart(true);
			}
		} else {
			if (answer) this.pauses.end(pass.sentAt);
			pass.slowStart?.answered();
		}
		if (answer) this.pauses.pauseFor(readRetryAfter(answer, now), now);
	}

	/** Forgets a request that was allowed to go, but was not sent. */
	takeBack(pass: Pass): void {
		this.uncounted.takeBack(pass);
		pass.slowStart?.takeBack(pass.isHeldBack);
	}

	private roomInWindow({ remaining, countedAt }: Window, now: number): number {
		const room = remaining - this.uncounted.size;
		if (room > 0 || now - this.lastSentAt < ARRIVED) return room;
		// No answer is expected that would show which of them are counted, so one is sent to find out.
		return remaining > this.uncounted.missingFrom(countedAt) ? 1 : room;
	}

	/** @returns whether the request is counted in what is known now, or in a window that is over */
	private learn(seen: RateHeaders, pass: Pass, now: number, isRefused: boolean): boolean {
		if (seen.limit > 0) this.limit = seen.limit;
		const { window: known, endedWindow: ended } = this;
		if (ended && isSame(seen.reset, ended.reset) && pass.sentAt >= ended.endsAt) {
			this.windowEnd.disprove();
		}
		const endsAt = this.windowEnd.latest(seen, pass.sentAt, now);
		if (endsAt === undefined) return !isRefused && this.learnWithoutReset(seen, pass, now);
		// It says nothing about the current window.
		if (endsAt <= now) return false;

		if (known && isSame(seen.reset, known.reset)) {
			known.endsAt = Math.min(known.endsAt, endsAt);
			this.count(known, seen.remaining, pass);
			return true;
		}
		// A late answer about a window that is over, unless Ryze counts anew.
		const isLate = known && seen.reset < known.reset && pass.window !== known;
		if (!isLate) this.open(seen, endsAt, pass);
		return true;
	}

	/** How many remain is known nevertheless; the window is assumed to have the known length. */
	private learnWithoutReset(seen: RateHeaders, pass: Pass, now: number): boolean {
		const known = this.window;
		if (pass.window !== known || now - pass.sentAt > this.windowEnd.length) return false;
		if (known) this.count(known, seen.remaining, pass);
		else this.open({ ...seen, reset: NaN }, now + this.windowEnd.length, pass);
		return true;
	}

	private open({ remaining, reset }: RateHeaders, endsAt: number, { sentAt }: Pass): void {
		this.window = { remaining, countedAt: sentAt, reset, endsAt };
		if (!this.slowStart?.throttled) this.slowStart = undefined;
		this.uncounted.forget(sentAt);
	}

	/** Answers may overtake each other; in one window the lowest count is the newest. */
	private count(known: Window, remaining: number, { sentAt }: Pass): void {
		if (remaining > known.remaining) return;
		known.remaining = remaining;
		known.countedAt = sentAt;
		this.uncounted.forget(sentAt);
	}
}
