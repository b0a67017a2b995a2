const { keepPauses, seeds, skipPauses, startHarness } = require('../support/engine');

/** @typedef {import('../../sandbox/ryze/types').FaultFunction} FaultFunction */

/** @type {Awaited<ReturnType<typeof startHarness>>} */
let harness;

// A sandbox at an address of its own for each test, as the limiter of a token outlives executions.
beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => {
	keepPauses();
	await harness.ryze.stop();
});

const idsOf = (/** @type {number} */ count) =>
	Array.from({ length: count }, (_, index) => `3EB0MANY${index}`);

/**
 * @param {string[]} ids
 * @param {Record<string, unknown>} [options] of the node
 */
function jobOf(ids, options = {}) {
	harness.ryze.addMessages('demo', new Set(ids));
	return {
		items: ids.map((id) => ({ json: { id } })),
		parameters: { messageId: '={{ $json.id }}', options },
		goOn: true,
	};
}

/**
 * Every item ends exactly once: pinned with its own id, or failed with a reason; in order.
 *
 * @param {string[]} ids
 * @param {Awaited<ReturnType<typeof harness.run>>} result
 * @returns {string[]} how each ended: 'pinned' or the reason
 */
function endsOf(ids, { success, failed, error }) {
	expect(error).toBeUndefined();
	const indexes = [success, failed].map((items) =>
		items.map(({ pairedItem }) => /** @type {{ item: number }} */ (pairedItem).item),
	);
	for (const list of indexes) expect(list).toEqual([...list].sort((a, b) => a - b));
	expect(indexes.flat().sort((a, b) => a - b)).toEqual(ids.map((_, index) => index));

	/** @type {string[]} */
	const ends = [];
	for (const [at, { json }] of success.entries()) {
		expect(json).toMatchObject({ success: true, pinned: true, message_id: ids[indexes[0][at]] });
		ends[indexes[0][at]] = 'pinned';
	}
	for (const [at, { json }] of failed.entries()) {
		ends[indexes[1][at]] = /** @type {any} */ (json).error.reason;
	}
	return ends;
}

const refusals = () => harness.ryze.requests.filter(({ refused }) => refused).length;

const allPinned = (/** @type {string[]} */ ids) => ids.map(() => 'pinned');

describe('the rate limit', () => {
	it.each([1, 20])('is kept with %d at once, and nothing is refused', async (requestsAtOnce) => {
		harness.ryze.configure({ limit: 7, windowMs: 1500 });
		const ids = idsOf(20);
		const result = await harness.run(jobOf(ids, { requestsAtOnce }));
		expect(endsOf(ids, result)).toEqual(allPinned(ids));
		expect(refusals()).toBe(0);
		expect(result.hints).toEqual([
			expect.objectContaining({ message: expect.stringMatching(/^Waited \d+ s \(\d+×\) for/) }),
		]);
	});

	it('is shared by two executions, in order of arrival', async () => {
		harness.ryze.configure({ limit: 7, windowMs: 1500 });
		const ids = idsOf(10);
		const results = await Promise.all([harness.run(jobOf(ids)), harness.run(jobOf(ids))]);
		for (const result of results) expect(endsOf(ids, result)).toEqual(allPinned(ids));
		expect(refusals()).toBe(0);
	});

	it('of one token does not hold up another', async () => {
		harness.ryze.configure({ limit: 2, windowMs: 10_000 });
		harness.ryze.spend('demo', 2);
		const busy = harness.start(jobOf(idsOf(3)));
		const credential = { ...harness.credential, token: seeds.accountToken };
		const started = Date.now();
		const other = await harness.run({ ...jobOf(idsOf(2)), credential });
		expect(endsOf(idsOf(2), other)).toEqual(['pinned', 'pinned']);
		expect(Date.now() - started).toBeLessThan(3000);
		busy.stop();
		await busy.result;
	});

	it('may change in mid-run', async () => {
		harness.ryze.configure({ limit: 10, windowMs: 1500 });
		harness.ryze.setFault(({ index }) => {
			if (index === 4) harness.ryze.configure({ limit: 5 });
			return undefined;
		});
		const ids = idsOf(14);
		expect(endsOf(ids, await harness.run(jobOf(ids)))).toEqual(allPinned(ids));
	});

	it('may be used up by another program', async () => {
		harness.ryze.configure({ limit: 8, windowMs: 1500 });
		harness.ryze.setFault(({ index }) => {
			if (index === 3) harness.ryze.spend('demo', 5);
			return undefined;
		});
		const ids = idsOf(10);
		expect(endsOf(ids, await harness.run(jobOf(ids, { requestsAtOnce: 4 })))).toEqual(
			allPinned(ids),
		);
	});
});

describe('a refusal', () => {
	const inSeconds = (/** @type {number} */ seconds) => (/** @type {number} */ resetAt) =>
		String(Math.floor(resetAt / 1000) + seconds);

	/** @type {Array<[string, ((resetAt: number) => string | undefined) | undefined]>} */
	const resets = [
		['as documented', undefined],
		['missing', () => undefined],
		['long past', inSeconds(-100_000)],
		['absurdly far', inSeconds(100_000_000)],
		['in milliseconds', (resetAt) => String(resetAt)],
		['with a fraction', (resetAt) => String(resetAt / 1000)],
		['no number', () => 'soon'],
	];
	it.each(resets)('with a reset that is %s ends with all pinned', async (_name, resetHeader) => {
		harness.ryze.configure({ limit: 4, windowMs: 1200, resetHeader });
		const ids = idsOf(9);
		const result = await harness.run(jobOf(ids, { requestsAtOnce: 3 }));
		expect(endsOf(ids, result)).toEqual(allPinned(ids));
		// However little is known, it does not hammer.
		expect(refusals()).toBeLessThan(8);
	});
});

