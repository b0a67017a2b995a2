const { clock } = require('../../../../build/nodes/Ryze/transport/clock');
const { limiterFor } = require('../../../../build/nodes/Ryze/transport/rateLimit/rateLimiter');
const { VirtualClock } = require('../../../support/virtualClock');

const URL = 'https://ryzeapi.cloud';

const real = { ...clock };
const time = new VirtualClock();

beforeAll(() => {
	clock.now = () => time.now();
	clock.sleep = async (milliseconds) => await time.sleep(milliseconds);
});
afterAll(() => Object.assign(clock, real));

/** @param {number} remaining @param {number} [seconds] until the window is over */
const answer = (remaining, seconds = 60) => ({
	statusCode: 200,
	headers: {
		'x-ratelimit-remaining': String(remaining),
		'x-ratelimit-reset': String(Math.floor(time.now() / 1000) + seconds),
	},
	body: {},
});

/** @typedef {import('../../../../build/nodes/Ryze/transport/rateLimit/rateLimiter').RateLimiter} RateLimiter */
/** @typedef {import('../../../../build/nodes/Ryze/transport/rateLimit/quota').Permit} Permit */

/** @param {RateLimiter} limiter */
async function enter(limiter) {
	const turn = await limiter.acquire({ ticket: limiter.nextTicket(), expiresAt: Infinity });
	return /** @type {Permit} */ (turn);
}

/** @param {RateLimiter} limiter */
async function send(limiter, remaining = 50) {
	limiter.release(await time.run(enter(limiter)), answer(remaining), true);
}

let others = 0;

/** Uses so many other tokens, each for one request. */
async function useOthers(count = 300) {
	for (let i = 0; i < count; i++) await send(limiterFor(URL, `other ${others++}`));
}

/** Longer than anything that a limiter knows can be true. */
const passTime = async () => await time.run(time.sleep(301_000));

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
		const waiting = enter(used);
		await send(limiterFor(URL, 'fresh'));
		expect(time.now()).toBe(before);
		used.release(await time.run(waiting), undefined, true);
		expect(time.now()).toBeGreaterThan(before + 59_000);
	});

	it('is kept when many others are used, as an execution may hold it', async () => {
		const first = limiterFor(URL, 'between two requests');
		await send(first, 3);
		await useOthers();
		expect(limiterFor(URL, 'between two requests')).toBe(first);
	});

	it('is forgotten when many others are used and nobody needed it for 5 minutes', async () => {
		const first = limiterFor(URL, 'seldom');
		await send(first);
		await passTime();
		await useOthers();
		expect(limiterFor(URL, 'seldom')).not.toBe(first);
	});

	it('is kept when it was used again after a long time', async () => {
		const first = limiterFor(URL, 'used again');
		await send(first);
		await passTime();
		await send(first);
		await useOthers();
		expect(limiterFor(URL, 'used again')).toBe(first);
	});

	it('is forgotten also when its last request was not sent after all', async () => {
		const first = limiterFor(URL, 'not sent');
		first.releaseUnsent(await enter(first));
		await passTime();
		await useOthers();
		expect(limiterFor(URL, 'not sent')).not.toBe(first);
	});

	it('is kept while a request is on its way', async () => {
		const busy = limiterFor(URL, 'busy');
		const pass = await enter(busy);
		await passTime();
		await useOthers();
		expect(limiterFor(URL, 'busy')).toBe(busy);
		busy.release(pass, answer(9), true);
	});

	it('is kept while requests wait', async () => {
		const busy = limiterFor(URL, 'awaited');
		const slow = await enter(busy);
		const waiting = [enter(busy), enter(busy)];
		await useOthers();
		expect(limiterFor(URL, 'awaited')).toBe(busy);
		busy.release(slow, answer(9), true);
		for (const pass of await time.run(Promise.all(waiting))) busy.release(pass, undefined, true);
	});

	it('is kept while a request waits for the longest window that is believed', async () => {
		const busy = limiterFor(URL, 'waiting long');
		busy.release(await enter(busy), answer(0, 300), true);
		const waiting = enter(busy);
		await time.run(time.sleep(300_500));
		await useOthers();
		expect(limiterFor(URL, 'waiting long')).toBe(busy);
		busy.release(await time.run(waiting), answer(9), true);
	});

	it('is found by a digest: no text of a token stays in memory', async () => {
		const set = jest.spyOn(Map.prototype, 'set');
		try {
			await useOthers(1000);
			const keys = set.mock.calls.map(([key]) => String(key));
			expect(keys.length).toBeGreaterThan(0);
			expect(keys.filter((key) => key.includes('other'))).toEqual([]);
		} finally {
			set.mockRestore();
		}
	});

	it('does not stay in memory among many that are out of use', async () => {
		for (let round = 0; round < 10; round++) {
			await passTime();
			await useOthers(99);
		}
		const set = jest.spyOn(Map.prototype, 'set');
		try {
			await passTime();
			await useOthers(1);
			const sizes = set.mock.contexts.map((map) => /** @type {Map<any, any>} */ (map).size);
			expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
		} finally {
			set.mockRestore();
		}
	});
});
