const { seeds, skipPauses, skipTime, useHarness } = require('../support/engine');

const harness = useHarness();

const { another, group, notice, unknown } = seeds.messages;
const items = [group, unknown, notice].map((id) => ({ json: { id, note: 'kept' } }));
const parameters = { messageId: '={{ $json.id }}' };

const unknownMessage = {
	message: `message with ID ${unknown} not found`,
	description: expect.stringContaining('sent or received'),
	reason: 'message-not-found',
	httpCode: '500',
};

describe('a failing item', () => {
	it('stops the node, and no later item is sent', async () => {
		const { success, error } = await harness.run({ items, parameters });
		expect(success).toEqual([]);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: unknownMessage.message,
			description: unknownMessage.description,
			httpCode: '500',
			context: { itemIndex: 1, reason: 'message-not-found' },
		});
		expect(harness.ryze.requests).toHaveLength(2);
	});

	it('goes to the error output, together with its input', async () => {
		const { success, failed, error } = await harness.run({ items, parameters, goOn: true });
		expect(error).toBeUndefined();
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(failed).toEqual([
			{ json: { id: unknown, note: 'kept', error: unknownMessage }, pairedItem: { item: 1 } },
		]);
	});

	it('stays in its place when the node continues with its regular output', async () => {
		const { success } = await harness.run({
			items,
			parameters,
			node: { onError: 'continueRegularOutput' },
		});
		expect(success).toEqual([
			{ json: expect.objectContaining({ message_id: group }), pairedItem: { item: 0 } },
			{ json: { error: unknownMessage }, pairedItem: { item: 1 } },
			{ json: expect.objectContaining({ message_id: notice }), pairedItem: { item: 2 } },
		]);
	});

	it('is reported once per item when the credential makes every item fail', async () => {
		const { failed } = await harness.run({
			items,
			parameters,
			goOn: true,
			credential: { ...harness.credential, instance: '' },
		});
		expect(
			failed.map(({ json, pairedItem }) => [/** @type {any} */ (json).error.reason, pairedItem]),
		).toEqual([0, 1, 2].map((item) => ['invalid-credential', { item }]));
		expect(harness.ryze.requests).toEqual([]);
	});

	it('says when the credential is missing', async () => {
		const { error } = await harness.run({ credential: undefined });
		expect(error.message).toMatch(/credentials/i);
	});
});

describe('a request', () => {
	it('is not sent again after a mistake of the user, whatever the status', async () => {
		for (const message of [
			`message with ID ${group} not found`,
			'WhatsApp client is not connected',
			'invalid duration "1h"',
		]) {
			harness.ryze.reset();
			harness.ryze.setFault(() => ({ status: 500, body: { success: false, error: { message } } }));
			await harness.failure();
			expect(harness.ryze.requests).toHaveLength(1);
		}
	});

	it('is sent again after a 429, once the window of the rate limit is over', async () => {
		skipTime();
		harness.ryze.configure({ limit: 2, windowMs: 20_000 });
		harness.ryze.spend('account', 2);
		// Its own token, as the limiter of a token outlives the execution.
		const credential = { ...harness.credential, token: seeds.accountToken };
		const { success, hints } = await harness.run({ credential });
		harness.ryze.configure({ limit: 100, windowMs: 60_000 });
		expect(success).toHaveLength(1);
		expect(harness.ryze.requests.map(({ status }) => status)).toEqual([429, 200]);
		expect(hints).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(/^Waited \d+ s \(1×\) for the rate limit .* Retried 1 time/),
			}),
		]);
	});

	it('is sent again after a lost connection', async () => {
		const pauses = skipPauses();
		harness.ryze.setFault(({ index }) => (index < 2 ? { reset: 'before' } : undefined));
		const { success } = await harness.run();
		expect(success).toHaveLength(1);
		expect(harness.ryze.requests.map(({ status }) => status)).toEqual([0, 0, 200]);
		// 1 s and then 2 s, less the time that passed by itself.
		const paused = pauses.reduce((sum, pause) => sum + pause);
		expect(paused).toBeGreaterThan(2000);
		expect(paused).toBeLessThanOrEqual(3000);
	});

	it('is sent again for each item that fails, while the retries succeed', async () => {
		skipPauses();
		const cut = new Set();
		harness.ryze.setFault(({ body }) => {
			const { messageId } = /** @type {any} */ (body);
			if (cut.has(messageId)) return undefined;
			cut.add(messageId);
			return { reset: 'before' };
		});
		const ids = [group, notice, another];
		const { success } = await harness.run({
			items: ids.map((id) => ({ json: { id } })),
			parameters: { ...parameters, options: { requestsAtOnce: 2 } },
		});
		expect(success).toHaveLength(3);
	});

	it('has one try only for the items after one that was given up', async () => {
		skipPauses();
		harness.ryze.setFault(() => ({ status: 502, body: '' }));
		const { failed } = await harness.run({ items, parameters, goOn: true });
		expect(failed).toHaveLength(3);
		expect(harness.ryze.requests).toHaveLength(4 + 1 + 1);
	});
});
