const { startRig } = require('../../../support/limiterRig');

const FAST_RESPONSES = { travel: () => 20, work: () => 60 };
const MAX_WAIT = 600_000;

/**
 * Sends requests that Ryze holds back, and a second later others.
 *
 * @param {object} load
 * @param {number} load.heldBack how many
 * @param {number} load.delay milliseconds for which they are held back
 * @param {number} load.quick how many others
 * @param {number} [load.before] how many others were answered before
 */
async function sendBoth({ heldBack, delay, quick, before = 0 }) {
	const rig = startRig({ ...FAST_RESPONSES, limit: 100 });
	await rig.requests(before, 1);
	/** @param {number} count @param {number} [ms] */
	const requests = (count, ms) =>
		Array.from({ length: count }, () => rig.request({ maxWait: MAX_WAIT, delay: ms }));
	const texts = requests(heldBack, delay);
	await rig.clock.run(rig.clock.sleep(1000));
	const pins = requests(quick);
	const ended = {
		texts: await rig.clock.run(Promise.all(texts)),
		pins: await rig.clock.run(Promise.all(pins)),
	};
	const longest = (/** @type {Array<{ waited: number }>} */ all) =>
		Math.max(...all.map(({ waited }) => waited));
	return { rig, ...ended, textsWaited: longest(ended.texts), pinsWaited: longest(ended.pins) };
}

/** @param {Array<{ how: string }>} ended */
const hows = (ended) => [...new Set(ended.map(({ how }) => how))];

