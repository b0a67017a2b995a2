'use strict';

const { failed, useSandbox } = require('../support/sandboxCalls');

const ALL_EVENTS = [
	'message.exchange',
	'message.status',
	'call.update',
	'group.flow',
	'instance.state',
	'label.update',
];
const url = 'http://127.0.0.1:9/hook';
const stored = {
	label: 'default',
	enabled: true,
	url,
	authorization: null,
	byEvents: false,
	events: ALL_EVENTS,
	mediaBase64: false,
};
const full = {
	...stored,
	label: 'n8n',
	authorization: 'Bearer svc-token-xyz',
	byEvents: true,
	events: ['group.flow', 'call.update'],
	mediaBase64: true,
};

const sandbox = useSandbox();

/** @param {object} fields @param {string} [instance] */
const set = (fields, instance = 'demo') => sandbox.call(`/api/events/webhook/${instance}`, fields);
const labels = () => sandbox.ryze.webhooks('demo').map(({ label }) => label);

it('a webhook is stored with defaults for what was not sent', async () => {
	const message = 'Webhook configured successfully';
	const answer = { success: true, message };
	expect(await set({ enabled: true, url })).toEqual([200, { ...answer, webhook: stored }]);
	expect(await set(full)).toEqual([200, { ...answer, webhook: full }]);
	expect(sandbox.ryze.webhooks('demo')).toEqual([stored, full]);
	expect(sandbox.ryze.webhooks('second')).toEqual([]);
});

it('a webhook replaces the one with the same label and no other', async () => {
	const own = { label: 'default', url: `${url}/own`, authorization: 'Basic own', enabled: true };
	sandbox.ryze.setWebhook('demo', own);
	const [before] = sandbox.ryze.webhooks('demo');
	for (let i = 0; i < 2; i++) await set(full);
	await set({ label: 'n8n', enabled: true, url: `${url}/new` });
	expect(sandbox.ryze.webhooks('demo')).toEqual([
		before,
		{ ...stored, label: 'n8n', url: `${url}/new` },
	]);
	expect(before).toEqual({ ...stored, ...own });
});

it('a webhook that is disabled loses its fields but is kept', async () => {
	await set(full);
	const [status, { webhook }] = await set({ ...full, enabled: false });
	const cleared = { url: '', authorization: null, events: [], mediaBase64: false };
	expect([status, webhook]).toEqual([200, { ...full, ...cleared, enabled: false }]);
	expect(sandbox.ryze.webhooks('demo')).toEqual([webhook]);
	expect((await sandbox.call('/api/events/getWebhook/demo?label=n8n'))[1].webhook).toEqual(webhook);
});

it('at most three webhooks of an instance are enabled at a time', async () => {
	for (const label of ['c', 'a', 'b']) await set({ label, enabled: true, url });
	const fourth = { label: 'd', enabled: true, url };
	const refused = failed(400, 'Maximum of 3 enabled webhooks per instance reached');
	expect(await set(fourth)).toEqual(refused);
	expect(() => sandbox.ryze.setWebhook('demo', { ...fourth })).toThrow('Maximum of 3');
	expect(labels()).toEqual(['a', 'b', 'c']);
	expect((await set({ label: 'a', enabled: true, url: `${url}/2` }))[0]).toBe(200);
	expect((await set(fourth, 'second'))[0]).toBe(200);
	await set({ label: 'b', enabled: false });
	expect((await set(fourth))[0]).toBe(200);
	expect(labels()).toEqual(['a', 'b', 'c', 'd']);
});

it.each([
	['URL is required when enabled is true', { enabled: true }],
	['Invalid event: message.exchanged', { enabled: true, url, events: ['message.exchanged'] }],
	[
		'Invalid request body: wrong type of "authorization"',
		{ enabled: true, url, authorization: true },
	],
])('the endpoint answers 400 "%s" to %j', async (message, body) => {
	expect(await set(body)).toEqual(failed(400, message));
	expect(sandbox.ryze.webhooks('demo')).toEqual([]);
});

it('the webhooks can be read all at once, sorted by label, or one by its label', async () => {
	const message = 'Webhooks retrieved successfully';
	expect(await sandbox.call('/api/events/getWebhook/demo')).toEqual([
		200,
		{ success: true, message, webhooks: [] },
	]);
	await set(full);
	await set({ enabled: true, url });
	expect((await sandbox.call('/api/events/getWebhook/demo'))[1].webhooks).toEqual([stored, full]);
	expect(await sandbox.call('/api/events/getWebhook/demo?label=n8n')).toEqual([
		200,
		{ success: true, message: 'Webhook retrieved successfully', webhook: full },
	]);
	expect((await sandbox.call('/api/events/getWebhook/demo?label='))[1].webhook).toEqual(stored);
});

it('a webhook can be stored while the instance is disconnected', async () => {
	expect((await set(full, 'offline'))[0]).toBe(200);
	expect(sandbox.ryze.webhooks('offline')).toEqual([full]);
});

it('the sandbox gives out copies of webhooks, and forgets them on reset', async () => {
	sandbox.ryze.setWebhook('demo', { url });
	sandbox.ryze.webhooks('demo')[0].events.length = 0;
	expect(sandbox.ryze.webhooks('demo')).toEqual([stored]);
	sandbox.ryze.reset();
	expect(sandbox.ryze.webhooks('demo')).toEqual([]);
	expect(() => sandbox.ryze.webhooks('nobody')).toThrow('no instance named "nobody"');
});
