const { startRig } = require('../../../support/limiterRig');

const FAST_RESPONSES = { travel: () => 20, work: () => 60 };
const ROUND_TRIP = 100;

/** @param {number[]} times */
const gaps = (times) => times.slice(1).map((time, index) => time - times[index]);

describe('a Ryze that says nothing of its limit', () => {
	it('holds up nobody: twice as many go after each answer', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 1000, headers: () => ({}) });
		await rig.requests(200, 200);
		expect(rig.sent().filter((at) => at === 0)).toHaveLength(1);
		expect(rig.sent().filter((at) => at === ROUND_TRIP)).toHaveLength(2);
		expect(rig.time()).toBeLessThanOrEqual(8 * ROUND_TRIP);
	});

	it('makes each pause after a 429 longer, up to a minute', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 0, headers: () => ({}) });
		rig.at(400_000, () => (rig.ryze.settings.limit = 100));
		const [ended] = await rig.requests(1, 1);
		const seconds = [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60];
		expect(ended).toMatchObject({ how: 'answered', tries: seconds.length + 1 });
		expect(gaps(rig.sent())).toEqual(seconds.map((pause) => pause * 1000 + ROUND_TRIP));
	});

	it('begins with a short pause again after a success', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 0, headers: () => ({}) });
		rig.at(5000, () => (rig.ryze.settings.limit = 1));
		await rig.requests(2, 1);
		// Refused after 0, 1 and 3 s, then one success, and the pauses from 1 s on until 60 s later.
		expect(gaps(rig.sent()).slice(0, 6)).toEqual([1100, 2100, 4100, 100, 1100, 2100]);
	});

	it('counts requests that were refused together as one refusal', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 8, windowMs: 5000, headers: () => ({}) });
		await rig.requests(40, 40);
		expect(rig.ryze.served).toBe(40);
		expect(rig.time()).toBeLessThan(40_000);
	});
});

describe('a 429', () => {
	it('with a reset waits for it, without growing pauses', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 5, windowMs: 10_000 });
		rig.ryze.spend(5);
		await rig.requests(1, 1);
		expect(rig.sent()).toEqual([0, 11_100]);
	});

	it.each([
		['in the past', '1'],
		['of a moment ago', String(Date.UTC(2026, 0, 1) / 1000 - 5)],
		['absurd', '99999999999'],
		['no number', 'soon'],
		['in milliseconds', String(Date.UTC(2026, 0, 1, 0, 1))],
	])('with a reset %s is tried again after 1, 2 and 4 s', async (_, reset) => {
		const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
		const rig = startRig({ ...FAST_RESPONSES, limit: 0, headers: () => headers });
		rig.at(7000, () => (rig.ryze.settings.limit = 9));
		const [ended] = await rig.requests(1, 1);
		expect(ended).toMatchObject({ how: 'answered', tries: 4 });
		expect(gaps(rig.sent())).toEqual([1100, 2100, 4100]);
	});

	it('with a reset that has a fraction waits for it', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 5, windowMs: 10_000 });
		rig.ryze.settings.headers = (headers) => ({
			...headers,
			'x-ratelimit-reset': `${headers['x-ratelimit-reset']}.5`,
		});
		rig.ryze.spend(5);
		await rig.requests(1, 1);
		expect(rig.sent()).toEqual([0, 11_600]);
	});

	it('with requests remaining slows all down, with growing pauses', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 0, windowMs: 120_000 });
		rig.ryze.settings.headers = (headers) => ({ ...headers, 'x-ratelimit-remaining': '50' });
		rig.at(30_000, () => (rig.ryze.settings.limit = 100));
		await rig.requests(1, 1);
		expect(gaps(rig.sent())).toEqual([1100, 2100, 4100, 8100, 16_100]);
	});

	it('lets the refused request go first when the window is new', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 5, windowMs: 10_000 });
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
		const rig = startRig({ ...FAST_RESPONSES, limit: 50, windowMs: 20_000 });
		rig.at(21_000, () => (rig.ryze.settings.limit = 10));
		await rig.requests(90, 20);
		expect(rig.ryze).toMatchObject({ served: 90, refused: 0 });
		expect(rig.time()).toBeLessThan(5 * 21_000);
	});

	it('is used from the next window on when it rises', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 10, windowMs: 20_000 });
		rig.at(10_000, () => (rig.ryze.settings.limit = 100));
		await rig.requests(100, 20);
		expect(rig.ryze).toMatchObject({ served: 100, refused: 0 });
		expect(rig.time()).toBeLessThan(23_000);
	});

	it('costs at most the rest of the window when that is cut short', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 10, windowMs: 60_000 });
		rig.at(500, rig.ryze.cutShort);
		await rig.requests(20, 4);
		expect(rig.ryze.served).toBe(20);
		expect(rig.time()).toBeLessThan(62_000);
	});
});