describe('a request that Ryze holds back', () => {
	it.each([50_000, 120_000, 300_000])(
		'for %i ms holds up no other while the limit is unknown',
		async (delay) => {
			const both = await sendBoth({ heldBack: 60, delay, quick: 5 });
			expect(both.pinsWaited).toBeLessThanOrEqual(100);
			expect(both.textsWaited).toBeLessThanOrEqual(1200);
			expect(hows([...both.texts, ...both.pins])).toEqual(['answered']);
			expect(both.rig.ryze.refused).toBe(0);
		},
	);

	it('holds up no other while the limit has room', async () => {
		const both = await sendBoth({ heldBack: 60, delay: 120_000, quick: 5, before: 3 });
		expect(both.pinsWaited).toBe(0);
		expect(both.textsWaited).toBe(0);
	});

	it('counts against no window but its own', async () => {
		const both = await sendBoth({ heldBack: 95, delay: 300_000, quick: 30, before: 3 });
		// There was room for two in the first window.
		expect(both.pinsWaited).toBeLessThan(60_000);
		expect(both.rig.ryze.refused).toBe(0);
	});

	it('is counted before it is answered, as the answer to a later request shows', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100 });
		const first = rig.request();
		await rig.clock.run(first);
		const texts = Array.from({ length: 60 }, () => rig.request({ delay: 120_000 }));
		const pin = await rig.clock.run(rig.request());
		expect(pin.waited).toBe(0);
		const pins = Array.from({ length: 38 }, () => rig.request());
		for (const { how, waited } of await rig.clock.run(Promise.all(pins))) {
			expect(how).toBe('answered');
			expect(waited).toBeLessThan(1200);
		}
		expect(hows(await rig.clock.run(Promise.all(texts)))).toEqual(['answered']);
		expect(rig.ryze.refused).toBe(0);
	});

	it.each([150, 400])('is sent in time among %i of them, without a refusal', async (heldBack) => {
		const both = await sendBoth({ heldBack, delay: 300_000, quick: 5, before: 3 });
		expect(hows([...both.texts, ...both.pins])).toEqual(['answered']);
		expect(both.textsWaited).toBeLessThan(MAX_WAIT / 2);
		expect(both.rig.ryze.refused).toBe(0);
	});

	it('is sent in time where there are no others, twice as many every 2 s', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100 });
		const texts = Array.from({ length: 90 }, () => rig.request({ delay: 300_000 }));
		const ended = await rig.clock.run(Promise.all(texts));
		expect(ended.filter(({ waited }) => waited === 0)).toHaveLength(1);
		expect(Math.max(...ended.map(({ waited }) => waited))).toBeLessThanOrEqual(14_000);
		expect(rig.ryze.refused).toBe(0);
	});

	it('is sent in time where Ryze says nothing of its limit', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 1000, headers: () => ({}) });
		const texts = Array.from({ length: 60 }, () => rig.request({ delay: 3000 }));
		const ended = await rig.clock.run(Promise.all(texts));
		expect(Math.max(...ended.map(({ waited }) => waited))).toBeLessThanOrEqual(14_000);
	});

	it('is not sent beyond a limit that is known from before', async () => {
		const both = await sendBoth({ heldBack: 300, delay: 300_000, quick: 0, before: 3 });
		expect(hows(both.texts)).toEqual(['answered']);
		expect(both.textsWaited).toBeLessThan(MAX_WAIT / 2);
		expect(both.rig.ryze.refused).toBe(0);
	});

	it('is not overtaken while the limit is known', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 10, windowMs: 20_000 });
		await rig.requests(10, 10);
		const text = rig.request({ delay: 5000 });
		const pins = [1, 2, 3].map(() => rig.request());
		await rig.clock.run(Promise.all([text, ...pins]));
		const waited = (await text).waited - (await pins[1]).waited;
		expect(waited).toBeLessThanOrEqual(0);
	});

	it('goes before others that came later, as soon as there is room', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 3 });
		await rig.requests(1, 1);
		const { limiter } = rig;
		const acquire = async () =>
			await limiter.acquire({ ticket: limiter.nextTicket(), expiresAt: Infinity });
		const [permit] = await rig.clock.run(Promise.all([acquire(), acquire()]));
		const text = rig.request({ delay: 5000 });
		const pin = rig.request();
		limiter.releaseUnsent(/** @type {any} */ (permit));
		expect((await rig.clock.run(text)).waited).toBe(0);
		expect((await rig.clock.run(pin)).waited).toBeGreaterThan(50_000);
	});

	it('tells with its late answer nothing of the window that runs then', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100, windowMs: 20_000 });
		const text = rig.request({ delay: 30_000 });
		await rig.clock.run(text);
		rig.ryze.spend(90);
		await rig.requests(10, 10);
		expect(rig.ryze.refused).toBe(0);
	});

	it('that may not have arrived yet is not left out of account', async () => {
		const travels = [20, 20, ...Array(60).fill(300)];
		const rig = startRig({ limit: 64, travel: () => travels.shift() ?? 20, work: () => 60 });
		await rig.clock.run(rig.request());
		const texts = Array.from({ length: 60 }, () => rig.request({ delay: 120_000 }));
		const pins = Array.from({ length: 1 }, () => rig.request());
		await rig.clock.run(Promise.all(pins));
		pins.push(...Array.from({ length: 30 }, () => rig.request()));
		await rig.clock.run(Promise.all([...texts, ...pins]));
		// One is sent to find out how many have arrived; nothing is left for it.
		expect(rig.ryze.refused).toBeLessThanOrEqual(1);
	});

	it('tells with its late answer nothing where Ryze gives no usable reset', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 10 });
		rig.ryze.settings.headers = (headers) => ({ ...headers, 'x-ratelimit-reset': 'soon' });
		await rig.clock.run(rig.request({ delay: 90_000 }));
		rig.ryze.spend(10);
		const begin = rig.time();
		// It said that 9 remain, a window ago.
		await rig.requests(9, 9);
		expect(rig.sent().filter((at) => at === begin).length).toBeLessThanOrEqual(2);
	});

	it('does not fill a later window with its late answer where there is no usable reset', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 10 });
		rig.ryze.settings.headers = (headers) => ({ ...headers, 'x-ratelimit-reset': 'soon' });
		await rig.requests(9, 1);
		await rig.clock.run(rig.clock.sleep(50_000));
		// The last of the window, and answered in the next.
		const text = rig.request({ delay: 15_000 });
		await rig.clock.run(rig.clock.sleep(12_000));
		await rig.requests(1, 1);
		await rig.clock.run(text);
		const others = await rig.clock.run(Promise.all([1, 2, 3].map(() => rig.request())));
		for (const { waited } of others) expect(waited).toBeLessThan(1000);
	});

	it.each([61_000, 300_000])('for %i ms takes no room from a later window', async (delay) => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100 });
		await rig.clock.run(rig.request());
		for (let i = 0; i < 60; i++) void rig.request({ delay });
		await rig.clock.run(rig.clock.sleep(60_500));
		await rig.clock.run(rig.request());
		await rig.clock.run(rig.clock.sleep(1000));
		const pins = Array.from({ length: 60 }, () => rig.request());
		for (const { waited } of await rig.clock.run(Promise.all(pins))) expect(waited).toBe(0);
	});
});
