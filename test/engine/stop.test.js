const { seeds, skipTime, useHarness } = require('../support/engine');
const { idsOf, pinEach } = require('../support/pins');

const harness = useHarness({ fresh: true });

/** @type {ReturnType<typeof skipTime>} */
let pause;

beforeEach(() => {
	pause = skipTime();
});

describe('stopping the execution', () => {
	/**
	 * @param {Record<string, unknown>} options
	 * @param {number} requests that are sent before the stop, and no more
	 * @returns {Promise<number>} requests that were sent after the stop
	 */
	async function stopAfter(options, requests) {
		const { result, stop } = harness.start(pinEach(harness, idsOf(10), options));
		await pause(200);
		expect(harness.ryze.requests).toHaveLength(requests);
		stop();
		const stoppedAt = Date.now();
		await result;
		expect(Date.now() - stoppedAt).toBeLessThan(1000);
		await pause(60_000);
		return harness.ryze.requests.length - requests;
	}

	it('ends a wait for the rate limit within a second, and nothing more is sent', async () => {
		harness.ryze.configure({ limit: 3, windowMs: 30_000 });
		expect(await stopAfter({ requestsAtOnce: 5 }, 3)).toBe(0);
	});

	it('ends the pause before a retry within a second, and nothing more is sent', async () => {
		harness.ryze.setFault(() => ({ reset: 'before' }));
		expect(await stopAfter({}, 1)).toBe(0);
	});

	it('ends a request that has no response yet, and nothing more is sent', async () => {
		harness.ryze.setFault(() => ({ hang: true }));
		expect(await stopAfter({ requestsAtOnce: 2 }, 1)).toBe(0);
	});
});

describe('an item that fails', () => {
	it('stops the node, and what still waited for the rate limit is never sent', async () => {
		harness.ryze.configure({ limit: 3, windowMs: 30_000 });
		const job = pinEach(harness, idsOf(10), { requestsAtOnce: 10 });
		job.items[1].json.id = seeds.messages.unknown;
		const { error } = await harness.run({ ...job, goOn: false });
		expect(error).toMatchObject({ context: { itemIndex: 1 } });
		const sent = harness.ryze.requests.length;
		await pause(60_000);
		expect(harness.ryze.requests).toHaveLength(sent);
		expect(sent).toBeLessThanOrEqual(3);
	});
});
