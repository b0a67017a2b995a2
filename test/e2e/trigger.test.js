const { setTimeout: sleep } = require('node:timers/promises');
const { readExample, startRig } = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { until } = require('../support/until');
const { triggered } = require('../support/workflows');

const group = { jid: seeds.chats.group, name: 'Team' };
const { token } = seeds.instances.demo;

/** A webhook that the user has made by hand; no trigger may ever touch it. */
const OWN = {
	label: 'default',
	url: 'http://127.0.0.1:9/own',
	authorization: 'Bearer own',
	events: ['call.update'],
};

describe.each(N8N_VERSIONS)('n8n %s', (version) => {
	/** @type {import('../../sandbox/n8n/rig').Rig} */
	let rig;
	/** @type {string[]} */
	let active = [];
	/** @type {object} */
	let own;

	beforeAll(async () => {
		rig = await startRig({ version, log: (line) => console.log(line) });
	});
	beforeEach(() => {
		own = rig.ryze.setWebhook('demo', OWN);
	});
	afterEach(async () => {
		for (const id of active) await rig.rest.deactivateWorkflow(id);
		active = [];
		rig.ryze.reset();
	});
	afterAll(async () => await rig?.stop());

	/** @param {any} workflow @returns {Promise<string>} */
	async function activate(workflow) {
		const id = await rig.addWorkflow(workflow);
		await rig.rest.activateWorkflow(id);
		active.push(id);
		return id;
	}

	const enabled = () => rig.ryze.webhooks('demo').filter((webhook) => webhook.enabled);
	const ours = () => rig.ryze.webhooks('demo').filter(({ label }) => label.startsWith('n8n-'));

	/**
	 * @param {string} id @param {number} count
	 * @returns {Promise<any[]>} its executions, once there are so many and all have ended; oldest first
	 */
	async function executions(id, count) {
		await until(async () => (await rig.rest.listExecutions(id)).length >= count);
		const list = await rig.rest.listExecutions(id);
		return (await Promise.all(list.map((each) => rig.rest.waitForExecution(each.id)))).reverse();
	}

	it('pin-by-command: a message that starts with #pin in a group is pinned for 7 days', async () => {
		const id = await activate(readExample('pin-by-command.json'));
		expect(ours()).toEqual([
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
		const [execution] = await executions(id, 1);
		expect(execution.status).toBe('success');
		await sleep(500);
		expect(await rig.rest.listExecutions(id)).toHaveLength(1);
		expect([...rig.ryze.pins]).toEqual([
			[`demo/${wanted.messageId}`, { chatJid: seeds.chats.group, duration: '7d' }],
		]);

		await rig.rest.deactivateWorkflow(id);
		active = [];
		expect(ours()).toEqual([expect.objectContaining({ enabled: false })]);
		expect(rig.ryze.webhooks('demo')).toContainEqual(own);
	});

	it.each(/** @type {const} */ (['live', 'docs']))(
		'hands on what Ryze delivers without the token, in the %s layout',
		async (layout) => {
			const id = await activate(triggered());
			const text = `The token is ${token}!`;
			const { messageId } = await rig.ryze.receive('demo', { layout, text });
			const [execution] = await executions(id, 1);
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
			expect(kept).not.toContain(ours()[0].authorization);
		},
	);

	it('starts nothing when a delivery is forged or comes twice', async () => {
		const id = await activate(triggered());
		const data = rig.ryze.events.messageExchange({ text: 'Hi' });
		const [forged] = await rig.ryze.deliver('demo', 'message.exchange', data, {
			authorization: 'Bearer forged',
		});
		expect(forged.attempts.map(({ status }) => status)).toEqual([401, 401, 401]);
		expect(await rig.rest.listExecutions(id)).toEqual([]);

		const [twice] = await rig.ryze.deliver('demo', 'message.exchange', data, { repeat: true });
		expect(twice.attempts.map(({ status }) => status)).toEqual([200, 200]);
		await executions(id, 1);
		await sleep(500);
		expect(await rig.rest.listExecutions(id)).toHaveLength(1);
	});

	it('listens for a test event beside the active workflow, with a webhook of its own', async () => {
		const id = await activate(triggered());
		await rig.rest.listenForTestEvent(id, 'Trigger');
		const [production, test] = [false, true].map((isTest) =>
			ours().find(({ label }) => label.endsWith('-test') === isTest),
		);
		expect(production).toMatchObject({ enabled: true });
		expect(test).toMatchObject({
			enabled: true,
			url: expect.stringMatching(`^${rig.n8n.url}/webhook-test/`),
		});
		expect(test?.authorization).not.toBe(production?.authorization);
		expect(enabled()).toHaveLength(3);

		await rig.ryze.receive('demo', { text: 'Hi' });
		const both = await executions(id, 2);
		expect(both.map(({ mode }) => mode).sort()).toEqual(['manual', 'webhook']);
		// n8n stops listening after the first event.
		await until(() => enabled().length < 3);
		expect(enabled()).toEqual([own, production]);
	});

	it('says which webhooks are in use when there is no room for another', async () => {
		for (const label of ['crm', 'shop']) rig.ryze.setWebhook('demo', { ...OWN, label });
		const before = rig.ryze.webhooks('demo');
		const id = await rig.addWorkflow(triggered());
		await expect(rig.rest.activateWorkflow(id)).rejects.toThrow(
			'Ryze delivers to at most 3 webhooks per instance, and all are in use: "crm", "default", "shop"',
		);
		expect(enabled()).toEqual(before);
	});

	it('repairs its webhook when somebody has changed it', async () => {
		const workflow = triggered();
		const id = await activate(workflow);
		const [webhook] = ours();
		rig.ryze.setWebhook('demo', { ...webhook, url: 'http://127.0.0.1:9/elsewhere' });
		await rig.rest.deactivateWorkflow(id);
		await rig.rest.activateWorkflow(id);
		expect(ours()).toMatchObject([{ label: webhook.label, url: webhook.url, enabled: true }]);
		expect(enabled()).toHaveLength(2);
	});
});
