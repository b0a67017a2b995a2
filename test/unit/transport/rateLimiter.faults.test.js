const { startRig } = require('../../support/limiterRig');

const QUICK = { travel: () => 20, work: () => 60 };
const ROUND_TRIP = 100;

/** @param {number[]} times */
const gaps = (times) => times.slice(1).map((time, index) => time - times[index]);

describe('a Ryze that says nothing of its limit', () => {
	it('holds up nobody: twice as many go after each answer', async () => {
		const rig = startRig({ ...QUICK, limit: 1000, headers: () => ({}) });
		await rig.requests(200, 200);
		expect(rig.sent().filter((at) => at === 0)).toHaveLength(1);
		expect(rig.sent().filter((at) => at === ROUND_TRIP)).toHaveLength(2);
		expect(rig.time()).toBeLessThanOrEqual(6 * ROUND_TRIP);
	});

	it('makes each pause after a 429 longer, up to a minute', async () => {
		const rig = startRig({ ...QUICK, limit: 0, headers: () => ({}) });
		rig.at(400_000, () => (rig.ryze.settings.limit = 100));
		const [ended] = await rig.requests(1, 1);
		const seconds = [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60];
		expect(ended).toMatchObject({ how: 'answered', tries: seconds.length + 1 });
		expect(gaps(rig.sent())).toEqual(seconds.map((pause) => pause * 1000 + ROUND_TRIP));
	});

	it('begins with a short pause again after a success', async () => {
		const rig = startRig({ ...QUICK, limit: 0, headers: () => ({}) });
		rig.at(5000, () => (rig.ryze.settings.limit = 1));
		await rig.requests(2, 1);
		// Refused after 0, 1 and 3 s, then one success, and the pauses from 1 s on until 60 s later.
		expect(gaps(rig.sent()).slice(0, 6)).toEqual([1100, 2100, 4100, 100, 1100, 2100]);
	});

	it('counts requests that were refused together as one refusal', async () => {
		const rig = startRig({ ...QUICK, limit: 8, windowMs: 5000, headers: () => ({}) });
		await rig.requests(40, 40);
		expect(rig.ryze.served).toBe(40);
		expect(rig.time()).toBeLessThan(40_000);
	});
});

describe('a 429', () => {
	it('with a reset waits for it, without growing pauses', async () => {
		const rig = startRig({ ...QUICK, limit: 5, windowMs: 10_000 });
		rig.ryze.spend(5);
		await rig.requests(1, 1);
		expect(rig.sent()).toEqual([0, 11_100]);
	});

	it.each([
		['in the past', '1'],
		['absurd', '99999999999'],
		['no number', 'soon'],
		['in milliseconds', String(Date.UTC(2026, 0, 1, 0, 1))],
	])('with a reset %s is tried again after 1, 2 and 4 s', async (_, reset) => {
		const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
		const rig = startRig({ ...QUICK, limit: 0, headers: () => headers });
		rig.at(7000, () => (rig.ryze.settings.limit = 9));
		const [ended] = await rig.requests(1, 1);
		expect(ended).toMatchObject({ how: 'answered', tries: 4 });
		expect(gaps(rig.sent())).toEqual([1100, 2100, 4100]);
	});

	it('with a reset that has a fraction waits for it', async () => {
		const rig = startRig({ ...QUICK, limit: 5, windowMs: 10_000 });
		rig.ryze.settings.headers = (headers) => ({
			...headers,
			'x-ratelimit-reset': `${headers['x-ratelimit-reset']}.5`,
		});
		rig.ryze.spend(5);
		await rig.requests(1, 1);
		expect(rig.sent()).toEqual([0, 11_600]);
	});

	it('with requests remaining slows all down, with growing pauses', async () => {
		const rig = startRig({ ...QUICK, limit: 0, windowMs: 120_000 });
		rig.ryze.settings.headers = (headers) => ({ ...headers, 'x-ratelimit-remaining': '50' });
		rig.at(30_000, () => (rig.ryze.settings.limit = 100));
		await rig.requests(1, 1);
		expect(gaps(rig.sent())).toEqual([1100, 2100, 4100, 8100, 16_100]);
	});

	it('lets the refused request go first when the window is new', async () => {
		const rig = startRig({ ...QUICK, limit: 5, windowMs: 10_000 });
		await rig.requests(1, 1);
		rig.ryze.spend(3);
		const ended = await rig.requests(6, 6);
		// Of the four that went, one was served; the other five of six had to wait.
		expect(ended.map(({ tries }) => tries)).toEqual([1, 2, 2, 2, 1, 1]);
		expect(rig.overtaken()).toBe(0);
		expect(rig.time()).toBeLessThan(24_000);
	});
});

describe('a limit that changes', () => {
	it('is kept to when it falls in mid-run', async () => {
		const rig = startRig({ ...QUICK, limit: 50, windowMs: 20_000 });
		rig.at(21_000, () => (rig.ryze.settings.limit = 10));
		await rig.requests(90, 20);
		expect(rig.ryze).toMatchObject({ served: 90, refused: 0 });
		expect(rig.time()).toBeLessThan(5 * 21_000);
	});

	it('is used from the next window on when it rises', async () => {
		const rig = startRig({ ...QUICK, limit: 10, windowMs: 20_000 });
		rig.at(10_000, () => (rig.ryze.settings.limit = 100));
		await rig.requests(100, 20);
		expect(rig.ryze).toMatchObject({ served: 100, refused: 0 });
		expect(rig.time()).toBeLessThan(23_000);
	});

	it('costs at most the rest of the window when that is cut short', async () => {
		const rig = startRig({ ...QUICK, limit: 10, windowMs: 60_000 });
		rig.at(500, rig.ryze.cutShort);
		await rig.requests(20, 4);
		expect(rig.ryze.served).toBe(20);
		expect(rig.time()).toBeLessThan(62_000);
	});
});

