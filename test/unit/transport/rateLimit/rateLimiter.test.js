const fc = require('fast-check');
const { startRig } = require('../../../support/limiterRig');

const WINDOWS = /** @type {const} */ ([
	'window, reset rounded down',
	'window, reset rounded up',
	'window by the clock',
]);

/** The reset has whole seconds, so the end of a window may be known up to 1 s too late. */
const MARGIN = 1000;

const ROUND_TRIP = { travel: () => 20, work: () => 60 };

/**
 * Delays that come out of a list again and again, so that a failing case can be repeated.
 *
 * @param {number[]} parts of the longest, from 0 to 1
 * @param {number} longest milliseconds
 */
function varying(parts, longest) {
	let next = 0;
	return () => Math.round(parts[next++ % parts.length] * longest);
}

const anyParts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
	minLength: 1,
	maxLength: 20,
});

const anyLoad = {
	total: fc.integer({ min: 1, max: 200 }),
	slots: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(200)),
	limit: fc.integer({ min: 1, max: 100 }),
	windowMs: fc.integer({ min: 4000, max: 120_000 }),
	counting: fc.constantFrom(...WINDOWS),
	travelParts: anyParts,
	workParts: anyParts,
};

/** Clocks that agree, nearly agree, or do not. */
const anySkew = fc.oneof(
	fc.constant(0),
	fc.integer({ min: -2500, max: 2500 }),
	fc.integer({ min: -100_000, max: 100_000 }),
);

const anyQuickLoad = fc.record({
	...anyLoad,
	skew: anySkew,
	travel: fc.integer({ min: 0, max: 100 }),
	work: fc.integer({ min: 0, max: 200 }),
});

/**
 * Sends a load, all of it in order and near the ideal time.
 *
 * @param {typeof anyQuickLoad extends fc.Arbitrary<infer Load> ? Load : never} load
 * @param {number} careful milliseconds by which a window may seem to last longer
 */
async function sendQuickLoad({ total, slots, travel, work, ...load }, careful) {
	const { limit, windowMs, counting, skew } = load;
	const rig = startRig({
		limit,
		windowMs,
		counting,
		skew,
		travel: varying(load.travelParts, travel),
		work: varying(load.workParts, work),
	});
	const windows = Math.ceil(total / limit);
	const rounds = Math.ceil(total / Math.min(slots, limit)) + 4 * windows;
	// A second more until the answers show how far the clocks differ.
	const longest = (windows - 1) * (windowMs + careful) + MARGIN + rounds * (2 * travel + work);
	const ended = await rig.requests(total, slots, longest);
	expect(ended.map(({ how }) => how)).toEqual(Array(total).fill('answered'));
	expect(rig.ryze.served).toBe(total);
	expect(rig.overtaken()).toBe(0);
	return { rig, ended };
}

describe('as the only client of its token', () => {
	it('sends all, in order, near the ideal time, and Ryze never refuses one', async () => {
		const seconds = fc.integer({ min: 1, max: 24 }).map((fives) => fives * 5);
		await fc.assert(
			fc.asyncProperty(anyQuickLoad, seconds, async (load, windowS) => {
				const { rig, ended } = await sendQuickLoad({ ...load, windowMs: windowS * 1000 }, MARGIN);
				expect(rig.ryze.refused).toBe(0);
				expect(ended.every(({ tries }) => tries === 1)).toBe(true);
			}),
		);
	});

	it('is refused once at most where a window lasts no round number of seconds', async () => {
		await fc.assert(
			fc.asyncProperty(anyQuickLoad, async (load) => {
				// Rounded up, a careful second, and clocks that are compared to a second only.
				const { rig } = await sendQuickLoad(load, 3 * MARGIN);
				expect(rig.ryze.refused).toBeLessThanOrEqual(1);
			}),
		);
	});

	it('sends one request first, and all that the limit leaves after its answer', async () => {
		const rig = startRig({ ...ROUND_TRIP, limit: 50 });
		await rig.requests(50, 200);
		expect(rig.sent()).toEqual([0, ...Array(49).fill(100)]);
	});

	it('sends one request after each window, and nothing between', async () => {
		const rig = startRig({ ...ROUND_TRIP, limit: 10, windowMs: 20_000 });
		await rig.requests(25, 200);
		// A window is surely over 20 s after the answer to its first request.
		expect(rig.sent()).toEqual([
			...[0, ...Array(9).fill(100)],
			...[20_100, ...Array(9).fill(20_200)],
			...[40_200, ...Array(4).fill(40_300)],
		]);
	});

	it('needs no wait where the limit is not reached', async () => {
		const rig = startRig({ ...ROUND_TRIP, limit: 100 });
		await rig.requests(100, 1);
		expect(rig.time()).toBe(100 * 100);
	});

	it('knows the window from one execution to the next', async () => {
		const rig = startRig({ ...ROUND_TRIP, limit: 50 });
		await rig.requests(1, 1);
		await rig.requests(49, 49);
		expect(rig.sent()).toEqual([0, ...Array(49).fill(100)]);
		await rig.requests(1, 1);
		expect(rig.time()).toBeGreaterThan(60_000);
		expect(rig.ryze.refused).toBe(0);
	});

	it('takes the lowest count when answers overtake each other', async () => {
		const works = [0, 900, 600, 300, 0];
		const rig = startRig({ limit: 5, travel: () => 0, work: () => works.shift() ?? 0 });
		await rig.requests(8, 5);
		expect(rig.ryze.refused).toBe(0);
	});
});

