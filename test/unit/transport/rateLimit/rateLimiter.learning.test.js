const { RateLimiter } = require('../../../../build/nodes/Ryze/transport/rateLimit/rateLimiter');
const { startRig } = require('../../../support/limiterRig');
const { VirtualClock } = require('../../../support/virtualClock');

const FAST_RESPONSES = { travel: () => 20, work: () => 60 };
const ROUND_TRIP = 100;

/**
 * How many requests set out together each time after a pause of a second or more.
 *
 * @param {number[]} sent
 */
function afterPauses(sent) {
	const firsts = sent.filter((at, index) => at - sent[index - 1] >= 1000);
	return firsts.map((first) => sent.filter((at) => at >= first && at < first + ROUND_TRIP).length);
}

describe('what the limiter learns', () => {
	it('heeds what others have spent, as each answer tells', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 20 });
		await rig.requests(1, 1);
		rig.ryze.spend(10);
		await rig.requests(20, 1);
		expect(rig.ryze).toMatchObject({ served: 21, refused: 0 });
	});

	it('waits for each reset anew when others use up every window', async () => {
		const rig = startRig({
			...FAST_RESPONSES,
			limit: 5,
			windowMs: 4000,
			counting: 'window by the clock',
		});
		for (let begin = 0; begin < 28_000; begin += 1000) rig.at(begin, () => rig.ryze.spend(5));
		const [ended] = await rig.requests(1, 1);
		expect(ended.how).toBe('answered');
		// One try after the end of each window, though seven were refused in a row.
		const intoWindow = rig.sent().map((at) => (at + 250) % 4000);
		expect(intoWindow).toHaveLength(8);
		for (const late of intoWindow.slice(1)) {
			expect(late).toBeGreaterThanOrEqual(1000);
			// A second as the reset may be cut off, another as the date is, and the way there and back.
			expect(late).toBeLessThan(2100);
		}
	});

	it('believes a refusal about the limit and the reset, whatever it knew before', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100, windowMs: 60_000 });
		await rig.requests(1, 1);
		Object.assign(rig.ryze.settings, { limit: 5, windowMs: 10_000 });
		rig.ryze.cutShort();
		await rig.requests(20, 1);
		expect(rig.ryze.served).toBe(21);
		expect(rig.ryze.refused).toBeLessThanOrEqual(1);
		expect(rig.time()).toBeLessThan(45_000);
	});

	it('sends another request when the first takes long, as a message does that Ryze shall delay', async () => {
		const works = [60_000];
		const rig = startRig({ travel: () => 20, work: () => works.shift() ?? 60, limit: 100 });
		await rig.requests(10, 10);
		const [first, second, ...others] = rig.sent();
		expect(second - first).toBeGreaterThanOrEqual(2000);
		expect(second - first).toBeLessThan(2600);
		// The answer to the second says all that the others wait for.
		for (const at of others) expect(at - second).toBe(ROUND_TRIP);
		expect(rig.ryze.refused).toBe(0);
	});

	it('is not misled by a late answer about the window before', async () => {
		const clock = new VirtualClock();
		const limiter = new RateLimiter(clock);
		const now = Math.floor(clock.now() / 1000);
		const enter = async () =>
			/** @type {any} */ (
				await limiter.acquire({ ticket: limiter.nextTicket(), expiresAt: clock.now() + 1 })
			);
		const answer = (/** @type {number} */ remaining, /** @type {number} */ resetIn) => ({
			statusCode: 200,
			headers: {
				'x-ratelimit-remaining': String(remaining),
				'x-ratelimit-reset': String(now + resetIn),
			},
			body: {},
		});
		limiter.release(await enter(), answer(9, 2), true);
		const [first, second, third] = [await enter(), await enter(), await enter()];
		limiter.release(first, answer(0, 62), true);
		limiter.release(second, answer(8, 2), true);
		limiter.release(third, answer(7, 2), true);
		expect(await clock.run(enter())).toBe('expired');
	});

	it('sends one request after a window, also when connections were cut in it', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 10, windowMs: 20_000 });
		rig.ryze.cuts = 2;
		await rig.requests(9, 9);
		rig.ryze.cuts = 3;
		await rig.requests(3, 3);
		await rig.requests(12, 12);
		expect(rig.ryze.refused).toBe(0);
		expect(new Set(afterPauses(rig.sent()))).toEqual(new Set([1]));
	});

	it('sends one request after a refusal that says nothing of the limit', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 8, windowMs: 5000, headers: () => ({}) });
		await rig.requests(40, 40);
		const together = afterPauses(rig.sent());
		expect(together.length).toBeGreaterThan(3);
		expect(new Set(together)).toEqual(new Set([1]));
	});

	it('believes that windows have become shorter', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 10, windowMs: 60_000 });
		await rig.requests(2, 1);
		rig.ryze.settings.windowMs = 10_000;
		rig.ryze.cutShort();
		await rig.requests(20, 1);
		expect(rig.ryze.refused).toBe(0);
		expect(rig.time()).toBeLessThan(15_000);
	});

	it('goes on to trust the length of windows when answers come after the end of theirs', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 10, windowMs: 20_000 });
		await rig.requests(1, 1);
		const late = rig.request({ delay: 25_000 });
		await rig.requests(38, 20);
		await rig.clock.run(late);
		expect(rig.sent().filter((at) => at > 50_000)[0]).toBeLessThanOrEqual(60_400);
		expect(rig.ryze.refused).toBe(0);
	});

	it('corrects a wrong conclusion about the length of windows for good', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 10, windowMs: 20_900 });
		await rig.requests(80, 20);
		expect(rig.ryze).toMatchObject({ served: 80, refused: 1 });
	});

	it('knows the end of a window better with each answer', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 20, windowMs: 20_000 });
		// Another program was first.
		rig.ryze.spend(1);
		await rig.requests(20, 1);
		const ended = rig.sent().filter((at) => at > 10_000)[0];
		// Ryze says 20 s after the begin of the second, the window began 0.25 s later.
		expect(ended).toBeGreaterThanOrEqual(20_000);
		expect(ended).toBeLessThan(20_900);
	});

	it.each([2000, 13_000, 42_000])(
		'concludes nothing where no round length fits: windows of %i ms',
		async (windowMs) => {
			let refused = 0;
			for (let startAt = 0; startAt < 5000; startAt += 500) {
				const rig = startRig({ ...FAST_RESPONSES, limit: 10, windowMs });
				await rig.clock.run(rig.clock.sleep(startAt));
				await rig.requests(40, 20);
				refused += rig.ryze.refused;
			}
			// Two of the ten first windows end in a round second, as windows by the clock do.
			expect(refused).toBeLessThanOrEqual(2);
		},
	);

	it('does not send for an execution that is stopped as another request comes back', async () => {
		const clock = new VirtualClock();
		const limiter = new RateLimiter(clock);
		const enter = async (/** @type {AbortSignal | undefined} */ signal) =>
			await limiter.acquire({ ticket: limiter.nextTicket(), expiresAt: Infinity, signal });
		const pass = /** @type {any} */ (await enter(undefined));
		const stop = new AbortController();
		const waiting = enter(stop.signal);
		stop.abort();
		limiter.release(pass, undefined, true);
		expect(await clock.run(waiting)).toBe('stopped');
	});
});

