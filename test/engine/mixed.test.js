const { seeds, skipPauses, skipTime, useHarness } = require('../support/engine');

/** @typedef {import('../../sandbox/ryze/types').Fault} Fault */

const harness = useHarness({ fresh: true });

describe('looking up a message', () => {
	/** @type {Array<[string, Fault]>} */
	const faults = [
		['a cut connection', { reset: 'after' }],
		['a bad gateway', { status: 502, body: '' }],
	];
	it.each(faults)('is tried again after %s', async (_name, fault) => {
		skipPauses();
		harness.ryze.setFault(({ index }) => (index === 0 ? fault : undefined));
		const { success } = await harness.run({ parameters: { operation: 'get' } });
		expect(success).toHaveLength(1);
		expect(harness.ryze.requests).toHaveLength(2);
	});

	it('fails with an error that says that nothing was changed', async () => {
		skipPauses();
		harness.ryze.setFault(() => ({ reset: 'before' }));
		const failure = await harness.failure({ parameters: { operation: 'get' } });
		expect(failure.description).toMatch(/^Nothing was changed\. You can try again\./);
		expect(harness.ryze.requests).toHaveLength(4);
	});
});

describe('the rate limit', () => {
	it('of a token is shared by all operations, so that no request is refused and none is lost', async () => {
		skipTime();
		harness.ryze.configure({ limit: 5, windowMs: 1500 });
		const send = {
			operation: 'sendText',
			chat: seeds.chats.private,
			text: 'Hello',
			options: { requestsAtOnce: 4 },
		};
		const items = Array.from({ length: 4 }, () => ({ json: {} }));
		const results = await Promise.all([
			harness.run({ items, parameters: send }),
			harness.run({ items, parameters: { operation: 'get' } }),
			harness.run({ items, parameters: { options: { requestsAtOnce: 2 } } }),
		]);
		for (const { success, error } of results) {
			expect(error).toBeUndefined();
			expect(success).toHaveLength(4);
		}
		expect(harness.ryze.requests.map(({ status }) => status)).toEqual(Array(12).fill(200));
		expect(harness.ryze.sent).toHaveLength(4);
	});
});
