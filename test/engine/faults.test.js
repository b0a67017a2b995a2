const { seeds, skipPauses, useHarness } = require('../support/engine');
const { endsOf, idsOf, pinEach } = require('../support/pins');

/** @typedef {import('../../sandbox/ryze/types').Fault} Fault */
/** @typedef {import('../../sandbox/ryze/types').FaultFunction} FaultFunction */

const harness = useHarness({ fresh: true });

describe('a fault between n8n and Ryze', () => {
	/** @type {Array<[string, Fault, string]>} */
	const faults = [
		['a connection cut before the request is read', { reset: 'before' }, 'pinned'],
		['a connection cut after the message is pinned', { reset: 'after' }, 'pinned'],
		['a bad gateway', { status: 502, body: '<html>Bad gateway</html>' }, 'pinned'],
		['a gateway that is busy', { status: 503, body: '<html>Busy</html>' }, 'pinned'],
		['a gateway that times out', { status: 504, body: '<html>Timeout</html>' }, 'pinned'],
		['a server that hangs', { hang: true }, 'timeout'],
		['an answer that comes one byte at a time', { drip: { everyMs: 100, bytes: 1 } }, 'timeout'],
	];

	/** Seconds. */
	const PLENTY = 300;

	/** Hits the first request about every other message: what is sent again gets through. */
	function odd(/** @type {Fault} */ fault) {
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

	it.each(faults)('decides the end of its own item only: %s', async (_name, fault, end) => {
		skipPauses();
		for (const requestsAtOnce of [1, 5]) {
			harness.ryze.setFault(odd(fault));
			const ids = idsOf(6);
			// Only where it is met, as all others have the time that a busy machine takes.
			const timeout =
				end === 'timeout' ? `={{ /[13579]$/.test($json.id) ? 0.5 : ${PLENTY} }}` : PLENTY;
			const result = await harness.run(pinEach(harness, ids, { requestsAtOnce, timeout }));
			expect(endsOf(ids, result)).toEqual(ids.map((_, index) => (index % 2 ? end : 'pinned')));
		}
	});

	it('leaves 20 requests at once paired with their items, and those for one message in order', async () => {
		const { unknown } = seeds.messages;
		const ids = idsOf(40).map((id, index) => (index % 7 === 3 ? unknown : id));
		const twice = '3EB0TWICE';
		for (const index of [5, 6, 18]) ids[index] = twice;
		const known = ids.filter((id) => id !== unknown);
		const { parameters, ...job } = pinEach(harness, known, { requestsAtOnce: 20 });
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
});
