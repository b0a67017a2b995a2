/** Milliseconds. A shorter wait is most likely the one for the answer to the first request. */
const WORTH_COUNTING = 500;

/** What made an execution slower, to show the user at the end. */
export class Slowdowns {
	/** How often it had to wait for the rate limit. */
	waits = 0;

	/** For how long in all, in milliseconds; requests that wait at the same time count once. */
	waitedFor = 0;

	/** How many times a request was sent again. */
	retries = 0;

	private waiting = 0;

	private since = 0;

	/** @param now milliseconds since 1970 */
	beginWait(now: number): void {
		if (this.waiting++ === 0) this.since = now;
	}

	/** @param now milliseconds since 1970 */
	endWait(now: number): void {
		const lasted = now - this.since;
		if (--this.waiting > 0 || lasted < WORTH_COUNTING) return;
		this.waits++;
		this.waitedFor += lasted;
	}
}