describe('with others on the same token', () => {
	it('sends all, in order, within bounds, whatever happens on the way', async () => {
		const load = fc.record({
			...anyLoad,
			slots: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(200)),
			travel: fc.integer({ min: 0, max: 1000 }),
			work: fc.integer({ min: 0, max: 10_000 }),
			skew: fc.oneof(fc.constant(0), fc.integer({ min: -100_000, max: 100_000 })),
			others: fc.array(
				fc.record({ at: fc.nat(120_000), requests: fc.integer({ min: 1, max: 100 }) }),
				{ maxLength: 5 },
			),
			cuts: fc.array(fc.record({ at: fc.nat(60_000), requests: fc.integer({ min: 1, max: 10 }) }), {
				maxLength: 3,
			}),
			limits: fc.array(
				fc.record({ at: fc.nat(120_000), limit: fc.integer({ min: 1, max: 100 }) }),
				{ maxLength: 3 },
			),
			cutShortAt: fc.array(fc.nat(120_000), { maxLength: 2 }),
			hidden: fc.constantFrom('nothing', 'date', 'reset', 'all', 'now and then'),
		});
		await fc.assert(
			fc.asyncProperty(load, async ({ total, slots, limit, windowMs, counting, skew, ...load }) => {
				let answers = 0;
				const rig = startRig({
					limit,
					windowMs,
					counting,
					skew,
					travel: varying(load.travelParts, load.travel),
					work: varying(load.workParts, load.work),
					headers: ({ date, 'x-ratelimit-reset': reset, ...headers }) => {
						const hides = load.hidden === 'now and then' && answers++ % 3 === 0;
						if (load.hidden === 'all' || hides) return {};
						return {
							...headers,
							...(load.hidden === 'date' ? {} : { date }),
							...(load.hidden === 'reset' ? {} : { 'x-ratelimit-reset': reset }),
						};
					},
				});
				load.others.forEach(({ at, requests }) => rig.at(at, () => rig.ryze.spend(requests)));
				load.cuts.forEach(({ at, requests }) => rig.at(at, () => (rig.ryze.cuts += requests)));
				load.limits.forEach((next) =>
					rig.at(next.at, () => (rig.ryze.settings.limit = next.limit)),
				);
				load.cutShortAt.forEach((at) => rig.at(at, rig.ryze.cutShort));

				const least = Math.min(limit, ...load.limits.map((next) => next.limit));
				const longest =
					(Math.ceil(total / least) + load.others.length + 1) * (windowMs + 62_000) * 2 +
					total * (2 * load.travel + load.work);
				const ended = await rig.requests(total, slots, longest);
				expect(ended.filter(({ how }) => how === 'answered')).toHaveLength(rig.ryze.served);
				expect(ended.filter(({ how }) => how === 'cut')).toHaveLength(rig.ryze.lost);
				expect(rig.ryze.served + rig.ryze.lost).toBe(total);
				expect(rig.overtaken()).toBe(0);
				const next = await rig.clock.run(rig.request());
				expect(['answered', 'cut']).toContain(next.how);
			}),
		);
	});
});
