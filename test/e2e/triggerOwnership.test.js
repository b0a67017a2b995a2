const { startCopy } = require('../../sandbox/n8n/copy');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { OWN, refusing, statuses } = require('../support/sandbox');
const { startTriggerRig } = require('../support/triggerRig');
const { until } = require('../../sandbox/until');
const { triggered, triggeredByEach } = require('../support/workflows');

const { accountToken } = seeds;
const { second } = seeds.instances;
const ofSecond = { token: second.token, instance: 'second' };

describe.each(N8N_VERSIONS)('n8n %s', (version) => {
	/** @type {import('../support/triggerRig').TriggerRig} */
	let rig;

	beforeAll(async () => {
		rig = await startTriggerRig(version);
	});
	afterAll(async () => await rig?.stop());

	/**
	 * @param {string} instance
	 * @param {import('../../sandbox/ryze/types').DeliverOptions} [options]
	 * @returns {Promise<number[][]>} How each webhook of the instance answers a new event.
	 */
	const deliver = async (instance, options) =>
		statuses((await rig.ryze.receive(instance, {}, options)).deliveries);

	/** @param {import('../../sandbox/ryze/types').Fault} fault of all requests to the instance demo */
	const refuse = (fault) =>
		rig.ryze.setFault(({ path }) => (path.endsWith('/demo') ? fault : undefined));

	/** @param {string} label @param {string} why */
	const sentence = (label, why) =>
		expect.stringMatching(
			`^The webhook "${label}" of the instance "demo" could not be disabled \\(${why}`,
		);

	describe('with a copy of it at another address', () => {
		/** @type {import('../../sandbox/n8n/copy').Copy} */
		let copy;
		/** @type {string} */
		let id;
		/** @type {import('../../sandbox/ryze/types').Webhook} */
		let production;

		beforeAll(async () => {
			id = await rig.activate(triggered());
			[production] = rig.enabled();
			copy = await startCopy(rig, (line) => console.log(line));
		});
		afterAll(async () => {
			await copy?.stop();
			await rig.reset();
		});

		const ofCopy = () => expect.objectContaining({ url: expect.stringContaining(copy.n8n.url) });

		it('keeps its webhook whatever the copy does, and each starts its own workflow', async () => {
			await copy.rest.deactivateWorkflow(id);
			expect(rig.enabled()).toEqual([production]);
			await copy.rest.activateWorkflow(id);
			expect(rig.enabled()).toHaveLength(2);
			expect(rig.enabled()).toEqual(expect.arrayContaining([production, ofCopy()]));
			expect(await deliver('demo')).toEqual([[200], [200]]);
			expect(await rig.executions(id, 1)).toHaveLength(1);
			await until(async () => (await copy.rest.listExecutions(id)).length === 1);
			await copy.rest.deactivateWorkflow(id);
			expect(rig.enabled()).toEqual([production]);
			expect(await deliver('demo')).toEqual([[200]]);
			expect(await rig.executions(id, 2)).toHaveLength(2);
		});

		it('is named when the copy finds no room for its own webhook', async () => {
			await copy.rest.deactivateWorkflow(id);
			for (const label of ['crm', 'shop']) rig.ryze.setWebhook('demo', { ...OWN, label });
			const before = rig.enabled();
			// Not switched on, as n8n 2.41.1 tries that for 15 s before it says why it failed.
			await expect(copy.rest.listenForTestEvent(id, 'Trigger')).rejects.toThrow(
				`"${production.label}" belongs to this workflow under another address (${rig.n8n.url}): `,
			);
			expect(rig.enabled()).toEqual(before);
		});
	});

	describe('after the credential was edited to another instance', () => {
		afterEach(async () => await rig.reset());

		it('takes the webhook back there, and listens to the new instance only', async () => {
			const credential = await rig.addCredential({ token: accountToken });
			const id = await rig.activate(triggered(), credential);
			const [earlier] = rig.enabled();
			await rig.editCredential(credential, { token: accountToken, instance: 'second' });
			// Until it is published again, nothing answers from the new number.
			expect(await deliver('demo')).toEqual([[403, 403, 403]]);
			expect(rig.printed()).toMatch(/the credential names the instance "second" now/);
			await rig.switchOff(id);
			expect(rig.enabled()).toEqual([]);
			await rig.switchOn(id);
			expect(rig.enabled()).toEqual([]);
			const [now] = rig.enabled('second');
			expect(now.authorization).not.toBe(earlier.authorization);

			// As if Ryze had events left of the time before.
			rig.ryze.setWebhook('demo', earlier);
			expect(await deliver('demo')).toEqual([[401, 401, 401]]);
			const { authorization } = now;
			expect(await deliver('demo', { authorization })).toEqual([[403, 403, 403]]);
			rig.ryze.setWebhook('demo', { label: earlier.label, enabled: false });
			expect(await deliver('second')).toEqual([[200]]);
			expect(await rig.executions(id, 1)).toHaveLength(1);

			await rig.switchOff(id);
			expect([...rig.enabled(), ...rig.enabled('second')]).toEqual([]);
			expect(rig.leftBehind()).toEqual([]);
		});

		it('says in the log of n8n when the earlier webhook could not be disabled', async () => {
			const credential = await rig.addCredential();
			const id = await rig.activate(triggered(), credential);
			const [earlier] = rig.enabled();
			await rig.editCredential(credential, ofSecond);
			refuse(refusing(401, 'Invalid token'));
			await rig.switchOff(id);
			await until(() => rig.leftBehind().length > 0);
			await rig.switchOn(id);
			expect(rig.enabled('second')).toHaveLength(1);
			expect(await deliver('demo')).toEqual([[401, 401, 401]]);
			await rig.switchOff(id);
			expect(rig.enabled('second')).toEqual([]);
			expect(rig.enabled()).toEqual([earlier]);
			expect(rig.leftBehind()).toEqual([sentence(earlier.label, 'Invalid token')]);
		});
	});

	describe('while Ryze refuses', () => {
		afterEach(async () => await rig.reset());

		/** @type {Array<[string, import('../../sandbox/ryze/types').Fault, string]>} */
		const refusals = [
			['the instance was deleted', refusing(401, 'Invalid token'), 'Invalid token'],
			['Ryze fails', refusing(500, 'Failed to get instance'), 'Failed to get instance'],
			['Ryze is away', { reset: 'before' }, 'The connection to Ryze at .* failed'],
		];

		it.each(refusals)('switches off all triggers of a workflow when %s', async (_, fault, why) => {
			const other = await rig.addCredential(ofSecond);
			// n8n goes through them one after the other, and its order does not matter here.
			const credentials = { Before: other, Refused: rig.credential, After: other };
			const id = await rig.activate(triggeredByEach(credentials));
			const [refused] = rig.enabled();
			expect(rig.enabled('second')).toHaveLength(2);
			refuse(fault);
			await rig.switchOff(id);
			expect(rig.enabled('second')).toEqual([]);
			expect(await deliver('demo')).toEqual([[404, 404, 404]]);
			await until(() => rig.leftBehind().length > 0);
			expect(rig.leftBehind()).toEqual([sentence(refused.label, why)]);
		});

		it.each(['is told to stop', 'has got its event'])(
			'ends a test that %s, without an error that nobody handles',
			async (how) => {
				const id = await rig.addWorkflow(triggered());
				await rig.rest.listenForTestEvent(id, 'Trigger');
				const [{ label }] = rig.enabled();
				refuse(refusing(401, 'Invalid token'));
				if (how === 'is told to stop') await rig.rest.stopListening(id);
				else expect(await deliver('demo')).toEqual([[200]]);
				await until(() => rig.leftBehind().length > 0);
				// n8n still answers, and does not listen any more.
				expect(await deliver('demo')).toEqual([[404, 404, 404]]);
				// n8n would print an error that nobody handles by its message.
				const told = rig.printed().match(/.*Invalid token.*/g);
				expect(told).toEqual([sentence(label, 'Invalid token')]);
			},
		);
	});
});
