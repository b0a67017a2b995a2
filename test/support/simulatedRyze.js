/** @typedef {import('./virtualClock').VirtualClock} VirtualClock */
/** @typedef {import('../../dist/nodes/Ryze/errors/answer').Answer} Answer */

/**
 * @typedef {object} Settings
 * @property {number} limit requests in a window
 * @property {number} windowMs
 * @property {() => number} travel milliseconds that a request, or its answer, is on its way
 * @property {() => number} work milliseconds from counting a request to answering it
 * @property {boolean} fromFirst a window begins with its first request, or else by the clock
 * @property {number} skew milliseconds by which its clock is ahead
 * @property {(headers: Record<string, string>) => Record<string, string>} headers what is sent of them
 */

/**
 * A Ryze API that only counts requests in fixed windows, on a virtual clock.
 *
 * @param {VirtualClock} clock
 * @param {Partial<Settings>} [changes]
 */
function simulateRyze(clock, changes) {
	/** @type {Settings} */
	const settings = {
		limit: 10,
		windowMs: 60_000,
		travel: () => 20,
		work: () => 100,
		fromFirst: true,
		skew: 0,
		headers: (headers) => headers,
		...changes,
	};
	let endsAt = 0;
	let count = 0;
	const ryze = {
		settings,
		/** @type {number[]} when each request set out */
		sent: [],
		served: 0,
		refused: 0,
		lost: 0,
		/** So many requests get no answer. */
		cuts: 0,

		/** Spends requests of the window as another program with the same token would. */
		spend(/** @type {number} */ requests) {
			openWindow();
			count = Math.min(settings.limit, count + requests);
		},
		/** Begins a new window before its time. */
		cutShort: () => void (endsAt = 0),

		/** @returns {Promise<Answer | undefined>} `undefined` when the connection was cut */
		async send() {
			ryze.sent.push(clock.now());
			const cut = ryze.cuts > 0 && ryze.cuts-- > 0;
			await clock.sleep(settings.travel());
			if (cut) {
				ryze.lost++;
				return undefined;
			}
			const { statusCode, limits } = take();
			await clock.sleep(settings.work());
			const date = new Date(clock.now() + settings.skew).toUTCString();
			await clock.sleep(settings.travel());
			return { statusCode, headers: settings.headers({ date, ...limits }), body: {} };
		},
	};

	function openWindow() {
		const now = clock.now();
		if (now < endsAt) return;
		const { windowMs, fromFirst } = settings;
		endsAt = fromFirst ? now + windowMs : (Math.floor(now / windowMs) + 1) * windowMs;
		count = 0;
	}

	function take() {
		openWindow();
		const { limit, skew } = settings;
		const refused = count >= limit;
		if (refused) ryze.refused++;
		else {
			ryze.served++;
			count++;
		}
		const limits = {
			'x-ratelimit-limit': String(limit),
			'x-ratelimit-remaining': String(limit - count),
			'x-ratelimit-reset': String(Math.floor((endsAt + skew) / 1000)),
		};
		return { statusCode: refused ? 429 : 200, limits };
	}

	return ryze;
}

module.exports = { simulateRyze };
