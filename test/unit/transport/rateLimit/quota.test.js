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

/** Of windows by the clock. @param {number} at @param {number} remaining @param {number} [statusCode] */
const responseAt = (at, remaining, statusCode = 200) => {
	const minute = Math.floor((at - NOON) / 60_000) * 60_000;
	const { headers } = response(remaining, statusCode);
	const date = new Date(at).toUTCString();
	const reset = String((NOON + minute) / 1000 + 60);
	return { statusCode, headers: { ...headers, date, 'x-ratelimit-reset': reset }, body: {} };
};

/** A 429 that says nothing of a window. */
const REFUSAL = { statusCode: 429, headers: {}, body: {} };

/**
 * Sends a request that is answered 10 ms later.
 *
 * @param {Quota} quota @param {number} at @param {import('../../../../build/nodes/Ryze/errors/response').RyzeResponse} [answer]
 */
const sendAt = (quota, at, answer) => quota.end(quota.send(at, false), at + 10, answer, true);

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

describe('the moment before which none may go', () => {
	it('is the end of a window that is used up, and none while it has room', () => {
		const quota = new Quota();
		sendAt(quota, NOON, response(50));
		expect(quota.opensAt()).toBeLessThanOrEqual(NOON + 10);
		sendAt(quota, NOON + 20, response(0));
		expect(quota.opensAt()).toBe(NOON + 61_010);
	});

	it('is the end of a pause', () => {
		const quota = new Quota();
		sendAt(quota, NOON, REFUSAL);
		expect(quota.opensAt()).toBe(NOON + 1010);
		expect(quota.maySend(NOON + 1009, false)).toBe(false);
		expect(quota.maySend(NOON + 1010, false)).toBe(true);
	});
});

describe('a pause', () => {
	it('grows also when a connection was cut between two refusals', () => {
		const quota = new Quota();
		sendAt(quota, NOON, REFUSAL);
		sendAt(quota, NOON + 2000);
		sendAt(quota, NOON + 3000, REFUSAL);
		expect(quota.opensAt()).toBe(NOON + 3010 + 2000);
	});

	it('is no shorter after a refusal that is not retried', () => {
		const quota = new Quota();
		sendAt(quota, NOON, REFUSAL);
		sendAt(quota, NOON + 2000, REFUSAL);
		quota.end(quota.send(NOON + 9000, false), NOON + 9010, REFUSAL, false);
		expect(quota.opensAt()).toBe(NOON + 9010 + 4000);
		sendAt(quota, NOON + 20_000, REFUSAL);
		expect(quota.opensAt()).toBe(NOON + 20_010 + 4000);
	});
});

