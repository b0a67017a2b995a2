const { failureOf, OWN, seeds, startTriggerHarness } = require('../support/triggerEngine');

/** @type {Awaited<ReturnType<typeof startTriggerHarness>>} */
let harness;

beforeAll(async () => {
	harness = await startTriggerHarness();
});
afterEach(() => harness.reset());
afterAll(async () => await harness.stop());

const events = ['message.exchange', 'label.update'];

describe('switching the trigger on', () => {
	it('makes exactly one webhook, with its own label and secret and the address of n8n', async () => {
		const own = harness.ryze.setWebhook('demo', OWN);
		const trigger = harness.trigger({ parameters: { events } });
		await trigger.switchOn();
		expect(harness.ryze.webhooks('demo')).toEqual([
			own,
			{
				label: expect.stringMatching(/^n8n-wf1-[0-9a-f]{8}$/),
				enabled: true,
				url: `${harness.receiver.url}/webhook/webhook-of-node-1/webhook`,
				authorization: expect.stringMatching(/^Bearer [0-9a-f]{64}$/),
				byEvents: false,
				events,
				mediaBase64: false,
			},
		]);
		expect(trigger.kept()).toEqual({ secret: harness.ours()[0].authorization });
	});

	it('takes a single documented POST the first time', async () => {
		await harness.trigger().switchOn();
		expect(harness.ryze.requests).toEqual([
			expect.objectContaining({
				method: 'POST',
				path: '/api/events/webhook/demo',
				token: 'demo',
				contentType: 'application/json',
				body: expect.objectContaining({ enabled: true, events: ['message.exchange'] }),
			}),
		]);
	});

	it('asks for the webhook by its label, and leaves it alone when it is as it should be', async () => {
		const trigger = harness.trigger();
		expect(await trigger.checkExists()).toBe(false);
		await trigger.create();
		harness.ryze.requests.length = 0;
		expect(await trigger.checkExists()).toBe(true);
		await trigger.switchOn();
		const [{ label }] = harness.ours();
		const asked = {
			method: 'GET',
			path: '/api/events/getWebhook/demo',
			query: { label },
			contentType: undefined,
			body: '',
		};
		expect(harness.ryze.requests).toMatchObject([asked, asked]);
	});

	it('accepts the events of the webhook in any order', async () => {
		const trigger = harness.trigger({ parameters: { events } });
		await trigger.create();
		const [webhook] = harness.ours();
		harness.ryze.setWebhook('demo', { ...webhook, events: [...events].reverse() });
		expect(await trigger.checkExists()).toBe(true);
	});

	it.each([
		['another URL', { url: 'http://127.0.0.1:9/elsewhere' }],
		['fewer events', { events: ['message.exchange'] }],
		['more events', { events: [...events, 'call.update'] }],
		['another authorization', { authorization: 'Bearer another' }],
		['no authorization', { authorization: null }],
		['disabled', { enabled: false }],
		['a path of its own for each event', { byEvents: true }],
	])('repairs its webhook when somebody has changed it: %s', async (_name, change) => {
		harness.ryze.setWebhook('demo', OWN);
		const trigger = harness.trigger({ parameters: { events } });
		await trigger.switchOn();
		const before = harness.ryze.webhooks('demo');
		const [webhook] = harness.ours();
		harness.ryze.setWebhook('demo', { ...webhook, ...change });
		expect(await trigger.checkExists()).toBe(false);
		await trigger.switchOn();
		// The same label and the same secret, for what is under way to arrive.
		expect(harness.ryze.webhooks('demo')).toEqual(before);
		expect(await trigger.checkExists()).toBe(true);
	});

	it('changes the URL of the same webhook when n8n has moved to another address', async () => {
		const before = harness.trigger();
		await before.switchOn();
		const [{ label, authorization }] = harness.ours();
		const moved = harness.trigger({
			n8nUrl: 'http://127.0.0.1:9/n8n'.replace('/n8n', ''),
			staticData: { 'node:Ryze Trigger': before.kept() },
		});
		await moved.switchOn();
		expect(harness.ours()).toMatchObject([
			{ label, authorization, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:9\/webhook\//) },
		]);
	});

	it('uses another label for each n8n, workflow and node, and for test and production', async () => {
		const all = [
			{},
			{ workflowId: 'wf2' },
			{ nodeId: 'node-2' },
			{ instanceId: 'another-n8n' },
			{ isTest: true },
		];
		/** @type {string[]} */
		const labels = [];
		for (const options of all) {
			harness.ryze.reset();
			await harness.trigger(options).switchOn();
			labels.push(harness.ours()[0].label);
		}
		expect(new Set(labels).size).toBe(all.length);
		expect(labels[1]).toMatch(/^n8n-wf2-/);
		expect(labels.map((label) => label.endsWith('-test'))).toEqual(
			all.map((each) => !!each.isTest),
		);
		// The next time it is the same.
		harness.ryze.reset();
		await harness.trigger().switchOn();
		expect(harness.ours()[0].label).toBe(labels[0]);
	});

	it('leaves the webhook of the active workflow alone when it listens for a test event', async () => {
		const production = harness.trigger();
		await production.switchOn();
		const [row] = harness.ours();
		const test = harness.trigger({ isTest: true });
		await test.switchOn();
		expect(harness.ours()).toContainEqual(row);
		expect(harness.ours()).toHaveLength(2);
		expect(test.url).toMatch(/\/webhook-test\//);
		expect(test.kept().secret).not.toBe(production.kept().secret);
		await test.delete();
		expect(harness.ours().filter(({ enabled }) => enabled)).toEqual([row]);
		expect(await production.checkExists()).toBe(true);
	});
});

describe('switching the trigger off', () => {
	const others = [OWN, { ...OWN, label: 'n8n-wf1-00000000', mediaBase64: true }];

	it('disables its own webhook and leaves every other as it was', async () => {
		for (const row of others) harness.ryze.setWebhook('demo', row);
		const before = JSON.stringify(harness.ryze.webhooks('demo'));
		const trigger = harness.trigger();
		await trigger.switchOn();
		const { label } = harness.ours().filter((each) => each.label !== 'n8n-wf1-00000000')[0];
		harness.ryze.requests.length = 0;
		expect(await trigger.delete()).toBe(true);
		expect(harness.posted()).toEqual([{ label, enabled: false }]);
		const after = harness.ryze.webhooks('demo');
		expect(after.find((each) => each.label === label)).toMatchObject({ enabled: false, url: '' });
		expect(JSON.stringify(after.filter((each) => each.label !== label))).toBe(before);
		expect(trigger.kept()).toEqual({});
	});

	it('does nothing the second time', async () => {
		const trigger = harness.trigger();
		await trigger.switchOn();
		await trigger.delete();
		const before = harness.ryze.webhooks('demo');
		harness.ryze.requests.length = 0;
		expect(await trigger.delete()).toBe(true);
		expect(harness.posted()).toEqual([]);
		expect(harness.ryze.webhooks('demo')).toEqual(before);
	});

	it('changes nothing when it was never on', async () => {
		harness.ryze.setWebhook('demo', OWN);
		expect(await harness.trigger().delete()).toBe(true);
		expect(harness.posted()).toEqual([]);
		expect(harness.ryze.webhooks('demo')).toHaveLength(1);
	});

	it('succeeds when the whole instance is gone', async () => {
		const credential = { ...harness.credential, token: seeds.accountToken, instance: 'gone' };
		const secret = 'Bearer kept';
		const staticData = { 'node:Ryze Trigger': { secret } };
		const trigger = harness.trigger({ credential, staticData });
		expect(await trigger.delete()).toBe(true);
		expect(harness.ryze.requests).toMatchObject([{ method: 'GET', status: 404 }]);
		expect(trigger.kept()).toEqual({});
	});

	it('says why it failed, and keeps the secret for the next try', async () => {
		const trigger = harness.trigger();
		await trigger.switchOn();
		const kept = trigger.kept();
		const error = { message: 'Failed to get instance' };
		harness.ryze.setFault(() => ({ status: 500, body: { success: false, error } }));
		expect((await failureOf(trigger.delete())).message).toMatch(/^Failed to get instance\. /);
		expect(trigger.kept()).toEqual(kept);
		harness.ryze.setFault(undefined);
		await trigger.delete();
		expect(harness.ours()).toMatchObject([{ enabled: false }]);
	});

	it('ends the use of its secret: switched on again, it has a new one under the same label', async () => {
		const trigger = harness.trigger();
		await trigger.switchOn();
		const [before] = harness.ours();
		await trigger.delete();
		await trigger.switchOn();
		const [after] = harness.ours();
		expect(after.label).toBe(before.label);
		expect(after.authorization).not.toBe(before.authorization);
		expect(harness.ours()).toHaveLength(1);
	});
});
