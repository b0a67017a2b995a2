const { RateLimiter } = require('../../build/nodes/Ryze/transport/rateLimit/rateLimiter');
const { runConcurrently } = require('../../build/nodes/Ryze/actions/run/concurrency');
const { createLimiter } = require('../../sandbox/ryze/limiter');
const { defaultSettings } = require('../../sandbox/ryze/settings');
const { VirtualClock } = require('./virtualClock');

/** @typedef {import('../../build/nodes/Ryze/errors/response').RyzeResponse} RyzeResponse */

/**
 * @typedef {object} Way what lies between a request and the limiter of the sandbox
 * @property {() => number} travel milliseconds that a request, or its answer, is on its way
 * @property {() => number} work milliseconds from counting a request to answering it
 * @property {number} skew milliseconds by which the clock of Ryze is ahead
 * @property {boolean} throttled WhatsApp refuses, whatever the limit leaves
 * @property {(headers: Record<string, string>) => Record<string, string>} headers what comes of them
 */

/** @typedef {Way & import('../../sandbox/ryze/types').Settings} Settings */

/**
 * @typedef {object} Ended
 * @property {'answered' | 'refused' | 'cut' | 'stopped' | 'expired'} how
 * @property {number} after virtual milliseconds from the begin of the rig
 * @property {number} waited milliseconds until it was sent first
 * @property {number} tries
 */

/**
 * The sandbox's limiter on a virtual clock, and the way there and back.
 *
 * @param {VirtualClock} clock
 * @param {Partial<Settings>} [changes]
 */
function createRyze(clock, changes) {
	/** @type {Settings} */
	const settings = {
		...defaultSettings(),
		limit: 10,
		travel: () => 20,
		work: () => 100,
		skew: 0,
		throttled: false,
		headers: (headers) => headers,
		...changes,
	};
	const limiter = createLimiter(settings, () => clock.now() + settings.skew);
	const ryze = {
		settings,
		/** @type {number[]} when each request set out */
		sent: [],
		served: 0,
		refused: 0,
		/** @type {number[]} when it refused */
		refusedAt: [],
		lost: 0,
		/** So many requests get no answer. */
		cuts: 0,

		/** Spends requests of the window as another program with the same token would. */
		spend: (/** @type {number} */ requests) => limiter.spend('demo', requests),

		/** Begins a new window before its time. */
		cutShort: () => limiter.clear(),

		/**
		 * @param {number} delay milliseconds for which Ryze holds it back
		 * @returns {Promise<RyzeResponse | undefined>} `undefined` when the connection was cut
		 */
		async send(delay) {
			ryze.sent.push(clock.now());
			const cut = ryze.cuts > 0 && ryze.cuts-- > 0;
			await clock.sleep(settings.travel());
			if (cut) {
				ryze.lost++;
				return undefined;
			}
			const taken = limiter.take('demo');
			const refused = taken.refused || settings.throttled;
			if (refused) ryze.refusedAt.push(clock.now());
			if (refused) ryze.refused++;
			else ryze.served++;
			await clock.sleep(settings.work() + (refused ? 0 : delay));
			const date = dateOf(clock.now() + settings.skew);
			await clock.sleep(settings.travel());
			return { statusCode: refused ? 429 : 200, headers: received(date, taken.headers), body: {} };
		},
	};

	/**
	 * Names in lower case, as Node.js gives them.
	 *
	 * @param {string} date @param {Record<string, string>} sent
	 */
	function received(date, sent) {
		/** @type {Record<string, string>} */
		const headers = { date };
		for (const name of Object.keys(sent)) headers[name.toLowerCase()] = sent[name];
		return settings.headers(headers);
	}

	/** Most responses come in the same second as the one before. */
	let [second, text] = [NaN, ''];

	/** @param {number} now */
	function dateOf(now) {
		if (Math.floor(now / 1000) !== second) {
			second = Math.floor(now / 1000);
			text = new Date(now).toUTCString();
		}
		return text;
	}

	return ryze;
}

/**
 * A limiter between many requests and a Ryze, on a virtual clock.
 *
 * @param {Partial<Settings>} [settings]
 */
function startRig(settings) {
	const clock = new VirtualClock();
	const begin = clock.now();
	const ryze = createRyze(clock, settings);
	const limiter = new RateLimiter(clock);
	/** @type {Set<number>} */
	const waiting = new Set();
	let overtaken = 0;

	/**
	 * Sends one request as transport/send.ts does, repeating it when Ryze refuses it.
	 *
	 * @param {{ maxWait?: number, delay?: number, again?: boolean, signal?: AbortSignal }} [limits]
	 * again: whether it is sent again when it is refused
	 * @returns {Promise<Ended>}
	 */
	async function request({ maxWait = Infinity, delay = 0, again = true, signal } = {}) {
		const ticket = limiter.nextTicket();
		const came = clock.now();
		const expiresAt = came + maxWait;
		let waited = 0;
		/** @param {Ended['how']} how @param {number} tries @returns {Ended} */
		const ended = (how, tries) => ({ how, after: clock.now() - begin, waited, tries });
		for (let tries = 0; ; tries++) {
			waiting.add(ticket);
			const permit = await limiter.acquire({ ticket, expiresAt, delay, signal });
			waiting.delete(ticket);
			if (tries === 0) waited = clock.now() - came;
			if (typeof permit === 'string') return ended(permit, tries);
			if ([...waiting].some((other) => other < ticket)) overtaken++;
			const answer = await ryze.send(delay);
			limiter.release(permit, answer, again);
			if (answer?.statusCode === 429 && again) continue;
			if (answer?.statusCode === 429) return ended('refused', tries + 1);
			return ended(answer ? 'answered' : 'cut', tries + 1);
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
