/** Waits that are enough for any test, so that a loop fails within a second. */
const MOST_STEPS = 100_000;

/**
 * A clock whose time passes only when nothing else is left to do, so that hours take milliseconds.
 *
 * It stands in for the `Clock` of transport/clock.ts.
 */
class VirtualClock {
	#now = Date.UTC(2026, 0, 1) + 250;

	/** @type {Array<{ at: number, wake: () => void }>} in the order in which they wake */
	#sleepers = [];

	/** Milliseconds since 1970. */
	now() {
		return this.#now;
	}

	/** @param {number} milliseconds */
	async sleep(milliseconds) {
		const at = this.#now + Math.max(0, milliseconds);
		await new Promise((resolve) => {
			const later = this.#sleepers.findIndex((sleeper) => sleeper.at > at);
			const index = later === -1 ? this.#sleepers.length : later;
			this.#sleepers.splice(index, 0, { at, wake: () => resolve(undefined) });
		});
	}

	/**
	 * Lets time pass until `work` has ended.
	 *
	 * @template T
	 * @param {Promise<T>} work
	 * @param {number} [longest] virtual milliseconds; whoever takes longer hangs
	 */
	async run(work, longest = 7_200_000) {
		const end = this.#now + longest;
		let ended = false;
		const noted = work.finally(() => (ended = true));
		noted.catch(() => {});
		for (let steps = 0; ; steps++) {
			// All promises that can settle by themselves have done so before the next immediate.
			await new Promise((resolve) => setImmediate(resolve));
			if (ended) return await noted;
			const next = this.#sleepers.shift();
			if (!next) throw new Error('It hangs: nothing is left that could end it');
			if (next.at > end) throw new Error(`It hangs: not ended after ${longest} ms`);
			if (steps > MOST_STEPS) throw new Error(`It hangs: not ended after ${steps} waits`);
			this.#now = next.at;
			next.wake();
		}
	}
}

module.exports = { VirtualClock };
