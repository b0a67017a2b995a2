const { failureOf, startTriggerHarness } = require('../../../support/triggerEngine');

/*
 * What test/engine/trigger.lifecycle.test.js and trigger.errors.test.js leave open: settings and
 * answers that are rare.
 */

/** @type {Awaited<ReturnType<typeof startTriggerHarness>>} */
let harness;

beforeAll(async () => {
	harness = await startTriggerHarness();
});
afterEach(() => harness.reset());
afterAll(async () => await harness.stop());

/** A trigger that is on. */
async function on() {
	const trigger = harness.trigger();
	await trigger.switchOn();
	const [webhook] = harness.ours();
	harness.ryze.requests.length = 0;
	return { trigger, webhook };
}

describe('switching the trigger on', () => {
	it.each(['localhost:5678', 'n8n.example.com', 'ftp://n8n.example.com', 'http://'])(
		'is refused when the address of n8n is %s, which is no web address',
		async (n8nUrl) => {
			const { message, context } = await failureOf(harness.trigger({ n8nUrl }).create());
			expect(message).toMatch(/ web address\. .* WEBHOOK_URL/);
			expect(context.reason).toBe('invalid-parameter');
			expect(harness.ryze.requests).toEqual([]);
		},
	);

	it('works when an expression returns a single event instead of a list', async () => {
		await harness.trigger({ parameters: { events: '={{ "call.update" }}' } }).create();
		expect(harness.posted()).toMatchObject([{ events: ['call.update'] }]);
	});

	it.each(['={{ null }}', '={{ [] }}', '', '={{ [null] }}'])(
		"is refused when 'Trigger On' is %j, which names no event",
		async (events) => {
			const { message, context } = await failureOf(
				harness.trigger({ parameters: { events } }).create(),
			);
			expect(message).toMatch(/^'Trigger On' .*\. Choose at least one event in 'Trigger On'\.$/);
			expect(context.reason).toBe('invalid-parameter');
			expect(harness.ryze.requests).toEqual([]);
		},
	);

	it('stores no secret when Ryze has refused the webhook', async () => {
		const trigger = harness.trigger({ credential: { ...harness.credential, token: 'wrong' } });
		expect((await failureOf(trigger.create())).message).toMatch(/^Invalid token\. /);
		expect(trigger.kept()).toEqual({});
	});

	it('sends the same secret again while it is in use', async () => {
		const { trigger, webhook } = await on();
		await trigger.create();
		expect(harness.posted()).toEqual([webhook]);
	});
});

describe('a trigger that is on', () => {
	it.each([
		['other events', { events: ['call.update'] }],
		['an empty list of events', { events: [] }],
		['no events', { events: undefined }],
		['null for its events', { events: null }],
		['no authorization', { authorization: undefined }],
	])('needs to be repaired when its webhook has %s', async (_name, changes) => {
		const { trigger, webhook } = await on();
		const body = { success: true, webhook: { ...webhook, ...changes } };
		harness.ryze.setFault(() => ({ status: 200, body }));
		expect(await trigger.checkExists()).toBe(false);
	});

	it('needs to be repaired when Ryze no longer knows its webhook', async () => {
		const { trigger } = await on();
		harness.ryze.reset();
		expect(await trigger.checkExists()).toBe(false);
	});

	it('needs to be repaired when n8n has lost the secret, which takes no request to know', async () => {
		await on();
		expect(await harness.trigger({ staticData: {} }).checkExists()).toBe(false);
		expect(harness.ryze.requests).toEqual([]);
	});
});

describe('switching the trigger off', () => {
	it('changes nothing at Ryze when Ryze no longer knows the webhook', async () => {
		const { trigger } = await on();
		harness.ryze.reset();
		expect(await trigger.delete()).toBe(true);
		expect(harness.posted()).toEqual([]);
		expect(trigger.kept()).toEqual({});
	});

	it('changes nothing at Ryze when the webhook has been disabled there', async () => {
		const { trigger, webhook } = await on();
		harness.ryze.setWebhook('demo', { ...webhook, enabled: false });
		expect(await trigger.delete()).toBe(true);
		expect(harness.posted()).toEqual([]);
		expect(trigger.kept()).toEqual({});
	});
});

describe.each(/** @type {const} */ (['checkExists', 'create']))(
	'%s with a credential that cannot be used',
	(method) => {
		const staticData = { 'node:Ryze WhatsApp Trigger': { secret: 'Bearer kept' } };

		it('says that none is set', async () => {
			const trigger = harness.trigger({ credential: undefined, staticData });
			expect(await failureOf(trigger[method]())).toMatchObject({
				message: 'Node does not have any credentials set.',
				context: { reason: 'invalid-credential' },
			});
		});

		it('names the field that is empty', async () => {
			const trigger = harness.trigger({ credential: { ...harness.credential, token: '' } });
			const { message } = await failureOf(trigger[method]());
			expect(message).toMatch(/^'Token' in the Ryze WhatsApp API credential is empty/);
			expect(harness.ryze.requests).toEqual([]);
		});
	},
);
