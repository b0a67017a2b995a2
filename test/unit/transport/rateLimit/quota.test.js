const { Quota } = require('../../../../build/nodes/Ryze/transport/rateLimit/quota');
const { startRig } = require('../../../support/limiterRig');

const NOON = Date.UTC(2026, 0, 1, 12);

/** @param {number} remaining @param {number} [statusCode] */
const response = (remaining, statusCode = 200) => ({
	statusCode,
	headers: {
		date: new Date(NOON).toUTCString(),
		'x-ratelimit-limit': '100',
		'x-ratelimit-remaining': String(remaining),
		'x-ratelimit-reset': String(NOON / 1000 + 60),
	},
	body: {},
});

describe('the quota', () => {
	it('is not changed by a question, also when a window or a pause is over', () => {
		const quota = new Quota();
		quota.end(quota.send(NOON, false), NOON + 10, response(99), true);
		quota.end(quota.send(NOON + 20, false), NOON + 30, response(50, 429), true);
		const before = JSON.stringify(quota);
		for (const later of [0, 500, 2000, 59_000, 62_000, 600_000]) {
			for (const isDelayed of [true, false]) quota.maySend(NOON + later, isDelayed);
			quota.opensAt();
		}
		expect(JSON.stringify(quota)).toBe(before);
		expect(quota.maySend(NOON + 62_000, false)).toBe(true);
	});
});

describe('a Retry-After', () => {
	it('is not cut short by a refusal that comes after it', () => {
		const quota = new Quota();
		const permits = [1, 2].map(() => quota.send(NOON, true));
		const headers = { 'retry-after': '30' };
		quota.end(permits[0], NOON + 10, { statusCode: 503, headers, body: {} }, true);
		quota.end(permits[1], NOON + 20, { statusCode: 429, headers: {}, body: {} }, true);
		expect(quota.maySend(NOON + 29_000, false)).toBe(false);
		expect(quota.maySend(NOON + 30_010, false)).toBe(true);
	});
});

describe('a request that was not sent after all', () => {
	it('takes no room of a window', async () => {
		const rig = startRig({ limit: 10 });
		await rig.requests(1, 1);
		const permits = await Promise.all(Array.from({ length: 9 }, () => acquire(rig)));
		for (const permit of permits) rig.limiter.releaseUnsent(permit);
		const ended = await rig.requests(9, 9);
		expect(ended.map(({ waited }) => waited)).toEqual(Array(9).fill(0));
		expect(rig.ryze.refused).toBe(0);
	});

	it.each([0, 60_000])('lets the next one start at once, with a delay of %i ms', async (delay) => {
		const rig = startRig({ limit: 10 });
		const permit = await acquire(rig, delay);
		const next = rig.request({ delay });
		rig.limiter.releaseUnsent(permit);
		expect((await rig.clock.run(next)).waited).toBe(0);
	});
});

/** @param {ReturnType<typeof startRig>} rig */
async function acquire({ limiter }, delay = 0) {
	const ticket = limiter.nextTicket();
	const permit = await limiter.acquire({ ticket, expiresAt: Infinity, delay });
	if (typeof permit === 'string') throw new Error(permit);
	return permit;
}