describe('a wait for the limit', () => {
	it.each([undefined, new AbortController().signal])('has an end', async (signal) => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 1, windowMs: 60_000 });
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
		const first = rig.request();
		const other = await rig.clock.run(rig.request({ maxWait: 1500 }));
		expect(other.how).toBe('expired');
		expect(other.after).toBeGreaterThanOrEqual(1500);
		expect(other.after).toBeLessThanOrEqual(2500);
		expect(await rig.clock.run(first)).toMatchObject({ how: 'answered' });
	});

	it('is none where no time is left for it, unless there is room', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 1 });
		expect(await rig.clock.run(rig.request({ maxWait: 0 }))).toMatchObject({ how: 'answered' });
		const late = await rig.clock.run(rig.request({ maxWait: 0 }));
		expect(late).toMatchObject({ how: 'expired', tries: 0 });
		expect(late.after).toBeLessThanOrEqual(1100);
	});

	it('ends within 1 s when the execution is stopped, and others take the place', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 1, windowMs: 60_000 });
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
		const rig = startRig(FAST_RESPONSES);
		const late = rig.request({ signal: AbortSignal.abort() });
		expect(await rig.clock.run(late)).toMatchObject({ how: 'stopped', after: 0, tries: 0 });
		expect(rig.sent()).toEqual([]);
	});
});

describe('a connection that is cut', () => {
	it('holds up nobody when it was that of the first', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100 });
		rig.ryze.cuts = 1;
		const ended = await rig.requests(50, 50);
		expect(ended.map(({ how }) => how)).toEqual(['cut', ...Array(49).fill('answered')]);
		expect(rig.time()).toBeLessThanOrEqual(3 * ROUND_TRIP);
	});

	it('holds up nobody when many are', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100 });
		rig.ryze.cuts = 40;
		const ended = await rig.requests(50, 50);
		expect(ended.filter(({ how }) => how === 'cut')).toHaveLength(40);
		expect(rig.time()).toBeLessThanOrEqual(8 * ROUND_TRIP);
	});

	it('is no response that is due, so one goes to find out what was counted', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 10 });
		await rig.requests(1, 1);
		rig.ryze.cuts = 5;
		rig.ryze.spend(4);
		await rig.requests(6, 6);
		// Four remain, and five may be missing in this count.
		const next = await rig.clock.run(rig.request());
		expect(next).toMatchObject({ how: 'answered', waited: 0 });
	});

	it('counts as sent, as Ryze may have counted it', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 10, windowMs: 60_000 });
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
			...FAST_RESPONSES,
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
		const rig = startRig({ ...FAST_RESPONSES, limit: 10, windowMs: 10_000 });
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

describe('slow answers', () => {
	it('to many requests that are on their way when a window ends hold up nobody', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 10, windowMs: 10_000 });
		await rig.requests(1, 1);
		rig.ryze.settings.work = () => 30_000;
		const slow = Array.from({ length: 9 }, () => rig.request());
		await rig.clock.run(rig.clock.sleep(9000));
		rig.ryze.settings.work = () => 60;
		const others = Array.from({ length: 9 }, () => rig.request());
		for (const { how, after } of await rig.clock.run(Promise.all(others))) {
			expect(how).toBe('answered');
			expect(after).toBeLessThan(10_500);
		}
		await rig.clock.run(Promise.all(slow));
		expect(rig.ryze.refused).toBe(0);
	});
});

