const { bestPossible } = require('../../../support/bestPossible');
const { startRig } = require('../../../support/limiterRig');

/**
 * Numbers from 0 to 1 that are the same in each run.
 *
 * @param {number} seed
 */
function random(seed) {
	let state = seed;
	return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

const WINDOWS = /** @type {const} */ ([
	'window, reset rounded down',
	'window, reset rounded up',
	'window by the clock',
]);
const OTHERS = /** @type {const} */ (['sliding log', 'token bucket']);

/** @typedef {import('../../../../sandbox/ryze/types').Counting} Counting */

/**
 * @typedef {object} Load
 * @property {Counting} counting
 * @property {number} total
 * @property {number} slots how many at once
 * @property {number} limit
 * @property {number} windowMs
 * @property {() => number} travel
 * @property {() => number} work
 * @property {number} [startAt] milliseconds after the whole minute
 */

/**
 * The ratio of the time that a load took to the ideal: the windows that must be waited for, and the
 * round trips that the last one takes at so many at once.
 *
 * @param {Load} load
 */
async function measure({ total, slots, startAt = 250, ...settings }) {
	const { limit, windowMs, counting } = settings;
	const rig = startRig(settings);
	await rig.clock.run(rig.clock.sleep(startAt - 250));
	const begin = rig.time();
	const trips = [];
	const { travel, work } = rig.ryze.settings;
	for (let i = 0; i < 1000; i++) trips.push(travel() + work() + travel());
	const roundTrip = trips.reduce((sum, trip) => sum + trip) / trips.length;

	const ended = await rig.requests(total, slots);
	expect(ended.map(({ how }) => how)).toEqual(Array(total).fill('answered'));
	const windows = Math.ceil(total / limit) - 1;
	const waits = windows * windowMs - (counting === 'window by the clock' ? startAt % windowMs : 0);
	const last = Math.ceil((total - windows * limit) / slots) * roundTrip;
	return { ratio: (rig.time() - begin) / (waits + last), refused: rig.ryze.refused };
}

/** 20 to 300 ms for a request and its answer. @param {number} seed */
function anyTrip(seed) {
	const next = random(seed);
	return { travel: () => 10 + next() * 65, work: () => next() * 150 };
}

/** So that the first window is long enough to be used up, also where windows go by the clock. */
const STARTS = [250, 13_500, 27_300, 41_900];
const AT_ONCE = [1, 5, 20, 200];

/**
 * Another program with the same token, as long as time passes.
 *
 * @param {ReturnType<typeof startRig>} rig
 * @param {number} milliseconds between its requests
 */
async function spendEvery({ clock, ryze }, milliseconds) {
	for (;;) {
		await clock.sleep(milliseconds);
		ryze.spend(1);
	}
}

describe('1,000 requests at 100 in 60 s', () => {
	const loads = STARTS.flatMap((startAt) => AT_ONCE.map((slots) => ({ startAt, slots })));

	it.each(WINDOWS)('take 1.004 of the ideal, and none is refused: %s', async (counting) => {
		for (const load of loads) {
			const measured = await measure({
				...{ counting, total: 1000, limit: 100, windowMs: 60_000 },
				...anyTrip(load.slots + load.startAt),
				...load,
			});
			expect(measured.refused).toBe(0);
			expect(measured.ratio).toBeLessThanOrEqual(1.004);
		}
	});

	it.each(OTHERS)('take 1.05 of the ideal, and 2 %% are refused at most: %s', async (counting) => {
		for (const load of loads) {
			const measured = await measure({
				...{ counting, total: 1000, limit: 100, windowMs: 60_000 },
				...anyTrip(load.slots + load.startAt),
				...load,
			});
			expect(measured.refused).toBeLessThanOrEqual(20);
			expect(measured.ratio).toBeLessThanOrEqual(1.05);
		}
	});
});

describe('150 requests at once at 50 in 10 s', () => {
	it.each(WINDOWS)('take 1.15 of the ideal, and none is refused: %s', async (counting) => {
		for (const startAt of STARTS) {
			const { ratio, refused } = await measure({
				...{ counting, total: 150, slots: 150, limit: 50, windowMs: 10_000, startAt },
				...anyTrip(startAt),
			});
			expect(refused).toBe(0);
			expect(ratio).toBeLessThanOrEqual(1.15);
		}
	});
});

describe('120 requests one after the other at 50 in 20 s', () => {
	it.each(WINDOWS)('take 1.03 of the ideal, and none is refused: %s', async (counting) => {
		for (const startAt of STARTS) {
			const { ratio, refused } = await measure({
				...{ counting, total: 120, slots: 1, limit: 50, windowMs: 20_000, startAt },
				...{ travel: () => 8, work: () => 4 },
			});
			expect(refused).toBe(0);
			expect(ratio).toBeLessThanOrEqual(1.03);
		}
	});
});

describe('a sliding counter', () => {
	const MINUTE = Date.UTC(2026, 0, 1);
	const LIMITS = [
		{ total: 1000, limit: 100, windowMs: 60_000, longest: 1.05 },
		{ total: 150, limit: 50, windowMs: 20_000, longest: 1.1 },
	];
	const SLOTS = [1, 5, 200];
	const REFUSALS = [
		{ countsRefused: false, retryAfter: false },
		{ countsRefused: true, retryAfter: true },
	];

	/** @type {Map<string, number>} */
	const known = new Map();

	/** @type {typeof bestPossible} */
	function bestTime(load, { limit, windowMs }) {
		const key = JSON.stringify([load, limit, load.roundTrip !== undefined]);
		const settings = { counting: /** @type {const} */ ('sliding counter'), limit, windowMs };
		const best = known.get(key) ?? bestPossible(load, settings);
		known.set(key, best);
		return best;
	}

	/**
	 * @param {object} load
	 * @param {number} load.total
	 * @param {number} load.slots
	 * @param {number} load.startAt milliseconds after the whole minute
	 * @param {number} [load.otherEveryMs] another program sends one so often
	 * @param {Partial<import('../../../support/limiterRig').Settings>} settings
	 */
	async function serve({ total, slots, startAt, otherEveryMs }, settings) {
		const rig = startRig({
			counting: 'sliding counter',
			...settings,
			...anyTrip(slots + startAt),
		});
		await rig.clock.run(rig.clock.sleep(startAt - 250));
		if (otherEveryMs) void spendEvery(rig, otherEveryMs);
		const begin = rig.time();
		const ended = await rig.requests(total, slots);
		expect(ended.map(({ how }) => how)).toEqual(Array(total).fill('answered'));
		const { travel, work } = anyTrip(slots + startAt);
		// A client that waits for each response could not be quicker than that either.
		const roundTrip = slots === 1 ? () => travel() + work() + travel() : undefined;
		const load = { total, startAt: MINUTE + startAt, otherEveryMs, roundTrip };
		const best = bestTime(load, settings);
		return { ratio: (rig.time() - begin) / best, refused: rig.ryze.refused / total };
	}

	const cases = LIMITS.flatMap((limits) =>
		REFUSALS.map((refusals) => ({ ...limits, ...refusals })),
	);

	it.each(cases)(
		'is used to the full: $total at $limit, counts refused: $countsRefused, Retry-After: $retryAfter',
		async ({ total, longest, ...settings }) => {
			for (const startAt of STARTS) {
				for (const slots of SLOTS) {
					const { ratio, refused } = await serve({ total, slots, startAt }, settings);
					expect(ratio).toBeLessThanOrEqual(longest);
					expect(refused).toBeLessThanOrEqual(0.02);
				}
			}
		},
	);

	it.each(cases)(
		'refuses little beside a program that uses half: $total at $limit, counts refused: $countsRefused, Retry-After: $retryAfter',
		async (load) => {
			const { total, longest, ...settings } = load;
			const otherEveryMs = (2 * settings.windowMs) / settings.limit;
			for (const startAt of STARTS) {
				for (const slots of SLOTS) {
					const measured = await serve({ total, slots, startAt, otherEveryMs }, settings);
					expect(measured.refused).toBeLessThanOrEqual(0.02);
					expect(measured.ratio).toBeLessThanOrEqual(longest);
				}
			}
		},
	);

	it.each([5, 20, 200])(
		'refuses 1 %% at most beside that program, with answers of 1.5 to 4.5 s: %i at once',
		async (slots) => {
			const next = random(slots);
			const rig = startRig({
				...{ counting: 'sliding counter', limit: 100, windowMs: 60_000 },
				...{ travel: () => 20 + next() * 30, work: () => 3000 * (0.5 + next()) },
			});
			void spendEvery(rig, 1200);
			await rig.requests(1000, slots);
			expect(rig.ryze.refused).toBeLessThanOrEqual(10);
		},
	);
});

describe('a token bucket with slow answers', () => {
	it.each([
		[5, 1500],
		[10, 1500],
		[20, 800],
		[20, 1500],
		[20, 3000],
	])('refuses 2 %% at most: %i at once, %i ms', async (slots, longest) => {
		for (const seed of [1, 2, 3]) {
			const next = random(seed);
			const { ratio, refused } = await measure({
				...{ counting: 'token bucket', total: 1000, slots, limit: 100, windowMs: 60_000 },
				...{ travel: () => 20 + next() * 30, work: () => longest * (0.5 + next()) },
			});
			expect(refused).toBeLessThanOrEqual(20);
			expect(ratio).toBeLessThanOrEqual(1.05);
		}
	});
});

describe('400 requests of which Ryze delays a third', () => {
	it.each(WINDOWS)('are sent without a refusal: %s', async (counting) => {
		for (let seed = 1; seed <= 20; seed++) {
			const next = random(seed);
			const [travel, work] = [[20, 100, 400][seed % 3], [50, 500, 2000, 8000][seed % 4]];
			const rig = startRig({
				...{ counting, limit: 100, windowMs: 60_000 },
				...{ travel: () => travel * next(), work: () => work * next() },
			});
			if (seed % 2) rig.ryze.spend(Math.floor(next() * 90));
			await rig.clock.run(rig.clock.sleep(next() * 60_000));
			const requests = Array.from({ length: 400 }, () =>
				rig.request({ delay: next() < 0.3 ? next() * 20_000 : 0 }),
			);
			await rig.clock.run(Promise.all(requests));
			expect(rig.ryze.refused).toBe(0);
		}
	});
});
