const { setTimeout: sleep } = require('node:timers/promises');
const { packed } = require('../support/packed');
const { OWN, startTriggerHarness, statuses } = require('../support/triggerEngine');

/** @type {Awaited<ReturnType<typeof startTriggerHarness>>} */
let harness;

beforeAll(async () => {
	harness = await startTriggerHarness();
});
afterEach(() => harness.reset());
afterAll(async () => await harness.stop());

const trigger = new (packed('RyzeTrigger.node').RyzeTrigger)();
let elsewhere = 0;

/**
 * Events for another webhook of the same n8n. Straight into the node: so many connections, each with
 * a workflow to load, would take half a minute.
 *
 * @param {number} count
 */
async function arriveElsewhere(count) {
	const authorization = 'Bearer elsewhere';
	for (let left = count; left > 0; left--) {
		const body = { event: 'message.exchange', data: { id: `3EB0ELSE${elsewhere++}` } };
		const context = {
			getBodyData: () => body,
			getHeaderData: () => ({ authorization }),
			getInstanceId: () => 'n8n',
			getMode: () => 'webhook',
			getNode: () => ({ id: 'elsewhere' }),
			getNodeParameter: (/** @type {string} */ name) =>
				name === 'events' ? ['message.exchange'] : {},
			getNodeWebhookUrl: () => 'http://127.0.0.1:9/webhook/elsewhere',
			getResponseObject: () => ({ statusCode: 200, once: () => {} }),
			getWorkflow: () => ({ id: 'elsewhere' }),
			getWorkflowStaticData: () => ({ secret: authorization }),
		};
		await trigger.webhook.call(context);
	}
}

describe('a request that does not come from Ryze', () => {
	it.each([
		['a wrong authorization', 'Bearer forged'],
		['no authorization', null],
		['the authorization of another webhook', OWN.authorization],
	])('is refused when it has %s', async (_name, authorization) => {
		harness.ryze.setWebhook('demo', OWN);
		await harness.listening();
		const [{ label }] = harness.ours();
		const data = harness.ryze.events.messageExchange({});
		const options = { label, authorization };
		const deliveries = await harness.ryze.deliver('demo', 'message.exchange', data, options);
		expect(statuses(deliveries)).toEqual([[401, 401]]);
		expect(harness.receiver.answers).toEqual([
			{ status: 401, body: 'Unauthorized' },
			{ status: 401, body: 'Unauthorized' },
		]);
		expect(harness.receiver.started).toEqual([]);
	});

	it('is refused after the webhook has been switched off, even with the right secret', async () => {
		const trigger = await harness.listening();
		const [{ label, authorization, ...row }] = harness.ours();
		await trigger.delete();
		harness.ryze.setWebhook('demo', { ...row, label, authorization });
		const { deliveries } = await harness.ryze.receive('demo');
		expect(statuses(deliveries)).toEqual([[401, 401]]);
		expect(harness.receiver.started).toEqual([]);
	});

	/** @param {import('../../sandbox/engine/trigger').Trigger} trigger @param {string} body */
	const post = async (trigger, body, type = 'application/json') => {
		const { authorization } = harness.ours()[0];
		const headers = { authorization: String(authorization), 'content-type': type };
		return (await fetch(trigger.url, { method: 'POST', headers, body })).status;
	};

	it.each([
		'null',
		'5',
		'"text"',
		'[]',
		'[{"event":"message.exchange","data":{}}]',
		// Several events in one delivery.
		'[{"event":"message.exchange","data":{}},{"event":"message.exchange","data":{}}]',
		'{"event":"message.exchange","data":[{"id":"3EB0A"},{"id":"3EB0B"}]}',
		'{}',
		'{"event":"message.exchange"}',
		'{"event":"message.exchange","data":null}',
		'{"event":"message.exchange","data":[]}',
		'{"event":"message.exchange","data":"text"}',
		'{"event":"","data":{}}',
		'{"event":5,"data":{}}',
		'{"data":{}}',
		'',
	])('is refused even with the right secret when its body is %s', async (body) => {
		const trigger = await harness.listening();
		expect(await post(trigger, body)).toBe(400);
		expect(harness.receiver.answers).toEqual([
			{ status: 400, body: 'This is not an event of Ryze' },
		]);
		expect(harness.receiver.started).toEqual([]);
	});

	it('never reaches the node when its body is not JSON', async () => {
		const trigger = await harness.listening();
		expect(await post(trigger, '{"event":')).toBe(422);
		expect(harness.receiver.started).toEqual([]);
	});
});

