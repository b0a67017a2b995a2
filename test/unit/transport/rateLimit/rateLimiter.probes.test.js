const { startRig } = require('../../../support/limiterRig');

const FAST_RESPONSES = { travel: () => 20, work: () => 60 };

/** @param {number} count @param {() => Promise<import('../../../support/limiterRig').Ended>} request */
const together = async (count, request) =>
	await Promise.all(Array.from({ length: count }, request));

describe('a probe whether the limit slides', () => {
	/** After 150 requests at 100 a minute, of which a third has shown that the limit slides. */
	async function delayedOnSlidingLimit() {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100, counting: 'sliding counter' });
		await rig.requests(150, 5);
		const begin = rig.time();
		const texts = together(200, async () => await rig.request({ delay: 20_000 }));
		return { rig, texts, sentSince: () => rig.sent().filter((at) => at >= begin) };
	}

	it('is never a request with a delay, whose response would come too late', async () => {
		const { rig, texts, sentSince } = await delayedOnSlidingLimit();
		const inWindow = 120_000 - 250 - rig.time();
		await rig.clock.run(rig.clock.sleep(inWindow));
		// There was room for two, of which one is left to others.
		expect(sentSince()).toHaveLength(1);
		await rig.clock.run(texts);
		// What ramp-up costs where each response comes 20 s late; with such probes it was 716.
		expect(rig.ryze.refused).toBeLessThanOrEqual(20);
	});

	it('is sent by a request without a delay that waits behind them', async () => {
		const { rig } = await delayedOnSlidingLimit();
		const pin = await rig.clock.run(rig.request());
		expect(pin.waited).toBeLessThan(2000);
		expect(rig.ryze.refused).toBe(0);
	});

	it('begins also in a window that was shown before the one before was surely over', async () => {
		const works = Array(85).fill(660);
		const rig = startRig({
			...{ limit: 100, counting: 'sliding counter' },
			...{ travel: () => 20, work: () => works.shift() ?? 60 },
		});
		// So slow that there is always room, also as the count of the next minute begins.
		await rig.requests(90, 1);
		const begin = rig.time();
		await rig.requests(60, 5);
		// Without a probe the first of the last 45 would wait for the next minute, 62 s.
		expect(rig.time() - begin).toBeLessThan(36_000);
		expect(rig.ryze.refused).toBe(0);
	});

	it('is not sent in a window that lasts on, though its reset is rounded differently', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 20, windowMs: 20_900 });
		let responses = 0;
		rig.ryze.settings.headers = (headers) => {
			const up = Math.floor(responses++ / 20) % 2;
			return { ...headers, 'x-ratelimit-reset': String(Number(headers['x-ratelimit-reset']) + up) };
		};
		await rig.requests(80, 5);
		expect(rig.ryze).toMatchObject({ served: 80, refused: 1 });
	});
});

describe('a request that was not sent after all', () => {
	it('leaves its place to the one that finds out what is counted', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 10 });
		await rig.requests(1, 1);
		const { limiter } = rig;
		for (let i = 0; i < 4; i++) {
			const permit = await limiter.acquire({ ticket: limiter.nextTicket(), expiresAt: Infinity });
			limiter.releaseUnsent(/** @type {any} */ (permit));
		}
		void together(4, async () => await rig.request({ delay: 20_000 }));
		// As many remain by its response as may not be in it.
		await rig.clock.run(rig.request());
		expect((await rig.clock.run(rig.request())).waited).toBe(0);
		expect(rig.ryze.refused).toBe(0);
	});
});
