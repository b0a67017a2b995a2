const { restoreTime, skipPauses } = require('../../../support/engine');
const { failureOf, OWN, startTriggerHarness } = require('../../../support/triggerEngine');

/*
 * What test/engine/trigger.lifecycle.test.js and trigger.errors.test.js leave open: answers that are
 * rare.
 */

/** @typedef {import('../../../../sandbox/ryze/types').Fault} Fault */

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

/** @param {number} status @param {string} message @returns {Fault} */
const refusing = (status, message) => ({ status, body: { success: false, error: { message } } });

/** The user's own webhooks take all the room there is. */
function fill() {
	for (const label of ['a', 'b', 'c']) harness.ryze.setWebhook('demo', { ...OWN, label });
}

/** The requests that ask for all webhooks. */
const lists = () =>
	harness.ryze.requests.filter(({ method, query }) => method === 'GET' && !('label' in query));

describe('asking Ryze for the webhook', () => {
	/** A trigger that is on, for which Ryze answers with `fault` from now on. */
	async function onWith(/** @type {Fault} */ fault) {
		const trigger = harness.trigger();
		await trigger.switchOn();
		harness.ryze.setFault(() => fault);
		return trigger;
	}

	/** @type {Array<[string, Fault]>} */
	const none = [
		['a 404', refusing(404, 'Webhook not found')],
		['a 404 without a body', { status: 404, body: '' }],
		['null for it', { status: 200, body: { success: true, webhook: null } }],
	];
	it.each(none)('finds none when Ryze responds with %s', async (_name, fault) => {
		expect(await (await onWith(fault)).checkExists()).toBe(false);
	});

	/** @type {Array<[string, Fault, string]>} */
	const failures = [
		['does not know the instance', refusing(404, 'Instance not found'), 'instance-not-found'],
		['does not take the token', refusing(401, 'Invalid token'), 'unauthorized'],
		['refuses the question', refusing(400, 'Webhook not found'), 'invalid-parameter'],
	];
	it.each(failures)('fails when Ryze %s', async (_name, fault, reason) => {
		skipPauses();
		const error = await failureOf((await onWith(fault)).checkExists());
		expect(error.context.reason).toBe(reason);
	});
});

describe('a webhook that Ryze refuses', () => {
	it.each([
		[403, 'Quota', 'forbidden'],
		[409, 'Duplicate', 'unexpected-response'],
		[500, 'limit reached', 'server-error'],
		[400, 'Too many', 'invalid-parameter'],
	])('keeps the reason of HTTP %i while all webhooks are in use', async (status, said, reason) => {
		fill();
		harness.ryze.setFault(({ method }) => (method === 'POST' ? refusing(status, said) : undefined));
		const { message, context } = await failureOf(harness.trigger().create());
		expect(message).toMatch(
			/all are in use: "a", "b", "c"\. Unpublish \(n8n 1\.x: deactivate\) another workflow/,
		);
		expect(message).toContain(`Ryze said: ${said}`);
		expect(context.reason).toBe(reason);
	});

	it('counts neither itself among those in use, nor those that are disabled', async () => {
		const trigger = harness.trigger();
		await trigger.switchOn();
		for (const label of ['a', 'b']) harness.ryze.setWebhook('demo', { ...OWN, label });
		harness.ryze.setWebhook('demo', { ...OWN, label: 'c', enabled: false });
		harness.ryze.setFault(({ method }) =>
			method === 'POST' ? refusing(400, 'Bad URL') : undefined,
		);
		expect((await failureOf(trigger.create())).message).toMatch(/^Bad URL\. /);
	});

	/** @type {Array<[string, Fault]>} */
	const unusable = [
		['cannot be read', refusing(500, 'Failed to get instance')],
		['is not a list', { status: 200, body: { success: true, webhooks: null } }],
	];
	it.each(unusable)(
		'is explained by the sentence of Ryze when the list of webhooks %s',
		async (_name, fault) => {
			harness.ryze.setFault(({ method }) => (method === 'POST' ? refusing(400, 'Bad URL') : fault));
			expect((await failureOf(harness.trigger().create())).message).toMatch(/^Bad URL\. /);
			expect(harness.ryze.requests).toHaveLength(2);
		},
	);

	it.each([
		[401, 'Invalid token'],
		[404, 'Instance not found'],
	])('does not lead to the list of webhooks after HTTP %i %s', async (status, said) => {
		fill();
		harness.ryze.setFault(() => refusing(status, said));
		const { message } = await failureOf(harness.trigger().create());
		expect(message).not.toContain('all are in use');
		expect(harness.ryze.requests).toHaveLength(1);
	});

	it('does not lead to the list of webhooks while the trigger is switched off', async () => {
		const trigger = harness.trigger();
		await trigger.switchOn();
		harness.ryze.setFault(({ method }) => (method === 'POST' ? refusing(400, 'Bad') : undefined));
		expect(await trigger.delete()).toBe(true);
		expect(lists()).toEqual([]);
	});
});
