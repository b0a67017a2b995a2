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

describe('1,000 requests at 100 in 60 s', () => {
	const loads = STARTS.flatMap((startAt) => AT_ONCE.map((slots) => ({ startAt, slots })));

	it.each(WINDOWS)('take 1.007 of the ideal, and none is refused: %s', async (counting) => {
		for (const load of loads) {
			const measured = await measure({
				...{ counting, total: 1000, limit: 100, windowMs: 60_000 },
				...anyTrip(load.slots + load.startAt),
				...load,
			});
			expect(measured.refused).toBe(0);
			expect(measured.ratio).toBeLessThanOrEqual(1.007);
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