describe('windows that look as if the limit slides', () => {
	const BY_CLOCK = { ...FAST_RESPONSES, counting: /** @type {const} */ ('window by the clock') };

	it('cost three refusals in all where another program begins each of them', async () => {
		const rig = startRig({ ...BY_CLOCK, limit: 100 });
		for (let begin = 59_760; begin < 900_000; begin += 60_000) {
			rig.at(begin, () => rig.ryze.spend(40));
		}
		await rig.requests(500, 5);
		expect(rig.ryze.served).toBe(500);
		expect(rig.ryze.refused).toBe(3);
	});

	it('cost no refusal where a count began anew before the reset', async () => {
		const rig = startRig({ ...BY_CLOCK, limit: 100 });
		rig.ryze.spend(10);
		await rig.requests(5, 1);
		rig.ryze.cutShort();
		await rig.requests(500, 1);
		expect(rig.ryze.served).toBe(505);
		expect(rig.ryze.refused).toBe(0);
		expect(rig.time()).toBeLessThan(5.2 * 60_000);
	});
});

describe('a limit that slides', () => {
	it('lets a request go that cannot wait for the reset', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100, counting: 'sliding counter' });
		await rig.requests(150, 5);
		const next = await rig.clock.run(rig.request({ maxWait: 5000 }));
		expect(next).toMatchObject({ how: 'answered', tries: 1 });
	});

	it('is used to the full also after an hour without requests', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100, counting: 'sliding counter' });
		await rig.requests(300, 5);
		const first = rig.time();
		await rig.clock.run(rig.clock.sleep(3_600_000));
		const begin = rig.time();
		await rig.requests(300, 5);
		expect(rig.time() - begin).toBeLessThan(1.1 * first);
	});
});
