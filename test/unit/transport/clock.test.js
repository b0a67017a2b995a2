const { bounded, clock, waitUntil } = require('../../../build/nodes/Ryze/transport/clock');
const { VirtualClock } = require('../../support/virtualClock');

/** @param {AbortSignal} signal */
const aborted = (signal) =>
	new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));

describe('a wait', () => {
	it('lasts exactly as long as asked for', async () => {
		const time = new VirtualClock();
		const until = time.now() + 60_123;
		await time.run(waitUntil(until, time));
		expect(time.now()).toBe(until);
	});

	it('ends at once when its time has passed', async () => {
		const time = new VirtualClock();
		const now = time.now();
		await time.run(waitUntil(now, time));
		await time.run(waitUntil(now - 1000, time));
		expect(time.now()).toBe(now);
	});

	it('ends within 1 s of a stop', async () => {
		const time = new VirtualClock();
		const begin = time.now();
		const stop = new AbortController();
		void time.sleep(10_100).then(() => stop.abort());
		await time.run(waitUntil(begin + 60_000, time, stop.signal));
		expect(time.now() - begin).toBeGreaterThanOrEqual(10_100);
		expect(time.now() - begin).toBeLessThanOrEqual(11_100);
	});

	it('ends at once when the execution is already stopped', async () => {
		const time = new VirtualClock();
		const begin = time.now();
		await time.run(waitUntil(begin + 60_000, time, AbortSignal.abort()));
		expect(time.now()).toBe(begin);
	});

	it('takes real time with the clock of the node', async () => {
		const begin = Date.now();
		await waitUntil(clock.now() + 30, clock);
		expect(Date.now() - begin).toBeGreaterThanOrEqual(29);
	});
});

describe('the time for a response', () => {
	it('ends by itself, and says that it was not a stop', async () => {
		const bounds = bounded(10, new AbortController().signal);
		expect(bounds.signal.aborted).toBe(false);
		await aborted(bounds.signal);
		expect(bounds.timedOut()).toBe(true);
	});

	it('ends with the execution', () => {
		const stop = new AbortController();
		const bounds = bounded(60_000, stop.signal);
		stop.abort();
		expect(bounds.signal.aborted).toBe(true);
		expect(bounds.timedOut()).toBe(false);
	});

	it('keeps no listener once the response is there', () => {
		const stop = new AbortController();
		const bounds = bounded(60_000, stop.signal);
		bounds.done();
		stop.abort();
		expect(bounds.signal.aborted).toBe(false);
	});
});

describe('the clock', () => {
	afterEach(() => jest.restoreAllMocks());

	it('gives the time in milliseconds since 1970', () => {
		expect(Math.abs(clock.now() - Date.now())).toBeLessThan(5000);
	});

	it.each([-3_600_000, 3_600_000])('does not jump when that of the machine does: %i ms', (jump) => {
		const begin = performance.now();
		const before = clock.now();
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() + jump);
		const passed = clock.now() - before;
		expect(passed).toBeGreaterThanOrEqual(0);
		// Both are sums with a large number, so the last digits may differ.
		expect(passed).toBeLessThan(performance.now() - begin + 1);
	});
});

describe('a loop on the virtual clock of these tests', () => {
	it.each([
		['passes no time', 0],
		['waits in slices', 500],
	])('fails within 100,000 waits where it %s', async (_, pause) => {
		const time = new VirtualClock();
		let waits = 0;
		const loop = async () => {
			for (;;) {
				waits++;
				await time.sleep(pause);
			}
		};
		await expect(time.run(loop())).rejects.toThrow('It hangs: not ended after');
		expect(waits).toBeLessThanOrEqual(100_002);
	});
});
