const { NodeOperationError } = require('n8n-workflow');
const registration = require('../../../dist/nodes/Ryze/trigger/lifecycle');
const { hookRig, refusing } = require('../../support/hookRig');

const { isRegistered, register, unregister } = registration;

/** A trigger that is switched on. */
async function on() {
	const rig = hookRig();
	expect(await register(rig.context)).toBe(true);
	rig.http.mockClear();
	const [label] = rig.webhooks.keys();
	const webhook = /** @type {Record<string, any>} */ (rig.webhooks.get(label));
	return { rig, label, webhook };
}

describe('switching the trigger on', () => {
	it('tells Ryze where to deliver, and with which secret', async () => {
		const { rig, label, webhook } = await on();
		expect(label).toMatch(/^n8n-wf1-[0-9a-f]{8}$/);
		expect(webhook).toEqual({
			label,
			enabled: true,
			url: 'https://n8n.example.com/webhook/uuid-1/webhook',
			authorization: expect.stringMatching(/^Bearer [0-9a-f]{64}$/),
			byEvents: false,
			events: ['message.exchange'],
			mediaBase64: false,
		});
		expect(rig.kept).toEqual({ secret: webhook.authorization });
	});

	it('keeps the secret that is still in use', async () => {
		const { rig, webhook } = await on();
		await register(rig.context);
		expect(rig.posted()).toEqual([webhook]);
	});

	it.each([
		'localhost:5678/webhook/uuid-1/webhook',
		'n8n.example.com/webhook/uuid-1/webhook',
		'ftp://n8n.example.com/webhook/uuid-1/webhook',
		'http:///webhook/uuid-1/webhook',
	])('refuses an address that nobody can call, and says which setting to mend: %s', async (url) => {
		const rig = hookRig();
		rig.url = url;
		await expect(register(rig.context)).rejects.toThrow(/is not a web address\. .* WEBHOOK_URL/);
		expect(rig.posted()).toEqual([]);
	});

	it('takes one event from an expression, and refuses none', async () => {
		const rig = hookRig();
		rig.events = 'call.update';
		await register(rig.context);
		expect(rig.posted()).toMatchObject([{ events: ['call.update'] }]);
		for (const nothing of [null, [], '', [null]]) {
			rig.events = nothing;
			await expect(register(rig.context)).rejects.toThrow("'Trigger On' is empty");
		}
	});

	it('keeps no secret that Ryze has not taken', async () => {
		const rig = hookRig();
		rig.instead = () => refusing(401, 'Invalid token');
		await expect(register(rig.context)).rejects.toThrow('Invalid token');
		expect(rig.kept).toEqual({});
	});

	it('is refused without an event', async () => {
		const rig = hookRig();
		rig.events = [];
		await expect(register(rig.context)).rejects.toMatchObject({
			message: "'Trigger On' is empty. Choose at least one event in 'Trigger On'.",
			context: { reason: 'invalid-parameter' },
		});
		expect(rig.http).not.toHaveBeenCalled();
	});

	it('is refused where Ryze cannot reach n8n, before anything is sent', async () => {
		const rig = hookRig();
		rig.url = 'http://localhost:5678/webhook/uuid-1/webhook';
		const told = await register(rig.context).catch((error) => error);
		expect(told).toBeInstanceOf(NodeOperationError);
		expect(told.message).toMatch(
			/^Ryze cannot deliver to localhost:5678: .* machine\. .*WEBHOOK_URL/,
		);
		expect(rig.http).not.toHaveBeenCalled();
	});

	it('works on one machine with a Ryze of its own', async () => {
		const rig = hookRig();
		rig.url = 'http://localhost:5678/webhook/uuid-1/webhook';
		rig.credential = { ...rig.credential, baseUrl: 'http://127.0.0.1:8080' };
		expect(await register(rig.context)).toBe(true);
	});
});

