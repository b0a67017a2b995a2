import type { RateHeaders } from './rateHeaders';
import { LONGEST_BELIEVED } from './waits';

const SECOND = 1000;

/** The length of a window by the documents (docs/ryze-api.md, "Rate limit"), in milliseconds. */
const MINUTE = 60_000;

/** Seconds. Windows are assumed to last a multiple of this; windows by the clock end on one. */
const ROUND = 5;

/** How fast two clocks may drift apart. */
const DRIFT = 1e-4;

/**
 * Finds out when a window really ends, by the local clock.
 *
 * The reset is given in whole seconds. It may be rounded down, rounded up or exact. Only when it is
 * rounded down, one second more is needed to be safe.
 *
 * The first answer of a window shows which it is, because a window is assumed to last a round
 * number of seconds from its first request. If this turns out to be wrong, one request is sent too
 * early, and the extra second is kept from then on.
 */
export class WindowEnd {
	/** How long a window lasts, in milliseconds. */
	length = MINUTE;

	/** Milliseconds by which the clock of Ryze is ahead of ours, at least. */
	private ahead: number | undefined;

	private comparedAt = 0;

	/** Whether windows may end by the clock, as every reset so far was a round number. */
	private maybeByClock = true;

	/** What a reset that is rounded down may lack, in milliseconds. */
	private margin = SECOND;

	private careful = false;

	/**
	 * @param sentAt when the request was sent, in milliseconds since 1970
	 * @param now when its answer came
	 * @returns when the window that counted the request is certainly over, in milliseconds since
	 * 1970, even if that was a while ago; `undefined` when its reset makes no sense
	 */
	latest(seen: RateHeaders, sentAt: number, now: number): number | undefined {
		this.compareClocks(seen.date, sentAt, now);
		const reset = seen.reset * SECOND - (this.ahead ?? 0);
		if (!(Math.abs(reset - now) <= LONGEST_BELIEVED)) return undefined;
		const fromBegin = this.careful ? Infinity : this.countFromBegin(seen, reset, sentAt, now);
		return Math.min(reset + this.margin, fromBegin);
	}

	/** A window has turned out to last longer than was concluded. */
	disprove(): void {
		this.careful = true;
		this.margin = SECOND;
	}

	/** The end by the length of the window, where this is the answer to its first request. */
	private countFromBegin(
		{ remaining, limit, reset, date }: RateHeaders,
		resetAt: number,
		sentAt: number,
		now: number,
	): number {
		const isRound = reset % ROUND === 0;
		if (!isRound) this.maybeByClock = false;
		if (remaining !== limit - 1 || Number.isNaN(date)) return Infinity;

		const distance = reset - date / SECOND;
		// The date is cut off and as late as the answer; the reset may be rounded either way.
		const most = distance + 1 + (now - sentAt) / SECOND;
		const length = Math.floor(most / ROUND) * ROUND;
		if (length < ROUND || length <= distance - 2) {
			// No round length fits, so the window did not begin with this request.
			if (isRound && distance >= ROUND) this.margin = 0;
			return Infinity;
		}
		// The reset is later than the window can last: it was rounded up, or the window ends by the
		// clock. Neither needs the extra second.
		if (distance > length) this.margin = 0;
		this.length = length * SECOND;
		return Math.max(now + this.length, this.maybeByClock ? resetAt : 0);
	}

	/** The server answered at `date` or up to a second later, between `sentAt` and `now`. */
	private compareClocks(date: number, sentAt: number, now: number): void {
		if (Number.isNaN(date)) return;
		const least = date - now;
		const known = (this.ahead ?? -Infinity) - (now - this.comparedAt) * DRIFT;
		const setBack = known > date + SECOND - sentAt;
		this.ahead = setBack ? least : Math.max(known, least);
		this.comparedAt = now;
	}
}