describe('a delivery that comes twice', () => {
	const repeat = { repeat: true };

	it('starts the workflow once', async () => {
		await harness.listening();
		const { deliveries } = await harness.ryze.receive('demo', { text: 'Hi' }, repeat);
		expect(statuses(deliveries)).toEqual([[200, 200]]);
		expect(harness.receiver.answers.map(({ body }) => body)).toEqual([
			'{"message":"Workflow was started"}',
			'{"message":"Webhook call received"}',
		]);
		expect(harness.receiver.started).toHaveLength(1);
	});

	it('starts the workflow once even when both come at the same time', async () => {
		await harness.listening();
		const data = harness.ryze.events.messageExchange({ text: 'Twin' });
		const send = async () => await harness.ryze.deliver('demo', 'message.exchange', data);
		await Promise.all([send(), send()]);
		expect(harness.receiver.started).toHaveLength(1);
	});

	it('starts the workflow twice in a test, where someone may send it by hand', async () => {
		await harness.listening({ isTest: true });
		const { deliveries } = await harness.ryze.receive('demo', { text: 'Test' }, repeat);
		expect(statuses(deliveries)).toEqual([[200, 200]]);
		expect(harness.receiver.started).toHaveLength(2);
	});

	it('starts the workflow when n8n failed to start it the first time', async () => {
		await harness.listening();
		let tries = 0;
		harness.receiver.whenStarting(() => {
			if (tries++ === 0) throw new Error('There was a problem executing the workflow');
		});
		const { deliveries } = await harness.ryze.receive('demo', { text: 'Again' }, repeat);
		// The retry, and the repetition of what has arrived by then.
		expect(statuses(deliveries)).toEqual([[500, 200, 200]]);
		expect(harness.receiver.started).toHaveLength(1);
		expect(harness.receiver.answers.map(({ status }) => status)).toEqual([500, 200, 200]);
	});

	it('counts as another event when the message was edited in between', async () => {
		const options = { alsoStartOn: ['edits'] };
		await harness.listening({ parameters: { options } });
		const { messageId: id } = await harness.ryze.receive('demo', { text: 'Dinner at 8' });
		await harness.ryze.receive('demo', { id, text: 'Dinner at 9', type: 'message_edit' });
		expect(harness.receiver.started).toHaveLength(2);
	});

	it('starts the workflow each time when the event has neither a time nor an ID', async () => {
		await harness.listening({ parameters: { events: ['label.update'] } });
		for (const labeled of [true, false, true]) {
			const data = harness.ryze.events.labelUpdate({ labeled });
			await harness.ryze.deliver('demo', 'label.update', data);
		}
		const told = harness.receiver.started.map(
			({ items }) => /** @type {any} */ (items[0].json.data),
		);
		expect(told.map(({ labeled }) => labeled)).toEqual([true, false, true]);
	});

	it('is recognized among the last 5,000, and not any later', async () => {
		await harness.listening();
		const data = harness.ryze.events.messageExchange({ text: 'One of many' });
		const deliver = async () => {
			await harness.ryze.deliver('demo', 'message.exchange', data);
			return harness.receiver.started.length;
		};
		expect(await deliver()).toBe(1);
		await arriveElsewhere(4999);
		expect(await deliver()).toBe(1);
		await arriveElsewhere(1);
		expect(await deliver()).toBe(2);
	});
});

describe('a delivery that Ryze gives up before n8n has responded', () => {
	afterEach(() => harness.ryze.configure({ retryDelaysMs: [20], deliveryTimeoutMs: 10_000 }));

	/**
	 * @param {number} slow milliseconds that n8n takes for its first answer
	 * @param {number[]} retryDelaysMs
	 * @param {boolean} fails whether that answer is an error
	 */
	async function deliverSlowly(slow, retryDelaysMs, fails) {
		harness.ryze.configure({ retryDelaysMs, deliveryTimeoutMs: 150 });
		await harness.listening();
		let tries = 0;
		harness.receiver.whenStarting(async () => {
			if (tries++ > 0) return;
			await sleep(slow);
			if (fails) throw new Error('The database is away');
		});
		const { deliveries } = await harness.ryze.receive('demo', { text: 'An order' });
		return statuses(deliveries);
	}

	it('starts the workflow when it comes again, if n8n has failed meanwhile', async () => {
		expect(await deliverSlowly(300, [400], true)).toEqual([[0, 200]]);
		expect(harness.receiver.answers.map(({ status }) => status)).toEqual([500, 200]);
		expect(harness.receiver.started).toHaveLength(1);
	});

	it('starts nothing when it comes again, if n8n has started the workflow meanwhile', async () => {
		expect(await deliverSlowly(300, [400], false)).toEqual([[0, 200]]);
		expect(harness.receiver.started).toHaveLength(1);
	});

	it.each([true, false])(
		'is asked for later while n8n has not answered, and then starts it once (fails: %s)',
		async (fails) => {
			expect(await deliverSlowly(450, [100, 500], fails)).toEqual([[0, 503, 200]]);
			expect(harness.receiver.started).toHaveLength(1);
		},
	);
});