describe('headers that come only after a while', () => {
	it('hold up nobody for what was answered without them', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 60, headers: () => ({}) });
		await rig.requests(40, 40);
		rig.ryze.settings.headers = (headers) => headers;
		await rig.requests(1, 1);
		const others = Array.from({ length: 10 }, () => rig.request());
		for (const { waited } of await rig.clock.run(Promise.all(others))) expect(waited).toBe(0);
	});
});

describe('a throttle of WhatsApp', () => {
	/** Requests that go at the same time, each time after a pause. */
	const bursts = (/** @type {number[]} */ times) => {
		const starts = times.filter((at, index) => index === 0 || at > times[index - 1] + 900);
		return starts.map((start) => times.filter((at) => at >= start && at <= start + 20).length);
	};

	it('lets one at a time through at first, and keeps what is known of the window', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100 });
		await rig.requests(1, 1);
		// Something is always on its way.
		const text = rig.request({ delay: 30_000 });
		await rig.clock.run(rig.clock.sleep(100));
		rig.ryze.settings.throttled = true;
		rig.at(10_000, () => (rig.ryze.settings.throttled = false));
		const begin = rig.sent().length;
		const others = Array.from({ length: 45 }, () => rig.request());
		await rig.clock.run(Promise.all([text, ...others]));
		const sent = rig.sent().slice(begin);
		// What had gone at once is refused, then one after 1, 2, 4 and 8 s.
		expect(bursts(sent).slice(0, 4)).toEqual([45, 1, 1, 1]);
		const after = sent.filter((at) => at > 10_000);
		const counts = [0, 1, 2, 3, 4].map((trip) => {
			const from = after[0] + trip * ROUND_TRIP;
			return after.filter((at) => at >= from && at < from + ROUND_TRIP).length;
		});
		expect(counts).toEqual([1, 2, 4, 8, 16]);
		// Nor was the window forgotten: it has room for no more, as the last must wait for the next.
		expect(rig.ryze.refused).toBe(45 + 3);
	});

	it('lets one at a time through at first also when a window ends meanwhile', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100, windowMs: 10_000 });
		await rig.requests(1, 1);
		rig.ryze.settings.throttled = true;
		rig.at(12_000, () => (rig.ryze.settings.throttled = false));
		await rig.requests(40, 40);
		const after = rig.sent().filter((at) => at > 12_000);
		expect(after.filter((at) => at === after[0])).toHaveLength(1);
		expect(after.filter((at) => at === after[0] + ROUND_TRIP)).toHaveLength(2);
	});

	it('leaves it at one request after each later window', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 50, windowMs: 20_000, throttled: true });
		rig.at(500, () => (rig.ryze.settings.throttled = false));
		await rig.requests(180, 180);
		const windows = bursts(rig.sent()).slice(2);
		expect(windows.length).toBeGreaterThanOrEqual(3);
		expect(new Set(windows)).toEqual(new Set([1]));
		expect(rig.ryze.refused).toBe(1);
		// After the response to the first, all the others of its window.
		const last = rig.sent().filter((at) => at > 60_000);
		expect(last.filter((at) => at === last[0] + ROUND_TRIP)).toHaveLength(last.length - 1);
	});

	it('makes the pauses grow only for requests that are repeated', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100, throttled: true });
		for (let i = 0; i < 20; i++) await rig.clock.run(rig.request({ again: false }));
		expect(gaps(rig.sent())).toEqual(Array(19).fill(1000 + ROUND_TRIP));
	});

	it('is over with the first request that gets through', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100, throttled: true });
		rig.at(6000, () => (rig.ryze.settings.throttled = false));
		await rig.requests(2, 1);
		rig.ryze.settings.throttled = true;
		const begin = rig.sent().length;
		rig.at(rig.time() + 5000, () => (rig.ryze.settings.throttled = false));
		await rig.requests(1, 1);
		expect(gaps(rig.sent().slice(begin))).toEqual([1100, 2100, 4100]);
	});

	it('is not over with an answer to a request that was sent before it', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100 });
		await rig.requests(1, 1);
		const slow = rig.request({ delay: 5000 });
		await rig.clock.run(rig.clock.sleep(100));
		rig.ryze.settings.throttled = true;
		const begin = rig.sent().length;
		rig.at(12_000, () => (rig.ryze.settings.throttled = false));
		await rig.requests(1, 1);
		expect(gaps(rig.sent().slice(begin))).toEqual([1100, 2100, 4100, 8100]);
		expect((await slow).how).toBe('answered');
	});

	it('counts refusals that come late as part of the first', async () => {
		const works = [60, 60, 3000, 3000, 3000];
		const rig = startRig({ ...FAST_RESPONSES, work: () => works.shift() ?? 60, limit: 100 });
		await rig.requests(1, 1);
		rig.ryze.settings.throttled = true;
		rig.at(1000, () => (rig.ryze.settings.throttled = false));
		await rig.requests(4, 4);
		// The first is repeated after 1 s; the others when they come back.
		expect(rig.time()).toBeLessThan(5000);
	});
});

