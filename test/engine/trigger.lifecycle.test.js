const { restoreTime, skipPauses } = require('../support/engine');
const { OWN, refusing, seeds, startTriggerHarness } = require('../support/triggerEngine');

/** @type {Awaited<ReturnType<typeof startTriggerHarness>>} */
let harness;

beforeAll(async () => {
	harness = await startTriggerHarness();
});
afterEach(() => {
	restoreTime();
	harness.reset();
});
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
		expect(trigger.kept()).toEqual({
			secret: harness.ours()[0].authorization,
			instance: 'demo',
			baseUrl: harness.ryze.url,
			url: trigger.url,
			events,
		});
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
		['its own path for each event', { byEvents: true }],
	])('repairs its webhook when someone has changed it: %s', async (_name, change) => {
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

	it('of a copy of n8n at another address touches nothing of the original', async () => {
		const original = harness.trigger();
		await original.switchOn();
		const [row] = harness.ours();
		const copy = harness.trigger({
			n8nUrl: 'http://127.0.0.1:9',
			staticData: { 'node:Ryze WhatsApp Trigger': original.kept() },
		});
		await copy.switchOn();
		const [other] = harness.ours().filter(({ label }) => label !== row.label);
		expect(harness.ours()).toHaveLength(2);
		expect(harness.ours()).toContainEqual(row);
		expect(other.url).toMatch(/^http:\/\/127\.0\.0\.1:9\/webhook\//);
		expect(other.authorization).not.toBe(row.authorization);
		await copy.delete();
		expect(harness.ours().filter(({ enabled }) => enabled)).toEqual([row]);
		expect(await original.checkExists()).toBe(true);
	});

	it('under a changed path of WEBHOOK_URL leaves the earlier webhook alone', async () => {
		await harness.trigger().switchOn();
		const [row] = harness.ours();
		const moved = harness.trigger({ n8nUrl: `${harness.receiver.url}/n8n` });
		await moved.switchOn();
		await moved.delete();
		expect(harness.ours().filter(({ enabled }) => enabled)).toEqual([row]);
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
		const staticData = { 'node:Ryze WhatsApp Trigger': { secret } };
		const trigger = harness.trigger({ credential, staticData });
		expect(await trigger.delete()).toBe(true);
		expect(harness.ryze.requests).toMatchObject([{ method: 'GET', status: 404 }]);
		expect(trigger.kept()).toEqual({});
	});

	/** @type {Array<[string, import('../../sandbox/ryze/types').Fault, RegExp]>} */
	const refusals = [
		['does not take the token', refusing(401, 'Invalid token'), /Invalid token/],
		['takes the token for another instance', refusing(403, 'Not yours'), /Not yours/],
		['fails', refusing(500, 'Failed to get instance'), /Failed to get instance/],
		['is away', { reset: 'before' }, /The connection to Ryze at .* failed/],
	];
	it.each(refusals)('never fails when Ryze %s, and says so once', async (_name, fault, why) => {
		skipPauses();
		const trigger = harness.trigger();
		await trigger.switchOn();
		const [{ label }] = harness.ours();
		harness.ryze.setFault(() => fault);
		expect(await trigger.delete()).toBe(true);
		expect(trigger.kept()).toEqual({});
		expect(trigger.warnings).toHaveLength(1);
		expect(trigger.warnings[0]).toMatch(why);
		expect(trigger.warnings[0]).toContain(
			`The webhook "${label}" of the instance "demo" could not be disabled (`,
		);
		expect(trigger.warnings[0]).toContain('disable it there');
	});

	it('never fails when the credential has gone, and says so once', async () => {
		const trigger = harness.trigger();
		await trigger.switchOn();
		const staticData = { 'node:Ryze WhatsApp Trigger': trigger.kept() };
		const without = harness.trigger({ credential: undefined, staticData });
		expect(await without.delete()).toBe(true);
		expect(without.kept()).toEqual({});
		expect(without.warnings).toEqual([
			expect.stringMatching(
				/^The webhook "n8n-wf1-.*" of the instance "demo" could not .*credentials/,
			),
		]);
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

describe('a credential that now names another instance', () => {
	const { second } = seeds.instances;

	/** @param {object} changes of the credential, once the trigger is on */
	async function edited(changes) {
		const account = { ...harness.credential, token: seeds.accountToken };
		const before = harness.trigger({ credential: account });
		await before.switchOn();
		const staticData = { 'node:Ryze WhatsApp Trigger': before.kept() };
		return harness.trigger({ credential: { ...account, ...changes }, staticData });
	}
	const on = (/** @type {string} */ name) =>
		harness.ryze.webhooks(name).filter(({ enabled }) => enabled);

	it('gets a webhook with its own secret there, and the earlier one is taken back', async () => {
		const trigger = await edited({ instance: 'second' });
		const [{ authorization }] = on('demo');
		await trigger.switchOn();
		expect(on('demo')).toEqual([]);
		expect(on('second')).toHaveLength(1);
		expect(on('second')[0].authorization).not.toBe(authorization);
		expect(trigger.kept()).toMatchObject({ instance: 'second' });
		expect(trigger.warnings).toEqual([]);
	});

	it('is taken back where it was registered when the trigger is switched off', async () => {
		const trigger = await edited({ instance: 'second' });
		expect(await trigger.delete()).toBe(true);
		expect([...on('demo'), ...on('second')]).toEqual([]);
		expect(trigger.warnings).toEqual([]);
	});

	it.each(/** @type {const} */ (['create', 'delete']))(
		'is said to be left behind at %s where the token may not take it back',
		async (method) => {
			const trigger = await edited({ instance: 'second', token: second.token });
			expect(await trigger[method]()).toBe(true);
			expect(on('demo')).toHaveLength(1);
			expect(trigger.warnings).toEqual([
				expect.stringMatching(
					/^The webhook "n8n-wf1-.*" of the instance "demo" could not be disabled/,
				),
			]);
			expect(trigger.kept().secret).not.toBe(on('demo')[0].authorization);
		},
	);

	it.each(/** @type {const} */ (['create', 'delete']))(
		'never sends its token to the base URL that it had before, at %s',
		async (method) => {
			const trigger = await edited({ baseUrl: harness.ryze.url.replace('127.0.0.1', 'localhost') });
			const [{ authorization }] = on('demo');
			harness.ryze.requests.length = 0;
			expect(await trigger[method]()).toBe(true);
			expect(trigger.warnings).toEqual([expect.stringMatching(/another Base URL/)]);
			expect(trigger.kept().secret).not.toBe(authorization);
		},
	);
});

describe('a check that cannot be made', () => {
	/** @type {Array<[string, import('../../sandbox/ryze/types').Fault]>} */
	const hiccups = [
		['fails', refusing(500, 'Failed to get instance')],
		['is away', { reset: 'before' }],
		['is behind a gateway that does not reach it', { status: 502, body: '<html>' }],
		['limits the requests', refusing(429, 'Rate limit exceeded. Try again later.')],
		['sends a web page', { status: 200, body: '<html>' }],
	];
	it.each(hiccups)(
		'trusts what was registered, after one try, when Ryze %s',
		async (_name, fault) => {
			const trigger = harness.trigger({ workflowId: 'check' });
			await trigger.switchOn();
			const before = harness.ours();
			harness.ryze.requests.length = 0;
			harness.ryze.setFault(() => fault);
			const pauses = skipPauses();
			expect(await trigger.checkExists()).toBe(true);
			expect(pauses).toEqual([]);
			expect(harness.ryze.requests).toHaveLength(1);
			harness.ryze.setFault(undefined);
			expect(harness.ours()).toEqual(before);
		},
	);

	it('waits 5 seconds for a response, and no longer', async () => {
		const trigger = harness.trigger();
		await trigger.switchOn();
		// Over as soon as the request was read, however busy the machine is.
		const over = new AbortController();
		const spy = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => over.signal);
		harness.ryze.setFault(() => {
			setTimeout(() => over.abort(), 10);
			return { hang: true };
		});
		expect(await trigger.checkExists()).toBe(true);
		expect(spy).toHaveBeenCalledWith(5000);
		expect(harness.ryze.requests).toHaveLength(2);
		spy.mockRestore();
	});

	it('trusts nothing when the trigger has other events or another place now', async () => {
		const trigger = harness.trigger();
		await trigger.switchOn();
		harness.ryze.requests.length = 0;
		const staticData = { 'node:Ryze WhatsApp Trigger': trigger.kept() };
		for (const options of [
			{ parameters: { events } },
			{ credential: { ...harness.credential, instance: 'second' } },
			{ n8nUrl: 'http://127.0.0.1:9' },
		]) {
			expect(await harness.trigger({ staticData, ...options }).checkExists()).toBe(false);
		}
		expect(harness.ryze.requests).toEqual([]);
	});

	it('is no reason to doubt a secret that comes back encrypted', async () => {
		const trigger = harness.trigger();
		await trigger.switchOn();
		const [webhook] = harness.ours();
		harness.ryze.setWebhook('demo', { ...webhook, authorization: 'gAAAAABm3xk0Zq9w==' });
		expect(await trigger.checkExists()).toBe(true);
	});
});