describe('a wait for the limit', () => {
	it.each([undefined, new AbortController().signal])('has an end', async (signal) => {
		const rig = startRig({ ...QUICK, limit: 1, windowMs: 60_000 });
		await rig.requests(1, 1);
		const late = rig.request({ maxWait: 30_000, signal });
		expect(await rig.clock.run(late)).toMatchObject({ how: 'expired', tries: 0 });
		// The reset is known to be later than that, so there is nothing to wait for.
		expect(rig.time()).toBeLessThanOrEqual(1100);
		const patient = rig.request({ maxWait: 70_000 });
		expect(await rig.clock.run(patient)).toMatchObject({ how: 'answered', tries: 1 });
	});

	it('ends within 1 s of its end while others are on their way', async () => {
		const rig = startRig({ travel: () => 0, work: () => 20_000 });
		const probe = rig.request();
		const other = await rig.clock.run(rig.request({ maxWait: 1500 }));
		expect(other.how).toBe('expired');
		expect(other.after).toBeGreaterThanOrEqual(1500);
		expect(other.after).toBeLessThanOrEqual(2500);
		expect(await rig.clock.run(probe)).toMatchObject({ how: 'answered' });
	});

	it('is none where no time is left for it, unless there is room', async () => {
		const rig = startRig({ ...QUICK, limit: 1 });
		expect(await rig.clock.run(rig.request({ maxWait: 0 }))).toMatchObject({ how: 'answered' });
		const late = await rig.clock.run(rig.request({ maxWait: 0 }));
		expect(late).toMatchObject({ how: 'expired', tries: 0 });
		expect(late.after).toBeLessThanOrEqual(1100);
	});

	it('ends within 1 s when the execution is stopped, and others take the place', async () => {
		const rig = startRig({ ...QUICK, limit: 1, windowMs: 60_000 });
		const stop = new AbortController();
		rig.at(20_300, () => stop.abort());
		await rig.requests(1, 1);
		const stopped = [rig.request({ signal: stop.signal }), rig.request({ signal: stop.signal })];
		const next = rig.request();
		for (const { how, after, tries } of await rig.clock.run(Promise.all(stopped))) {
			expect({ how, tries }).toEqual({ how: 'stopped', tries: 0 });
			expect(after).toBeGreaterThanOrEqual(20_300);
			expect(after).toBeLessThanOrEqual(21_300);
		}
		expect((await rig.clock.run(next)).after).toBeLessThan(62_000);
		expect(rig.ryze).toMatchObject({ served: 2, refused: 0 });
	});

	it('is none in an execution that was stopped before', async () => {
		const rig = startRig(QUICK);
		const late = rig.request({ signal: AbortSignal.abort() });
		expect(await rig.clock.run(late)).toMatchObject({ how: 'stopped', after: 0, tries: 0 });
		expect(rig.sent()).toEqual([]);
	});
});

describe('a connection that is cut', () => {
	it('holds up nobody when it was that of the probe', async () => {
		const rig = startRig({ ...QUICK, limit: 100 });
		rig.ryze.cuts = 1;
		const ended = await rig.requests(50, 50);
		expect(ended.map(({ how }) => how)).toEqual(['cut', ...Array(49).fill('answered')]);
		expect(rig.time()).toBeLessThanOrEqual(3 * ROUND_TRIP);
	});

	it('holds up nobody when many are', async () => {
		const rig = startRig({ ...QUICK, limit: 100 });
		rig.ryze.cuts = 40;
		const ended = await rig.requests(50, 50);
		expect(ended.filter(({ how }) => how === 'cut')).toHaveLength(40);
		expect(rig.time()).toBeLessThanOrEqual(8 * ROUND_TRIP);
	});

	it('counts as sent, as Ryze may have counted it', async () => {
		const rig = startRig({ ...QUICK, limit: 10, windowMs: 60_000 });
		await rig.requests(1, 1);
		rig.ryze.cuts = 3;
		rig.ryze.spend(3);
		await rig.requests(10, 10);
		expect(rig.ryze.refused).toBe(0);
	});
});

describe('a refusal although the limit has room', () => {
	it('lets one go first again after each pause, as WhatsApp may still refuse', async () => {
		const rig = startRig({
			...QUICK,
			limit: 0,
			windowMs: 120_000,
			headers: (headers) => ({ ...headers, 'x-ratelimit-remaining': '80' }),
		});
		rig.at(30_000, () => {
			rig.ryze.settings.limit = 1000;
		});
		const ended = await rig.requests(150, 150);
		expect(ended.map(({ how }) => how)).toEqual(Array(150).fill('answered'));
		// After 1, 2, 4, 8 and 16 s.
		expect(rig.ryze.refused).toBeLessThanOrEqual(6);
	});
});

describe('a slow answer', () => {
	it('that is on its way when a window ends holds up nobody', async () => {
		const rig = startRig({ ...QUICK, limit: 10, windowMs: 10_000 });
		await rig.requests(9, 9);
		rig.ryze.settings.work = () => 30_000;
		const slow = rig.request();
		await rig.clock.run(rig.clock.sleep(100));
		rig.ryze.settings.work = () => 50;
		const others = await rig.clock.run(Promise.all([1, 2, 3, 4, 5].map(() => rig.request())));
		for (const { how, after } of others) {
			expect(how).toBe('answered');
			expect(after).toBeLessThan(12_000);
		}
		expect(await rig.clock.run(slow)).toMatchObject({ how: 'answered' });
	});
});
