/** A request that was sent, as far as counting goes. */
interface Sent {
	/** Milliseconds since 1970. */
	readonly sentAt: number;
	/** Whether Ryze was asked to hold it back, so that its answer comes late. */
	readonly isHeldBack: boolean;
}

/** A request has surely reached Ryze before another that is sent this many milliseconds later. */
export const ARRIVED = 500;

/**
 * The requests that may be missing from the count in the newest answer. What is on its way may not
 * have arrived when that was counted.
 */
export class Uncounted {
	/** Their answers will come soon. In the order in which they were sent. */
	private readonly awaited = new Set<Sent>();

	/** Held back, cut off, or answered without a count. */
	private readonly unclear = new Set<Sent>();

	private forgottenUntil = -Infinity;

	get size(): number {
		return this.awaited.size + this.unclear.size;
	}

	/** Those that are surely missing from the count, or may be until their answers come. */
	missingFrom(countedAt: number): number {
		const later = [...this.unclear].filter(({ sentAt }) => sentAt > countedAt);
		return this.awaited.size + later.length;
	}

	add(sent: Sent): void {
		(sent.isHeldBack ? this.unclear : this.awaited).add(sent);
	}

	/** A request has ended. */
	end(sent: Sent, isCounted: boolean): void {
		const wasIn = this.awaited.delete(sent) || this.unclear.delete(sent);
		if (wasIn && !isCounted) this.unclear.add(sent);
	}

	/** A request was not sent after all. */
	takeBack(sent: Sent): void {
		this.awaited.delete(sent);
		this.unclear.delete(sent);
	}

	/**
	 * An answer brought the newest count. What had arrived before its request is in that count, or in
	 * the one of an earlier window.
	 *
	 * @param countedAt when that request was sent, in milliseconds since 1970
	 */
	forget(countedAt: number): void {
		const arrived = countedAt - ARRIVED;
		if (arrived <= this.forgottenUntil) return;
		this.forgottenUntil = arrived;
		for (const sent of this.awaited) {
			if (sent.sentAt > arrived) break;
			this.awaited.delete(sent);
		}
		for (const sent of this.unclear) if (sent.sentAt <= arrived) this.unclear.delete(sent);
	}
}
