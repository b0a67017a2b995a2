const { clock } = require('../../../dist/nodes/Ryze/transport/clock');
const { limiterFor, RateLimiter } = require('../../../dist/nodes/Ryze/transport/rateLimiter');
const { VirtualClock } = require('../../support/virtualClock');

const URL = 'https://ryzeapi.cloud';

const real = { ...clock };
const time = new VirtualClock();

beforeAll(() => {
	clock.now = () => time.now();
	clock.sleep = async (milliseconds) => await time.sleep(milliseconds);
});
afterAll(() => Object.assign(clock, real));

/** @param {number} remaining */
const answer = (remaining) => ({
	statusCode: 200,
	headers: {
		'x-ratelimit-remaining': String(remaining),
		'x-ratelimit-reset': String(Math.floor(time.now() / 1000) + 60),
	},
	body: {},
});

/** @param {InstanceType<typeof RateLimiter>} limiter */
async function send(limiter, remaining = 50) {
	const turn = await time.run(limiter.enter(limiter.nextPlace(), Infinity));
	limiter.leave(answer(remaining));
	return turn;
}

let others = 0;

/** Uses so many other tokens, each for one request. */
async function useOthers(count = 300) {
	for (let i = 0; i < count; i++) await send(limiterFor(URL, `other ${others++}`));
}

describe('the limiter of a token', () => {
	it('is shared by all that use this token at this address', () => {
		expect(limiterFor(URL, 'shared')).toBe(limiterFor(URL, 'shared'));
		expect(limiterFor(URL, 'shared')).not.toBe(limiterFor(URL, 'Shared'));
		expect(limiterFor(URL, 'shared')).not.toBe(limiterFor('https://other.example', 'shared'));
	});

	it('does not delay other tokens', async () => {
		const used = limiterFor(URL, 'used up');
		await send(used, 0);
		const before = time.now();
		const waiting = used.enter(used.nextPlace(), Infinity);
		expect(await send(limiterFor(URL, 'fresh'))).toBe('go');
		expect(time.now()).toBe(before);
		expect(await time.run(waiting)).toBe('go');
		expect(time.now()).toBeGreaterThan(before + 59_000);
		used.leave();
	});

	it('is forgotten when many others are used and nobody needs it', async () => {
		const first = limiterFor(URL, 'seldom');
		await send(first);
		await useOthers();
		expect(limiterFor(URL, 'seldom')).not.toBe(first);
	});

	it('is kept while a request is on its way', async () => {
		const busy = limiterFor(URL, 'busy');
		expect(await busy.enter(busy.nextPlace(), Infinity)).toBe('go');
		await useOthers();
		expect(limiterFor(URL, 'busy')).toBe(busy);
		busy.leave(answer(9));
	});

	it('is kept while requests wait', async () => {
		const busy = limiterFor(URL, 'awaited');
		await send(busy, 0);
		const waiting = busy.enter(busy.nextPlace(), Infinity);
		await useOthers();
		expect(limiterFor(URL, 'awaited')).toBe(busy);
		await time.run(waiting);
		busy.leave();
	});

	it('is kept while its limit is used up, and forgotten afterwards', async () => {
		const empty = limiterFor(URL, 'empty');
		await send(empty, 0);
		await useOthers();
		expect(limiterFor(URL, 'empty')).toBe(empty);
		await time.run(time.sleep(62_000));
		await useOthers();
		expect(limiterFor(URL, 'empty')).not.toBe(empty);
	});

	it('is found by a digest: neither many tokens nor their texts stay in memory', async () => {
		const set = jest.spyOn(Map.prototype, 'set');
		try {
			await useOthers(1000);
			expect(set).toHaveBeenCalled();
			const keys = set.mock.calls.map(([key]) => String(key));
			expect(keys.filter((key) => key.includes('other'))).toEqual([]);
			const sizes = set.mock.contexts.map((map) => /** @type {Map<any, any>} */ (map).size);
			expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
		} finally {
			set.mockRestore();
		}
	});
});
