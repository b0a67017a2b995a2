const { restoreTime, seeds, skipTime, useHarness } = require('../support/engine');
const { allPinned, endsOf, idsOf, pinEach } = require('../support/pins');

const harness = useHarness({ fresh: true });
beforeEach(() => void skipTime());

const refusals = () => harness.ryze.requests.filter(({ refused }) => refused).length;

describe('the rate limit', () => {
	it.each([1, 20])(
		'is kept, and no request is refused, with %d requests at once',
		async (requestsAtOnce) => {
			harness.ryze.configure({ limit: 7, windowMs: 15_000 });
			const ids = idsOf(20);
			const result = await harness.run(pinEach(harness, ids, { requestsAtOnce }));
			expect(endsOf(ids, result)).toEqual(allPinned(ids));
			expect(refusals()).toBe(0);
			expect(result.hints).toEqual([
				expect.objectContaining({ message: expect.stringMatching(/^Waited \d+ s \(\d+×\) for/) }),
			]);
		},
	);

	it('is shared by two executions that run at the same time', async () => {
		harness.ryze.configure({ limit: 7, windowMs: 15_000 });
		const ids = idsOf(10);
		const run = async () => await harness.run(pinEach(harness, ids));
		for (const result of await Promise.all([run(), run()])) {
			expect(endsOf(ids, result)).toEqual(allPinned(ids));
		}
		expect(refusals()).toBe(0);
	});

	it('of one token does not hold up requests with another token', async () => {
		restoreTime();
		harness.ryze.configure({ limit: 2, windowMs: 300_000 });
		harness.ryze.spend('demo', 2);
		const busy = harness.start(pinEach(harness, idsOf(3)));
		const credential = { ...harness.credential, token: seeds.accountToken };
		const other = await harness.run({ ...pinEach(harness, idsOf(2)), credential });
		expect(endsOf(idsOf(2), other)).toEqual(['pinned', 'pinned']);
		// By the end of the window, one of the first token would have got through as well.
		expect(harness.ryze.requests.filter(({ refused }) => !refused)).toHaveLength(2);
		busy.stop();
		await busy.result;
	});

	it("names 'Max Wait (Seconds)' when an item has waited for so long, and when Ryze has refused it", async () => {
		harness.ryze.configure({ limit: 2, windowMs: 60_000 });
		harness.ryze.spend('demo', 1);
		const { failed } = await harness.run({
			...pinEach(harness, idsOf(3), { maxWait: 2 }),
			goOn: true,
		});
		expect(failed.map(({ json }) => json.error)).toEqual(
			[1, 2].map(() => ({
				message: "Ryze's rate limit had no room for this item within 2 s ('Max Wait (Seconds)')",
				description:
					"This request was not sent. Ryze limits the requests per minute for each token, and everything that uses the token shares that limit. Wait a minute, or send fewer at once. You can also increase 'Max Wait (Seconds)' in the options of this node.",
				reason: 'rate-limited',
				httpCode: null,
			})),
		);

		harness.ryze.configure({ limit: 1 });
		harness.ryze.spend('demo', 1);
		const credential = { ...harness.credential, token: ` ${seeds.accountToken}` };
		harness.ryze.setFault(() => ({ status: 429, headers: { 'retry-after': '30' } }));
		const refused = await harness.failure({
			...pinEach(harness, idsOf(1), { maxWait: 2.5 }),
			credential,
		});
		expect(refused).toMatchObject({ reason: 'rate-limited', httpCode: '429' });
		expect(refused.description).toMatch(
			/ The item waited for 2\.5 s, the limit in 'Max Wait \(Seconds\)' in the options of this node\.$/,
		);
	});

	it('may change while the node runs', async () => {
		harness.ryze.configure({ limit: 10, windowMs: 1500 });
		harness.ryze.setFault(({ index }) => {
			if (index === 4) harness.ryze.configure({ limit: 5 });
			return undefined;
		});
		const ids = idsOf(14);
		expect(endsOf(ids, await harness.run(pinEach(harness, ids)))).toEqual(allPinned(ids));
	});

	it('may be used up by another program', async () => {
		harness.ryze.configure({ limit: 8, windowMs: 1500 });
		harness.ryze.setFault(({ index }) => {
			if (index === 3) harness.ryze.spend('demo', 5);
			return undefined;
		});
		const ids = idsOf(10);
		const result = await harness.run(pinEach(harness, ids, { requestsAtOnce: 4 }));
		expect(endsOf(ids, result)).toEqual(allPinned(ids));
	});
});

describe('the reset time in the headers', () => {
	const inSeconds = (/** @type {number} */ seconds) => (/** @type {number} */ resetAt) =>
		String(Math.floor(resetAt / 1000) + seconds);

	/** @type {Array<[string, ((resetAt: number) => string | undefined) | undefined]>} */
	const resets = [
		['as documented', undefined],
		['missing', () => undefined],
		['long past', inSeconds(-100_000)],
		['absurdly far away', inSeconds(100_000_000)],
		['in milliseconds', (resetAt) => String(resetAt)],
		['given with a fraction', (resetAt) => String(resetAt / 1000)],
		['not a number', () => 'soon'],
	];
	it.each(resets)(
		'may be %s, and all messages are pinned in the end',
		async (_name, resetHeader) => {
			harness.ryze.configure({ limit: 4, windowMs: 1200, resetHeader });
			const ids = idsOf(9);
			const result = await harness.run(pinEach(harness, ids, { requestsAtOnce: 3 }));
			expect(endsOf(ids, result)).toEqual(allPinned(ids));
			// However little is known, Ryze is not flooded with requests that it must refuse.
			expect(refusals()).toBeLessThan(8);
		},
	);
});
