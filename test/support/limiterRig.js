const { RateLimiter } = require('../../dist/nodes/Ryze/transport/rateLimiter');
const { runConcurrently } = require('../../dist/nodes/Ryze/actions/concurrency');
const { simulateRyze } = require('./simulatedRyze');
const { VirtualClock } = require('./virtualClock');

/**
 * @typedef {object} Ended
 * @property {'answered' | 'cut' | 'stopped' | 'expired'} how
 * @property {number} after virtual milliseconds from the begin of the rig
 * @property {number} tries
 */

/**
 * A limiter between many requests and a simulated Ryze, on a virtual clock.
 *
 * @param {Partial<import('./simulatedRyze').Settings>} [settings]
 */
function startRig(settings) {
	const clock = new VirtualClock();
	const begin = clock.now();
	const ryze = simulateRyze(clock, settings);
	const limiter = new RateLimiter(clock);
	/** @type {Set<number>} */
	const waiting = new Set();
	let overtaken = 0;

	/**
	 * Sends one request as transport/request.ts does, repeating it when Ryze refuses it.
	 *
	 * @param {{ maxWait?: number, signal?: AbortSignal }} [limits]
	 * @returns {Promise<Ended>}
	 */
	async function request({ maxWait = Infinity, signal } = {}) {
		const place = limiter.nextPlace();
		const expiresAt = clock.now() + maxWait;
		for (let tries = 0; ; tries++) {
			waiting.add(place);
			const turn = await limiter.enter(place, expiresAt, signal);
			waiting.delete(place);
			if (turn !== 'go') return { how: turn, after: clock.now() - begin, tries };
			if ([...waiting].some((other) => other < place)) overtaken++;
			const answer = await ryze.send();
			limiter.leave(answer);
			if (answer?.statusCode === 429) continue;
			return { how: answer ? 'answered' : 'cut', after: clock.now() - begin, tries: tries + 1 };
		}
	}

	return {
		clock,
		ryze,
		limiter,
		request,
		/** How often a request went before one that had come earlier. */
		overtaken: () => overtaken,
		/** Virtual milliseconds since the begin. */
		time: () => clock.now() - begin,
		/** When the requests set out, since the begin. */
		sent: () => ryze.sent.map((at) => at - begin),
		/** Does something when the virtual time has come. */
		at(/** @type {number} */ after, /** @type {() => void} */ action) {
			void clock.sleep(begin + after - clock.now()).then(action);
		},
		/** @param {number} total @param {number} slots @param {number} [longest] */
		async requests(total, slots, longest) {
			/** @type {Ended[]} */
			const ended = [];
			const work = runConcurrently(total, slots, async (index) => {
				ended[index] = await request();
				return true;
			});
			await clock.run(work, longest);
			return ended;
		},
	};
}

module.exports = { startRig };
