const { seeds, skipPauses, skipTime, useHarness } = require('../support/engine');
const { freePort } = require('../../sandbox/n8n/ports');
const { startRyze } = require('../../sandbox/ryze');

/** @typedef {import('../../sandbox/ryze/types').Fault} Fault */

const harness = useHarness({ fresh: true });

const mayBeDelivered = expect.stringMatching(
	/^The message may have been delivered anyway\. Check the chat first, and send it again only if it is not there\./,
);

/** @param {Record<string, unknown>} [options] */
const text = (options = {}) => ({
	operation: 'sendText',
	chat: seeds.chats.private,
	text: 'Hello',
	options,
});

/** @param {Fault} fault for the first request; those after it get through */
const firstOnly =
	(fault) =>
	(/** @type {{ index: number }} */ { index }) =>
		index === 0 ? fault : undefined;

describe('a message is sent again, and exactly once in the end,', () => {
	it('after the rate limit has refused it', async () => {
		skipTime();
		harness.ryze.configure({ limit: 2, windowMs: 20_000 });
		harness.ryze.spend('demo', 2);
		const { success, hints } = await harness.run({ parameters: text() });
		expect(success).toHaveLength(1);
		expect(harness.ryze.requests.map(({ status }) => status)).toEqual([429, 200]);
		expect(harness.ryze.sent).toHaveLength(1);
		expect(hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('Retried 1 time') }),
		]);
	});

	it('after WhatsApp has throttled the number', async () => {
		skipPauses();
		const error = { message: 'rate-overlimit' };
		harness.ryze.setFault(firstOnly({ status: 429, body: { success: false, error } }));
		const { success } = await harness.run({ parameters: text() });
		expect(success).toHaveLength(1);
		expect(harness.ryze.requests.map(({ status }) => status)).toEqual([429, 200]);
		expect(harness.ryze.sent).toHaveLength(1);
	});

	it('after the connection was refused', async () => {
		const port = await freePort();
		const credential = { ...harness.credential, baseUrl: `http://127.0.0.1:${port}` };
		const { result } = harness.start({ parameters: text(), credential });
		// The first repetition comes after a second.
		await new Promise((resolve) => setTimeout(resolve, 500));
		const late = await startRyze({ port });
		try {
			const { success, error } = await result;
			expect(error).toBeUndefined();
			expect(success).toHaveLength(1);
			expect(late.requests).toHaveLength(1);
			expect(late.sent).toMatchObject([{ message: 'Hello' }]);
		} finally {
			await late.stop();
		}
	});
});

describe('a message is not sent again', () => {
	/** @type {Array<[string, Fault, string, number]>} */
	const uncertain = [
		['a connection cut before Ryze had done it', { reset: 'before' }, 'unreachable', 0],
		['a connection cut after Ryze had done it', { reset: 'after' }, 'unreachable', 1],
		['a bad gateway (502)', { status: 502, body: '<html></html>' }, 'server-error', 0],
		['a busy gateway (503)', { status: 503, body: '<html></html>' }, 'server-error', 0],
		['a gateway that gave up (504)', { status: 504, body: '' }, 'server-error', 0],
		['a gateway that speaks JSON', { status: 502, body: { message: 'bad' } }, 'server-error', 0],
		[
			'an error inside Ryze',
			{ status: 500, body: { success: false, error: { message: 'panic' } } },
			'server-error',
			0,
		],
		['a Ryze that hangs', { hang: true }, 'timeout', 0],
		['an answer that came too late', { delayMs: 700 }, 'timeout', 1],
		['an answer that comes one byte at a time', { drip: { everyMs: 50, bytes: 1 } }, 'timeout', 1],
		['no content', { status: 200, body: '' }, 'unexpected-response', 0],
	];
	it.each(uncertain)(
		'after %s, as it may have been delivered',
		async (_name, fault, reason, really) => {
			skipPauses();
			harness.ryze.setFault(firstOnly(fault));
			const failure = await harness.failure({ parameters: text({ timeout: 0.3 }) });
			expect(failure).toMatchObject({ reason, description: mayBeDelivered });
			expect(harness.ryze.requests).toHaveLength(1);
			expect(harness.ryze.sent).toHaveLength(really);
		},
	);

	it('when the connection is always refused, and the error says that nothing was sent', async () => {
		const pauses = skipPauses();
		const credential = {
			...harness.credential,
			baseUrl: `http://127.0.0.1:${await freePort()}`,
		};
		const failure = await harness.failure({ parameters: text(), credential });
		expect(failure).toMatchObject({
			reason: 'unreachable',
			message: expect.stringContaining('ECONNREFUSED'),
			description: expect.stringMatching(/^Check the network/),
		});
		// Three repetitions, after 1, 2 and 4 s.
		expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(6500);
	});

	it('when the item before may have been delivered: the node stops', async () => {
		harness.ryze.setFault(firstOnly({ reset: 'after' }));
		const items = [{ json: {} }, { json: {} }, { json: {} }];
		const { error } = await harness.run({ items, parameters: text() });
		expect(error).toMatchObject({ description: mayBeDelivered, context: { itemIndex: 0 } });
		expect(harness.ryze.requests).toHaveLength(1);
	});

	it('when it may have been delivered, but the other items are sent when the node continues on error', async () => {
		harness.ryze.setFault(firstOnly({ reset: 'after' }));
		const items = ['a', 'b', 'c'].map((message) => ({ json: { message } }));
		const { success, failed } = await harness.run({
			items,
			parameters: { ...text(), text: '={{ $json.message }}' },
			goOn: true,
		});
		expect([success, failed].map((each) => each.length)).toEqual([2, 1]);
		expect(harness.ryze.sent.map(({ message }) => message)).toEqual(['a', 'b', 'c']);
	});
});

