import { FOR_FIRST_ANSWER } from './waits';

/** How many times the number of requests on their way may double while the limit is unknown. */
const MOST_DOUBLINGS = 10;

/**
 * How many requests may be on their way while it is unknown how many Ryze accepts: one at first,
 * then more with each answer. After every 2 s without an answer, one more may be sent, so that a
 * slow API or a lost connection does not block the others.
 *
 * Requests that Ryze was asked to hold back are counted separately: their answers come late and say
 * nothing, but a refusal would come at once. So twice as many may be sent every 2 s.
 */
export class SlowStart {
	private answers = 0;

	private onTheirWay = 0;

	/** Since when an answer is awaited, in milliseconds since 1970. */
	private since = 0;

	private heldBack = 0;

	private heldBackSince = 0;

	/** @param throttled whether a refusal was the reason; the number then grows more slowly */
	constructor(readonly throttled: boolean) {}

	/** Whether nothing has got through since a refusal. */
	get isThrottled(): boolean {
		return this.throttled && this.answers === 0;
	}

	/** How many more may be sent. */
	room(now: number): number {
		const waited = this.onTheirWay > 0 ? Math.floor((now - this.since) / FOR_FIRST_ANSWER) : 0;
		const atOnce = this.throttled ? 1 + this.answers : 2 ** Math.min(this.answers, MOST_DOUBLINGS);
		return atOnce + waited - this.onTheirWay;
	}

	/**
	 * How many more may be sent that Ryze holds back.
	 *
	 * @param limit how many fit in a window
	 * @param length how long a window lasts, in milliseconds
	 */
	roomForHeldBack(now: number, limit: number, length: number): number {
		const waited = now - this.heldBackSince;
		// That window is over.
		if (waited > length) this.heldBack = 0;
		const doublings = this.heldBack > 0 ? Math.floor(waited / FOR_FIRST_ANSWER) : 0;
		const most = 2 ** (1 + Math.min(this.answers + doublings, MOST_DOUBLINGS)) - 1;
		return Math.min(most, limit) - this.heldBack;
	}

	sent(now: number, isHeldBack: boolean): void {
		if (isHeldBack) {
			if (this.heldBack++ === 0) this.heldBackSince = now;
		} else if (this.onTheirWay++ === 0) this.since = now;
	}

	ended(isHeldBack: boolean): void {
		if (!isHeldBack) this.onTheirWay--;
	}

	/** One was not sent after all. */
	takeBack(isHeldBack: boolean): void {
		if (isHeldBack) this.heldBack = Math.max(0, this.heldBack - 1);
		else this.onTheirWay--;
	}

	answered(): void {
		this.answers++;
	}
}
