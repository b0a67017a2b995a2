const https = require('node:https');
const { failureOf, OWN, refusing, startTriggerHarness } = require('../support/triggerEngine');

/** @type {Awaited<ReturnType<typeof startTriggerHarness>>} */
let harness;

beforeAll(async () => {
	harness = await startTriggerHarness();
});
afterEach(() => {
	jest.restoreAllMocks();
	harness.reset();
});
afterAll(async () => await harness.stop());

const OWNER = 'bob:s3cret';

/** @param {string} message @param {string} host */
function expectHidden(message, host) {
	expect(message).toContain(host);
	expect(message).not.toMatch(/bob|s3|cret/);
}

describe('the user name and password in the address of n8n', () => {
	it('are part of the address at which Ryze reaches n8n', async () => {
		await harness.trigger({ n8nUrl: `https://${OWNER}@n8n.example.com` }).create();
		expect(harness.ours()[0].url).toMatch(/^https:\/\/bob:s3cret@n8n\.example\.com\/webhook\//);
	});

	it.each([
		`${OWNER}@n8n.example.com`,
		`htps://${OWNER}@n8n.example.com`,
		`https:/${OWNER}@n8n.example.com`,
		'https://bob:s3/cret@n8n.example.com',
		'https://bob:s3@cret@n8n.example.com:port',
		'https://bob:s3 cret@n8n.example.com:port',
	])('are not shown when Ryze cannot deliver to %s', async (n8nUrl) => {
		const { message } = await failureOf(harness.trigger({ n8nUrl }).create());
		expect(message).toMatch(/^Ryze cannot deliver to "/);
		expectHidden(message, 'n8n.example.com');
	});

	it('are not shown when the address is that of a private network', async () => {
		jest.spyOn(https, 'request').mockImplementation(() => {
			throw new Error('A request has left');
		});
		const credential = { ...harness.credential, baseUrl: 'https://ryzeapi.cloud' };
		const n8nUrl = `https://${OWNER}@192.168.1.20`;
		const { message } = await failureOf(harness.trigger({ n8nUrl, credential }).create());
		expect(message).toMatch(/^Ryze cannot deliver to 192\.168\.1\.20, /);
		expectHidden(message, '192.168.1.20');
	});

	it('are not shown when the workflow has a webhook under an earlier address', async () => {
		for (const label of ['a', 'b']) harness.ryze.setWebhook('demo', { ...OWN, label });
		await harness.trigger({ n8nUrl: `https://${OWNER}@old.example.com/n8n` }).create();
		const { message } = await failureOf(harness.trigger().create());
		expect(message).toContain('under another address (https://old.example.com/n8n): ');
		expectHidden(message, 'old.example.com');
	});

	it('are not shown when Ryze quotes the address', async () => {
		const trigger = harness.trigger({ n8nUrl: `https://${OWNER}@n8n.example.com` });
		harness.ryze.setFault(() => refusing(400, `Cannot use "${trigger.url}"`));
		expectHidden((await failureOf(trigger.create())).message, 'https://n8n.example.com/webhook/');
	});

	it('are not written to the log when Ryze quotes the address', async () => {
		const trigger = harness.trigger({ n8nUrl: `https://${OWNER}@n8n.example.com` });
		await trigger.create();
		harness.ryze.setFault(() => refusing(400, `Cannot disable ${trigger.url}`));
		await trigger.delete();
		expect(trigger.warnings).toHaveLength(1);
		expectHidden(trigger.warnings[0], 'https://n8n.example.com/webhook/');
	});
});
