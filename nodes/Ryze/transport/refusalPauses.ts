import { AFTER_REFUSAL } from './waits';

/** The pauses after refusals without a known end. They grow until a request gets through. */
export class RefusalPauses {
	/** Until when nothing may be sent, in milliseconds since 1970. */
	pausedUntil = -Infinity;

	private pausedAt = -Infinity;

	private inARow = 0;

	/**
	 * Notes a refusal. Requests that were refused together are one refusal.
	 *
	 * @param again whether the request will be repeated; if not, the pause is short each time
	 * @returns whether it is a new one
	 */
	add(sentAt: number, now: number, again: boolean): boolean {
		if (sentAt < this.pausedAt) return false;
		this.pausedAt = now;
		const pause = AFTER_REFUSAL.first * (again ? 2 ** this.inARow++ : 1);
		this.pauseFor(Math.min(pause, AFTER_REFUSAL.longest), now);
		return true;
	}

	/** A request got through that was sent after the last refusal. */
	end(sentAt: number): void {
		if (sentAt >= this.pausedAt) this.inARow = 0;
	}

	/** @param pause milliseconds */
	pauseFor(pause: number, now: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, now + pause);
	}
}