describe('a trigger that is on', () => {
	it('is known to be', async () => {
		const { rig, label } = await on();
		expect(await isRegistered(rig.context)).toBe(true);
		expect(rig.http.mock.calls.map(([, { qs }]) => qs)).toEqual([{ label }]);
	});

	it('may have its events in any order', async () => {
		const { rig, webhook } = await on();
		rig.events = ['group.flow', 'message.exchange', 'call.update'];
		webhook.events = ['call.update', 'group.flow', 'message.exchange'];
		rig.webhooks.set(webhook.label, webhook);
		expect(await isRegistered(rig.context)).toBe(true);
		expect(rig.events).toEqual(['group.flow', 'message.exchange', 'call.update']);
	});

	it.each([
		['is off at Ryze', { enabled: false }],
		['has another URL', { url: 'https://other.example/webhook/uuid-1/webhook' }],
		['has another secret', { authorization: 'Bearer x' }],
		['has none', { authorization: undefined }],
		['delivers to a URL for each event', { byEvents: true }],
		['has fewer events', { events: [] }],
		['has more events', { events: ['message.exchange', 'call.update'] }],
		['has other events', { events: ['call.update'] }],
		['has no events', { events: undefined }],
		['has null for events', { events: null }],
	])('is to be mended when it %s', async (_, changes) => {
		const { rig, label, webhook } = await on();
		rig.webhooks.set(label, { ...webhook, ...changes });
		expect(await isRegistered(rig.context)).toBe(false);
	});

	it('is to be mended when Ryze has none, or n8n has lost the secret', async () => {
		const { rig } = await on();
		rig.webhooks.clear();
		expect(await isRegistered(rig.context)).toBe(false);
		rig.kept = {};
		rig.http.mockClear();
		expect(await isRegistered(rig.context)).toBe(false);
		expect(rig.http).not.toHaveBeenCalled();
	});
});

describe('switching the trigger off', () => {
	it('disables its webhook and no other, and forgets the secret', async () => {
		const { rig, label } = await on();
		rig.webhooks.set('crm', { label: 'crm', enabled: true });
		expect(await unregister(rig.context)).toBe(true);
		expect(rig.posted()).toEqual([{ label, enabled: false }]);
		expect(rig.kept).toEqual({});
	});

	it('asks nothing more of Ryze where the webhook is gone or off', async () => {
		const { rig, label } = await on();
		for (const gone of [
			() => rig.webhooks.set(label, { label, enabled: false }),
			() => rig.webhooks.clear(),
		]) {
			gone();
			rig.kept = { secret: 'x' };
			expect(await unregister(rig.context)).toBe(true);
			expect(rig.kept).toEqual({});
		}
		expect(rig.posted()).toEqual([]);
	});

	it('is done where the instance is gone', async () => {
		const { rig } = await on();
		rig.instead = () => refusing(404, 'Instance not found');
		expect(await unregister(rig.context)).toBe(true);
		expect(rig.kept).toEqual({});
	});

	it('tells when Ryze does not do it, and keeps the secret of what goes on', async () => {
		const { rig, webhook } = await on();
		rig.instead = ({ method }) => (method === 'POST' ? refusing(500, 'pq: down') : undefined);
		const told = await unregister(rig.context).catch((error) => error);
		expect(told).toBeInstanceOf(NodeOperationError);
		expect(told.message).toMatch(/^pq: down\. Whether it took effect is unknown; .*Run again/);
		expect(told.context.reason).toBe('server-error');
		expect(rig.kept).toEqual({ secret: webhook.authorization });
	});
});

describe.each([
	['checking', isRegistered],
	['switching on', register],
	['switching off', unregister],
])('%s with a credential that cannot be read', (_, task) => {
	it('says so', async () => {
		const rig = hookRig();
		rig.credential = new Error('Node does not have any credentials set');
		await expect(task(rig.context)).rejects.toMatchObject({
			message: 'Node does not have any credentials set.',
			context: { reason: 'invalid-credential' },
		});
		rig.credential = { token: '', instance: 'shop', baseUrl: 'https://ryzeapi.cloud' };
		await expect(task(rig.context)).rejects.toThrow("'Token' of the Ryze API credential is empty");
	});
});