describe('a Retry-After', () => {
	it('of a refusal that the window explains is kept beyond the end of the window', () => {
		const quota = new Quota();
		const refused = response(0, 429);
		sendAt(quota, NOON, { ...refused, headers: { ...refused.headers, 'retry-after': '90' } });
		expect(quota.maySend(NOON + 90_009, false)).toBe(false);
		expect(quota.maySend(NOON + 90_010, false)).toBe(true);
	});

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

describe('what a count may not include', () => {
	it('takes room also of those who find out what is counted', () => {
		const quota = new Quota();
		for (let i = 0; i < 5; i++) quota.send(NOON, true);
		sendAt(quota, NOON, response(5));
		expect(quota.maySend(NOON + 20, false)).toBe(false);
	});

	it('is found out by one delayed request at a time', () => {
		const quota = new Quota();
		sendAt(quota, NOON, response(99));
		sendAt(quota, NOON + 5000, response(8));
		let sent = 0;
		for (; sent < 50 && quota.maySend(NOON + 10_000, true); sent++) quota.send(NOON + 10_000, true);
		expect(sent).toBe(8);
	});

	it('is not that of a window that has ended', () => {
		const quota = new Quota();
		sendAt(quota, NOON, responseAt(NOON, 99));
		const late = quota.send(NOON + 59_900, false);
		const first = quota.send(NOON + 61_010, false);
		// Its date is cut off, so it may be from before the end.
		quota.end(late, NOON + 61_050, responseAt(NOON + 59_999, 0), true);
		quota.end(first, NOON + 61_100, responseAt(NOON + 61_020, 99), true);
		expect(quota.maySend(NOON + 61_110, false)).toBe(true);
	});
});

describe('a ramp-up', () => {
	/** After a window with that limit; the only request since then was cut off. */
	function afterWindow(limit = '100') {
		const quota = new Quota();
		const late = quota.send(NOON, false);
		const { headers, ...first } = response(0);
		sendAt(quota, NOON, { ...first, headers: { ...headers, 'x-ratelimit-limit': limit } });
		sendAt(quota, NOON + 62_000);
		return { quota, late, now: NOON + 62_010 };
	}

	it('is not misled by a late response from before the window', () => {
		const { quota, late, now } = afterWindow();
		const { headers, ...rest } = response(90);
		const date = new Date(now).toUTCString();
		quota.end(late, now, { ...rest, headers: { ...headers, date } }, true);
		for (let i = 0; i < 2; i++) quota.send(now, false);
		expect(quota.maySend(now, false)).toBe(false);
	});

	it('goes no further than the limit with requests of both kinds', () => {
		const quota = new Quota();
		let sent = 0;
		for (let now = NOON; now <= NOON + 20_000; now += 500) {
			for (const isDelayed of [false, true]) {
				for (; quota.maySend(now, isDelayed); sent++) quota.send(now, isDelayed);
			}
		}
		expect(sent).toBe(100);
	});

	it('does not double for requests that have ended', () => {
		const quota = new Quota();
		sendAt(quota, NOON, response(99));
		sendAt(quota, NOON + 20, REFUSAL);
		sendAt(quota, NOON + 1100, { statusCode: 500, headers: {}, body: {} });
		let sent = 0;
		for (; sent < 50 && quota.maySend(NOON + 13_000, false); sent++)
			quota.send(NOON + 13_000, false);
		expect(sent).toBe(2);
	});

	it('goes no further than the limit that is known', () => {
		const { quota, now } = afterWindow('3');
		for (let i = 0; i < 3; i++) quota.send(now, true);
		expect(quota.maySend(now + 10_000, true)).toBe(false);
	});
});

describe('a window by the clock', () => {
	it('has no margin once a first response has shown it, whoever begins the next', () => {
		const quota = new Quota();
		sendAt(quota, NOON + 17_000, responseAt(NOON + 17_000, 99));
		sendAt(quota, NOON + 62_000, responseAt(NOON + 62_000, 0));
		expect(quota.opensAt()).toBe(NOON + 120_010);
	});
});

describe('a window that begins short', () => {
	/** The first window was used, and nothing is left of the second. */
	function shortWindow() {
		const quota = new Quota();
		sendAt(quota, NOON, responseAt(NOON, 50));
		for (let left = 49; left >= 0; left--) sendAt(quota, NOON + 20, responseAt(NOON + 20, left));
		sendAt(quota, NOON + 62_000, responseAt(NOON + 62_000, 0));
		return { quota, now: NOON + 62_010 };
	}

	it('is probed when two should have become free', () => {
		const { quota, now } = shortWindow();
		expect(quota.opensAt()).toBe(now + 1200);
		expect(quota.maySend(now + 1199, false)).toBe(false);
		expect(quota.maySend(now + 1200, false)).toBe(true);
	});

	it('is not probed where we used little of the window before', () => {
		const quota = new Quota();
		sendAt(quota, NOON, responseAt(NOON, 50));
		for (let i = 0; i < 9; i++) sendAt(quota, NOON + 20, responseAt(NOON + 20, 0));
		sendAt(quota, NOON + 62_000, responseAt(NOON + 62_000, 0));
		expect(quota.opensAt()).toBeGreaterThan(NOON + 119_000);
	});

	it('is probed half as often after each refused probe, and no more after three', () => {
		const { quota, now } = shortWindow();
		let at = now;
		for (const pause of [1200, 2400, 4800]) {
			expect(quota.opensAt()).toBe(at + pause);
			sendAt(quota, at + pause, responseAt(at + pause, 0, 429));
			at += pause + 10;
		}
		expect(quota.opensAt()).toBeGreaterThan(NOON + 119_000);
	});

	it('leaves one place to others once the limit is known to slide', () => {
		const { quota, now } = shortWindow();
		sendAt(quota, now + 1200, responseAt(now + 1200, 1));
		const next = NOON + 122_000;
		for (let left = 99; left >= 1; left--) sendAt(quota, next, responseAt(next, left));
		expect(quota.maySend(next + 20, false)).toBe(false);
		expect(quota.opensAt()).toBeGreaterThan(next + 20);
	});

	it('is not known to slide because Remaining rises just before the reset', () => {
		const { quota } = shortWindow();
		sendAt(quota, NOON + 119_000, responseAt(NOON + 119_000, 50));
		const next = NOON + 122_000;
		for (let left = 99; left >= 1; left--) sendAt(quota, next, responseAt(next, left));
		expect(quota.maySend(next + 20, false)).toBe(true);
	});

	it('counts refused probes anew after one that was served', () => {
		const { quota, now } = shortWindow();
		let at = now;
		for (const statusCode of [429, 429, 200, 429, 429]) {
			at = quota.opensAt();
			sendAt(quota, at, responseAt(at, 0, statusCode));
			at += 10;
		}
		expect(quota.opensAt()).toBe(at + 4800);
	});

	it('is probed in spite of the Retry-After of an explained refusal, not of any other', () => {
		const { quota, now } = shortWindow();
		const refused = responseAt(now + 1200, 0, 429);
		const headers = { ...refused.headers, 'retry-after': '40' };
		sendAt(quota, now + 1200, { ...refused, headers });
		expect(quota.opensAt()).toBe(now + 1210 + 2400);
		const throttled = { statusCode: 429, headers: { 'retry-after': '40' }, body: {} };
		sendAt(quota, now + 3610, throttled);
		expect(quota.opensAt()).toBe(now + 3620 + 40_000);
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
