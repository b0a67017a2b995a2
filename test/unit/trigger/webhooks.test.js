const { Delays } = require('../../../dist/nodes/Ryze/transport/delays');
const { openClient } = require('../../../dist/nodes/Ryze/transport/client');
const { readWebhook, writeWebhook } = require('../../../dist/nodes/Ryze/trigger/webhooks');
const { hookRig, refusing } = require('../../support/hookRig');

async function start() {
	const rig = hookRig();
	return { rig, client: await openClient(rig.context, new Delays()) };
}

const webhook = { label: 'n8n-1', enabled: true, url: 'https://n8n.example.com/webhook/1' };

/** @param {import('../../support/hookRig').Rig} rig */
function fill(rig) {
	for (const label of ['crm', 'n8n-2', 'bot']) rig.webhooks.set(label, { label, enabled: true });
	rig.webhooks.set('old', { label: 'old', enabled: false });
}

describe('reading a webhook', () => {
	it('asks for its label', async () => {
		const { rig, client } = await start();
		rig.webhooks.set('n8n-1', webhook);
		expect(await readWebhook(client, 'n8n-1')).toEqual(webhook);
		expect(rig.http.mock.calls).toEqual([
			[
				'ryzeApi',
				expect.objectContaining({
					method: 'GET',
					url: 'https://ryzeapi.cloud/api/events/getWebhook/shop',
					qs: { label: 'n8n-1' },
					timeout: 31_000,
				}),
			],
		]);
	});

	it('finds none where Ryze has none', async () => {
		const { rig, client } = await start();
		expect(await readWebhook(client, 'n8n-1')).toBeUndefined();
		rig.instead = () => ({ statusCode: 200, headers: {}, body: { success: true, webhook: null } });
		expect(await readWebhook(client, 'n8n-1')).toBeUndefined();
		rig.instead = () => ({ statusCode: 404, headers: {}, body: '' });
		expect(await readWebhook(client, 'n8n-1')).toBeUndefined();
	});

	it.each([
		[refusing(404, 'Instance not found'), 'instance-not-found'],
		[refusing(401, 'Invalid token'), 'unauthorized'],
		[refusing(500, 'Failed to get instance'), 'server-error'],
		[refusing(400, 'Webhook not found'), 'invalid-parameter'],
		[new Error('boom'), 'unreachable'],
	])('tells what else went wrong', async (answer, reason) => {
		const { rig, client } = await start();
		rig.instead = () => answer;
		const failure = expect.objectContaining({ reason });
		await expect(readWebhook(client, 'n8n-1')).rejects.toMatchObject({ failure });
	});
});

describe('writing a webhook', () => {
	it('sends it as it is', async () => {
		const { rig, client } = await start();
		await writeWebhook(client, webhook);
		expect(rig.http.mock.calls).toEqual([
			[
				'ryzeApi',
				expect.objectContaining({
					method: 'POST',
					url: 'https://ryzeapi.cloud/api/events/webhook/shop',
					body: webhook,
				}),
			],
		]);
	});

	it('names the webhooks in use when there is no room for another', async () => {
		const { rig, client } = await start();
		fill(rig);
		await expect(writeWebhook(client, webhook)).rejects.toMatchObject({
			message:
				'Ryze delivers to at most 3 webhooks per instance, and all are in use: "crm", "n8n-2", "bot"',
			failure: {
				description: expect.stringMatching(/^Deactivate another workflow.* Ryze said: Too many$/),
				reason: 'invalid-parameter',
				httpCode: '400',
			},
		});
	});

	it.each([
		[403, 'Quota', 'forbidden'],
		[409, 'Duplicate', 'unexpected-response'],
		[500, 'limit reached', 'server-error'],
	])('does so whatever Ryze says of it: HTTP %i %s', async (status, sentence, reason) => {
		const { rig, client } = await start();
		fill(rig);
		rig.instead = ({ method }) => (method === 'POST' ? refusing(status, sentence) : undefined);
		const { message, failure } = await writeWebhook(client, webhook).catch((error) => error);
		expect(message).toContain('all are in use');
		expect(failure).toMatchObject({ reason, description: expect.stringContaining(sentence) });
	});

	it('does not count its own webhook, nor those that are off', async () => {
		const { rig, client } = await start();
		fill(rig);
		rig.webhooks.set('crm', { label: 'crm', enabled: false });
		rig.webhooks.set('n8n-1', webhook);
		rig.instead = ({ method }) => (method === 'POST' ? refusing(400, 'Bad URL') : undefined);
		await expect(writeWebhook(client, webhook)).rejects.toThrow(/^Bad URL$/);
	});

	it.each([
		['it cannot be read', refusing(500, 'Failed to get instance')],
		['it is none', { statusCode: 200, headers: {}, body: { success: true, webhooks: null } }],
	])('says what Ryze said when the list does not help: %s', async (_, list) => {
		const { rig, client } = await start();
		rig.instead = ({ method }) => (method === 'POST' ? refusing(400, 'Bad URL') : list);
		await expect(writeWebhook(client, webhook)).rejects.toThrow(/^Bad URL$/);
		expect(rig.http).toHaveBeenCalledTimes(2);
	});

	it.each([
		['has nothing to do with it', webhook, refusing(401, 'Invalid token')],
		['has nothing to do with it', webhook, refusing(404, 'Instance not found')],
		['came while switching off', { label: 'n8n-1', enabled: false }, refusing(400, 'Bad')],
	])('does not ask for the list when the failure %s', async (_, given, answer) => {
		const { rig, client } = await start();
		fill(rig);
		rig.instead = () => answer;
		await expect(writeWebhook(client, given)).rejects.not.toThrow('all are in use');
		expect(rig.http).toHaveBeenCalledTimes(1);
	});
});