describe('the delay that Ryze is asked to keep', () => {
	it('is added to the timeout', async () => {
		const started = Date.now();
		const { success, error } = await harness.run({ parameters: text({ delay: 1, timeout: 0.4 }) });
		expect(error).toBeUndefined();
		expect(success).toHaveLength(1);
		expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
		expect(harness.ryze.sent).toMatchObject([{ delay: 1 }]);
	});

	it('does not hold up other requests with the token for long', async () => {
		skipPauses();
		// The very first request, for whose answer others wait while nothing is known of the limit.
		const delayed = harness.start({ parameters: text({ delay: 5 }) });
		const { success } = await harness.run();
		expect(success).toHaveLength(1);
		expect(harness.ryze.requests.map(({ status }) => status)).toEqual([0, 200]);
		delayed.stop();
		await delayed.result;
	});

	it('may still be over after a proxy has given up, and the error says so', async () => {
		const gaveUp = { status: 504, body: '<html>' };
		harness.ryze.setFault(() => gaveUp);
		const failure = await harness.failure({ parameters: text({ delay: 300 }) });
		expect(failure.description).toMatch(
			/if it is not there\. It may still come until its delay of 300 s is over, so check after that\./,
		);
		expect(harness.ryze.requests).toHaveLength(1);
	});

	it('does not make the timeout endless', async () => {
		harness.ryze.setFault(() => ({ hang: true }));
		const failure = await harness.failure({ parameters: text({ delay: 1, timeout: 0.2 }) });
		expect(failure).toMatchObject({
			message: 'Ryze did not respond within 1.2 s',
			reason: 'timeout',
			description: mayBeDelivered,
		});
		expect(harness.ryze.requests).toHaveLength(1);
	});
});

describe('the order of messages', () => {
	it('in one chat is the order of the items, even with 20 requests at once', async () => {
		// So that the limit is known, for which all would wait for the first.
		await harness.run();
		harness.ryze.reset();
		const chats = [seeds.chats.group, '5511888888888', seeds.chats.group, seeds.chats.group];
		harness.ryze.setFault(({ body }) => {
			const { message } = /** @type {any} */ (body);
			return { delayMs: message === '1' ? 0 : 250 };
		});
		const { success } = await harness.run({
			items: chats.map((chat) => ({ json: { chat } })),
			parameters: {
				...text({ requestsAtOnce: 20 }),
				chat: '={{ $json.chat }}',
				text: '={{ $itemIndex }}',
			},
		});
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual(chats.map((_, item) => ({ item })));
		const asked = harness.ryze.requests.map(({ body, at }) => ({
			at,
			message: /** @type {any} */ (body).message,
		}));
		const [first, second, third] = asked.filter(({ message }) => message !== '1');
		expect([first, second, third].map(({ message }) => message)).toEqual(['0', '2', '3']);
		// Each waits for the answer to the one before.
		expect(second.at - first.at).toBeGreaterThanOrEqual(245);
		expect(third.at - second.at).toBeGreaterThanOrEqual(245);
		// Other chats do not wait for them.
		expect(asked.map(({ message }) => message)).toEqual(['0', '1', '2', '3']);
	});
});
