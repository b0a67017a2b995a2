const { setTimeout: sleep } = require('node:timers/promises');
const { readExample } = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { OWN } = require('../support/sandbox');
const { startTriggerRig } = require('../support/triggerRig');
const { until } = require('../../sandbox/until');
const { triggered } = require('../support/workflows');

const group = { jid: seeds.chats.group, name: 'Team' };
const { token } = seeds.instances.demo;

describe.each(N8N_VERSIONS)('n8n %s', (version) => {
	/** @type {import('../support/triggerRig').TriggerRig} */
	let rig;
	/** @type {object} */
	let own;

	beforeAll(async () => {
		rig = await startTriggerRig(version);
	});
	beforeEach(() => {
		own = rig.ryze.setWebhook('demo', OWN);
	});
	afterEach(async () => await rig.reset());
	afterAll(async () => await rig?.stop());

	it('pin-by-command: a message that starts with #pin in a group is pinned for 7 days', async () => {
		const id = await rig.activate(readExample('pin-by-command.json'));
		expect(rig.ours()).toEqual([
			expect.objectContaining({
				enabled: true,
				url: expect.stringMatching(`^${rig.n8n.url}/webhook/`),
				authorization: expect.stringMatching(/^Bearer [0-9a-f]{64}$/),
				events: ['message.exchange'],
			}),
		]);

		const wanted = await rig.ryze.receive('demo', { chat: group, text: '#pin Dinner at 8' });
		expect(wanted.deliveries[0].attempts).toMatchObject([{ status: 200 }]);
		const others = [
			{ chat: group, text: 'Do not #pin' },
			{ text: '#pin in private' },
			{ chat: group, text: '#pin by a program', direction: 'outgoing', source: 'api' },
		];
		for (const other of /** @type {any[]} */ (others)) await rig.ryze.receive('demo', other);
		await rig.ryze.idle();
		const [execution] = await rig.executions(id, 1);
		expect(execution.status).toBe('success');
		await sleep(500);
		expect(await rig.rest.listExecutions(id)).toHaveLength(1);
		expect([...rig.ryze.pins]).toEqual([
			[
				`demo/${wanted.messageId}`,
				expect.objectContaining({ chatJid: seeds.chats.group, duration: '7d' }),
			],
		]);

		await rig.switchOff(id);
		expect(rig.ours()).toEqual([expect.objectContaining({ enabled: false })]);
		expect(rig.ryze.webhooks('demo')).toContainEqual(own);
	});

	it.each(/** @type {const} */ (['live', 'docs']))(
		'hands on what Ryze delivers without the token, in the %s layout',
		async (layout) => {
			const id = await rig.activate(triggered());
			const text = `The token is ${token}!`;
			const { messageId } = await rig.ryze.receive('demo', { layout, text });
			const [execution] = await rig.executions(id, 1);
			const [[{ json }]] = execution.data.resultData.runData.Trigger[0].data.main;
			expect(json).toMatchObject({
				messageId,
				event: 'message.exchange',
				data: { id: messageId },
				instanceData: { baseUrl: rig.ryze.url, instance: 'demo' },
			});
			expect(JSON.stringify(json)).toContain('The token is ***!');
			const kept = JSON.stringify(execution.data);
			expect(kept).not.toContain(token);
			expect(kept).not.toContain(rig.ours()[0].authorization);
		},
	);

	it('starts nothing when a delivery is forged or comes twice', async () => {
		const id = await rig.activate(triggered());
		const data = rig.ryze.events.messageExchange({ text: 'Hi' });
		const [forged] = await rig.ryze.deliver('demo', 'message.exchange', data, {
			authorization: 'Bearer forged',
		});
		expect(forged.attempts.map(({ status }) => status)).toEqual([401, 401, 401]);
		expect(rig.printed().match(/was refused with 401/g)).toHaveLength(1);
		expect(await rig.rest.listExecutions(id)).toEqual([]);

		const [twice] = await rig.ryze.deliver('demo', 'message.exchange', data, { repeat: true });
		expect(twice.attempts.map(({ status }) => status)).toEqual([200, 200]);
		await rig.executions(id, 1);
		await sleep(500);
		expect(await rig.rest.listExecutions(id)).toHaveLength(1);
	});

	it('listens for a test event beside the active workflow, with its own webhook', async () => {
		const id = await rig.activate(triggered());
		await rig.rest.listenForTestEvent(id, 'Trigger');
		const [production, test] = [false, true].map((isTest) =>
			rig.ours().find(({ label }) => label.endsWith('-test') === isTest),
		);
		expect(production).toMatchObject({ enabled: true });
		expect(test).toMatchObject({
			enabled: true,
			url: expect.stringMatching(`^${rig.n8n.url}/webhook-test/`),
		});
		expect(test?.authorization).not.toBe(production?.authorization);
		expect(rig.enabled()).toHaveLength(3);

		await rig.ryze.receive('demo', { text: 'Hi' });
		const both = await rig.executions(id, 2);
		expect(both.map(({ mode }) => mode).sort()).toEqual(['manual', 'webhook']);
		// n8n stops listening after the first event.
		await until(() => rig.enabled().length < 3);
		expect(rig.enabled()).toEqual([own, production]);
	});

	it('says which webhooks are in use when there is no room for another', async () => {
		for (const label of ['crm', 'shop']) rig.ryze.setWebhook('demo', { ...OWN, label });
		const before = rig.ryze.webhooks('demo');
		const id = await rig.addWorkflow(triggered());
		await expect(rig.rest.activateWorkflow(id)).rejects.toThrow(
			'Ryze delivers to at most 3 webhooks per instance, and all are in use: "crm", "default", "shop"',
		);
		expect(rig.enabled()).toEqual(before);
	});

	it('repairs its webhook when someone has changed it', async () => {
		const workflow = triggered();
		const id = await rig.activate(workflow);
		const [webhook] = rig.ours();
		rig.ryze.setWebhook('demo', { ...webhook, url: 'http://127.0.0.1:9/elsewhere' });
		await rig.switchOff(id);
		await rig.switchOn(id);
		expect(rig.ours()).toMatchObject([{ label: webhook.label, url: webhook.url, enabled: true }]);
		expect(rig.enabled()).toHaveLength(2);
	});
});