describe('Retry-After', () => {
	it('is kept, and holds back all', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100, throttled: true });
		rig.ryze.settings.headers = (headers) => ({ ...headers, 'retry-after': '30' });
		rig.at(1000, () => (rig.ryze.settings.throttled = false));
		const other = rig.clock.sleep(500).then(async () => await rig.request());
		await rig.requests(1, 1);
		await rig.clock.run(other);
		expect(rig.sent().slice(0, 2)).toEqual([0, 30_000 + ROUND_TRIP]);
	});
});

describe('an unusable reset', () => {
	it.each([
		['in milliseconds', (/** @type {string} */ reset) => `${reset}000`],
		['as a date', (/** @type {string} */ reset) => new Date(Number(reset) * 1000).toISOString()],
		['relative', () => '30'],
		['missing', () => ''],
	])('%s leaves the number of remaining requests in force', async (_, told) => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 100 });
		rig.ryze.settings.headers = (headers) => ({
			...headers,
			'x-ratelimit-reset': told(headers['x-ratelimit-reset']),
		});
		await rig.requests(450, 450);
		expect(rig.ryze).toMatchObject({ served: 450, refused: 0 });
		expect(rig.time()).toBeLessThan(245_000);
	});

	it('leaves the begin of a window in force, however late the last answer of it comes', async () => {
		const rig = startRig({ ...FAST_RESPONSES, limit: 5 });
		rig.ryze.settings.headers = (headers) => ({ ...headers, 'x-ratelimit-reset': '' });
		for (let i = 0; i < 5; i++) {
			await rig.requests(1, 1);
			await rig.clock.run(rig.clock.sleep(9000));
		}
		await rig.requests(1, 1);
		expect(rig.ryze.refused).toBe(0);
		expect(rig.time()).toBeLessThan(62_000);
	});

	it('that differs by a second from answer to answer is one window', async () => {
		let answers = 0;
		const rig = startRig({ ...FAST_RESPONSES, limit: 50, windowMs: 20_000 });
		rig.ryze.settings.headers = (headers) => ({
			...headers,
			'x-ratelimit-reset': String(Number(headers['x-ratelimit-reset']) + (answers++ % 2)),
		});
		await rig.requests(200, 20);
		expect(rig.ryze.refused).toBeLessThanOrEqual(1);
		expect(rig.time()).toBeLessThan(66_000);
	});
});

/** @param {number} count of waiters that end together @returns {Promise<number>} milliseconds of processor time */
async function endTogether(count) {
	const rig = startRig({ ...FAST_RESPONSES, limit: 1 });
	await rig.requests(1, 1);
	const stop = new AbortController();
	const begin = process.cpuUsage();
	const all = Array.from({ length: count }, (_, index) =>
		rig.request(index % 2 ? { signal: stop.signal } : { maxWait: 30_000 }),
	);
	stop.abort();
	const ended = await rig.clock.run(Promise.all(all));
	expect(ended.filter(({ how }) => how === 'stopped')).toHaveLength(count / 2);
	expect(ended.filter(({ how }) => how === 'expired')).toHaveLength(count / 2);
	return process.cpuUsage(begin).user / 1000;
}

describe('20,000 waiters', () => {
	it('end together when they are stopped, or when their time is over', async () => {
		await endTogether(5000);
		const few = await endTogether(5000);
		// About four times as long; sixteen times when each is looked for in the queue.
		expect((await endTogether(20_000)) / few).toBeLessThan(10);
	});
});