describe('faults on the way', () => {
	/** @type {Array<[string, import('../../sandbox/ryze/types').Fault, string]>} */
	const faults = [
		['a connection cut before the request is read', { reset: 'before' }, 'pinned'],
		['a connection cut after it is done', { reset: 'after' }, 'pinned'],
		['a gateway that is away', { status: 502, body: '<html>Bad gateway</html>' }, 'pinned'],
		['a gateway that is busy', { status: 503, body: '<html>Busy</html>' }, 'pinned'],
		['a gateway that gives up', { status: 504, body: '<html>Timeout</html>' }, 'pinned'],
		['a server that hangs', { hang: true }, 'timeout'],
		['an answer that trickles', { drip: { everyMs: 100, bytes: 1 } }, 'timeout'],
	];

	/** Hits the first request about every other message: what is sent again gets through. */
	function odd(/** @type {import('../../sandbox/ryze/types').Fault} */ fault) {
		const hit = new Set();
		return /** @type {FaultFunction} */ (
			({ body }) => {
				const { messageId } = /** @type {any} */ (body);
				if (hit.has(messageId) || !/[13579]$/.test(messageId)) return undefined;
				hit.add(messageId);
				return fault;
			}
		);
	}

	it.each(faults)('%s ends the item as it should, and no other', async (_name, fault, end) => {
		skipPauses();
		for (const requestsAtOnce of [1, 5]) {
			harness.ryze.setFault(odd(fault));
			const ids = idsOf(6);
			const result = await harness.run(jobOf(ids, { requestsAtOnce, timeout: 2 }));
			expect(endsOf(ids, result)).toEqual(ids.map((_, index) => (index % 2 ? end : 'pinned')));
		}
	});

	it('20 at once keep apart what failed, and the order of one message', async () => {
		const { unknown } = seeds.messages;
		const ids = idsOf(40).map((id, index) => (index % 7 === 3 ? unknown : id));
		const twice = '3EB0TWICE';
		for (const index of [5, 6, 18]) ids[index] = twice;
		const known = ids.filter((id) => id !== unknown);
		const { parameters, ...job } = jobOf(known, { requestsAtOnce: 20 });
		// Each later request is answered sooner, so only waiting keeps the order.
		harness.ryze.setFault(({ index }) => ({ delayMs: 200 - 5 * index }));
		const result = await harness.run({
			...job,
			items: ids.map((id, index) => ({ json: { id, pin: index !== 6 } })),
			parameters: { ...parameters, pin: '={{ $json.pin }}' },
		});
		expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual(
			ids.flatMap((id, item) => (id === unknown ? [] : [{ item }])),
		);
		expect(result.failed.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual(
			ids.flatMap((id, item) =>
				id === unknown
					? [[expect.objectContaining({ reason: 'message-not-found' }), { item }]]
					: [],
			),
		);
		const asked = harness.ryze.requests
			.map(({ body }) => /** @type {any} */ (body))
			.filter(({ messageId }) => messageId === twice)
			.map(({ pin }) => pin);
		expect(asked).toEqual([true, false, true]);
		expect(harness.ryze.pins.has(`demo/${twice}`)).toBe(true);
	});

	it('10,000 items end, each once', async () => {
		harness.ryze.configure({ limit: 1_000_000 });
		const ids = idsOf(10_000);
		const result = await harness.run(jobOf(ids, { requestsAtOnce: 20 }));
		expect(endsOf(ids, result)).toEqual(allPinned(ids));
		expect(harness.ryze.requests).toHaveLength(10_000);
	}, 120_000);
});

describe('stopping the execution', () => {
	/** @param {Record<string, unknown>} options @param {number} after milliseconds */
	async function stopAfter(options, after) {
		const { result, stop } = harness.start(jobOf(idsOf(10), options));
		await new Promise((resolve) => setTimeout(resolve, after));
		const sent = harness.ryze.requests.length;
		stop();
		const stoppedAt = Date.now();
		await result;
		expect(Date.now() - stoppedAt).toBeLessThan(1000);
		await new Promise((resolve) => setTimeout(resolve, 2500));
		return harness.ryze.requests.length - sent;
	}

	it('ends a wait for the limit, and nothing is sent after it', async () => {
		harness.ryze.configure({ limit: 3, windowMs: 2000 });
		expect(await stopAfter({ requestsAtOnce: 5 }, 700)).toBe(0);
	});

	it('ends the pause before a repetition', async () => {
		harness.ryze.setFault(() => ({ reset: 'before' }));
		expect(await stopAfter({}, 500)).toBe(0);
	});

	it('ends a request that has no answer yet', async () => {
		harness.ryze.setFault(() => ({ hang: true }));
		expect(await stopAfter({ requestsAtOnce: 2 }, 500)).toBe(0);
	});

	it('after a failure sends nothing of what still waited', async () => {
		harness.ryze.configure({ limit: 3, windowMs: 2000 });
		const ids = idsOf(10);
		const job = jobOf(ids, { requestsAtOnce: 10 });
		job.items[1].json.id = seeds.messages.unknown;
		const { error } = await harness.run({ ...job, goOn: false });
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
		const sent = harness.ryze.requests.length;
		await new Promise((resolve) => setTimeout(resolve, 3500));
		expect(harness.ryze.requests).toHaveLength(sent);
		expect(sent).toBeLessThanOrEqual(3);
	});
});
