const https = require('node:https');
const { clock, restoreTime, skipTime } = require('../support/engine');
const { failureOf, OWN, seeds, startTriggerHarness } = require('../support/triggerEngine');

/** @type {Awaited<ReturnType<typeof startTriggerHarness>>} */
let harness;

beforeAll(async () => {
	harness = await startTriggerHarness();
});
afterEach(() => {
	jest.restoreAllMocks();
	restoreTime();
	harness.reset();
	harness.ryze.configure({ limit: 1_000_000, windowMs: 60_000 });
});
afterAll(async () => await harness.stop());

const refusal = (/** @type {number} */ status, /** @type {string} */ message) => () => ({
	status,
	body: { success: false, error: { message } },
});

/** @param {object} changes of the credential */
const withCredential = (changes) =>
	harness.trigger({ credential: { ...harness.credential, ...changes } });

describe('a fourth webhook', () => {
	it('is explained by the labels of those in use', async () => {
		for (const label of ['crm', 'default', 'shop']) {
			harness.ryze.setWebhook('demo', { ...OWN, label });
		}
		harness.ryze.setWebhook('demo', { ...OWN, label: 'old', enabled: false });
		const before = harness.ryze.webhooks('demo');
		const trigger = harness.trigger();
		const error = await failureOf(trigger.switchOn());
		expect(error.message).toBe(
			'Ryze delivers to at most 3 webhooks per instance, and all are in use: "crm", "default", "shop". Unpublish (n8n 1.x: deactivate) another workflow with a Ryze WhatsApp Trigger (its webhook is named n8n-…), or disable a webhook in Ryze; then try again. Ryze said: Maximum of 3 enabled webhooks per instance reached',
		);
		expect(error).toMatchObject({ name: 'NodeOperationError' });
		expect(harness.ryze.webhooks('demo')).toEqual(before);
		expect(trigger.kept()).toEqual({});
	});

	it('is explained by the webhooks that this workflow has under another address', async () => {
		await harness.trigger({ n8nUrl: 'https://old.example.com' }).create();
		const moved = `${harness.receiver.url}/n8n`;
		await harness.trigger({ n8nUrl: moved, nodeId: 'node-2' }).create();
		await harness.trigger({ nodeId: 'node-3' }).create();
		const { message } = await failureOf(harness.trigger().create());
		expect(message).toContain('all are in use: ');
		for (const address of ['https://old.example.com', moved]) {
			const label = harness.ours().find(({ url }) => url.startsWith(`${address}/`))?.label;
			expect(message).toContain(
				`"${label}" belongs to this workflow under another address (${address}): if you have moved n8n, disable it in Ryze. `,
			);
		}
		expect(message.match(/belongs to this workflow/g)).toHaveLength(2);
	});

	it('is explained by the webhook of a test that n8n has left behind', async () => {
		await harness.trigger({ isTest: true, workflowId: 'killed' }).create();
		const [{ label }] = harness.ours();
		for (const other of ['a', 'b-test']) harness.ryze.setWebhook('demo', { ...OWN, label: other });
		const { message } = await failureOf(harness.trigger().create());
		expect(message).toContain(
			`"${label}" was created to listen for a test event: if nothing listens for one now, disable it in Ryze. `,
		);
		expect(message.match(/listen for a test event/g)).toHaveLength(1);
	});

	it.each([400, 403, 409, 500])(
		'is explained as well when Ryze answers HTTP %d',
		async (status) => {
			for (const label of ['a', 'b', 'c']) harness.ryze.setWebhook('demo', { ...OWN, label });
			harness.ryze.setFault(({ method }) =>
				method === 'POST' ? refusal(status, 'no')() : undefined,
			);
			const { message } = await failureOf(harness.trigger().create());
			expect(message).toMatch(/all are in use: "a", "b", "c"\..* Ryze said: no$/);
		},
	);

	it('is not given as the reason while fewer are in use', async () => {
		for (const label of ['a', 'b']) harness.ryze.setWebhook('demo', { ...OWN, label });
		harness.ryze.setFault(({ method }) =>
			method === 'POST' ? refusal(400, 'Invalid event: x')() : undefined,
		);
		const { message } = await failureOf(harness.trigger().create());
		expect(message).toMatch(/^Invalid event: x\. /);
	});

	it('is not given as the reason when the list of webhooks cannot be read', async () => {
		harness.ryze.setFault(({ method }) => refusal(400, method === 'POST' ? 'no' : 'hidden')());
		expect((await failureOf(harness.trigger().create())).message).toMatch(/^no\. /);
	});
});

describe('an error of the trigger says what happened and what to do:', () => {
	/** @type {Array<[string, object, RegExp]>} */
	const rows = [
		[
			'a wrong token',
			{ token: 'no-such-token' },
			/^Invalid token\. Ryze does not know this token\. Copy .* 'Token' /,
		],
		[
			'the token of another instance',
			{ token: seeds.instances.second.token },
			/^Instance token does not match the requested instance\. 'Token' and 'Instance' /,
		],
		[
			'an unknown instance',
			{ token: seeds.accountToken, instance: 'Demo' },
			/^Instance not found\. Check 'Instance' /,
		],
		[
			'an empty token',
			{ token: ' ' },
			/^'Token' in the Ryze WhatsApp API credential is empty\. Copy /,
		],
		['an empty instance', { instance: '' }, /^'Instance' in the .* is empty\. Fill in /],
		['a wrong base URL', { baseUrl: 'ryzeapi' }, /^'Base URL' in the .* Set 'Base URL' to /],
	];
	it.each(rows)('%s', async (_name, changes, sentence) => {
		const error = await failureOf(withCredential(changes).create());
		expect(error.name).toBe('NodeOperationError');
		expect(error.message).toMatch(sentence);
		expect(harness.ours()).toEqual([]);
	});

	it('Ryze cannot be reached, even after three retries', async () => {
		let skipped = 0;
		const { now } = clock;
		jest.spyOn(clock, 'now').mockImplementation(() => now() + skipped);
		jest.spyOn(clock, 'sleep').mockImplementation(async (milliseconds) => {
			skipped += /** @type {number} */ (milliseconds);
		});
		const { message } = await failureOf(withCredential({ baseUrl: 'http://127.0.0.1:1' }).create());
		expect(message).toMatch(
			/^Ryze could not be reached at 127\.0\.0\.1:1 \(the connection was refused, ECONNREFUSED\)\. Check the network /,
		);
		expect(skipped).toBeGreaterThan(6500);
	});

	it('Ryze does not respond', async () => {
		const { timeout } = AbortSignal;
		const spy = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(150));
		harness.ryze.setFault(() => ({ hang: true }));
		const { message } = await failureOf(harness.trigger().create());
		expect(message).toMatch(
			/^Ryze did not respond within 30 s\. It may or may not have taken effect\. Trying again is safe\. Ryze may be busy at the moment\.$/,
		);
		expect(spy).toHaveBeenCalledWith(30_000);
		expect(harness.ryze.requests).toHaveLength(1);
	});

	it('a missing credential', async () => {
		const trigger = harness.trigger({ credential: undefined });
		expect((await failureOf(trigger.create())).message).toMatch(/credentials/i);
		expect(harness.ryze.requests).toEqual([]);
	});

	it('no event is chosen', async () => {
		const { message } = await failureOf(harness.trigger({ parameters: { events: [] } }).create());
		expect(message).toBe("'Trigger On' is empty. Choose at least one event in 'Trigger On'.");
		expect(harness.ryze.requests).toEqual([]);
	});

	it('the token, sent back by a server, is not shown', async () => {
		const { token } = harness.credential;
		harness.ryze.setFault(refusal(400, `Bad token ${token}`));
		const error = await failureOf(harness.trigger().create());
		expect(error.message).toMatch(/^Bad token \*\*\*\. /);
		expect(JSON.stringify(error)).not.toContain(token);
	});
});

describe('the rate limit', () => {
	it('delays a trigger that is switched on, and does not make it fail', async () => {
		skipTime();
		harness.ryze.configure({ limit: 2, windowMs: 20_000 });
		harness.ryze.spend('account', 2);
		const trigger = withCredential({ token: seeds.accountToken });
		await trigger.switchOn();
		expect(harness.ryze.requests.map(({ status }) => status)).toEqual([429, 200]);
		expect(harness.ours()).toHaveLength(1);
	});
});

describe('an address of n8n to which Ryze cannot deliver', () => {
	const ryzeItself = 'https://ryzeapi.cloud';

	it.each(['http://localhost:5678', 'http://127.0.0.1:5678', 'http://[::1]:5678'])(
		'%s is refused, and nothing is sent',
		async (n8nUrl) => {
			const request = jest.spyOn(https, 'request').mockImplementation(() => {
				throw new Error('A request has left');
			});
			const credential = { ...harness.credential, baseUrl: ryzeItself };
			const trigger = harness.trigger({ n8nUrl, credential });
			expect(await trigger.checkExists()).toBe(false);
			const { message } = await failureOf(trigger.create());
			expect(message).toMatch(
				/^Ryze cannot deliver to (localhost|127\.0\.0\.1|\[::1\]):5678, an address that works only on the machine of n8n\. Set the environment variable WEBHOOK_URL /,
			);
			expect(request).not.toHaveBeenCalled();
			expect(trigger.kept()).toEqual({});
		},
	);

	it.each([
		['http://192.168.1.20:5678', '192.168.1.20:5678'],
		['http://10.0.0.5', '10.0.0.5'],
		['http://n8n:5678', 'n8n:5678'],
		['https://n8n.local', 'n8n.local'],
		['http://host.docker.internal:5678', 'host.docker.internal:5678'],
		['http://[fd12::1]:5678', '[fd12::1]:5678'],
		['http://100.64.0.1', '100.64.0.1'],
	])('%s of a private network is refused, and nothing is sent', async (n8nUrl, host) => {
		const request = jest.spyOn(https, 'request').mockImplementation(() => {
			throw new Error('A request has left');
		});
		const credential = { ...harness.credential, baseUrl: ryzeItself };
		const { message } = await failureOf(harness.trigger({ n8nUrl, credential }).create());
		expect(message).toBe(
			`Ryze cannot deliver to ${host}, an address that works only in the network of n8n. Set the environment variable WEBHOOK_URL of n8n to the public address of n8n, such as https://n8n.example.com/. Restart n8n, then try again.`,
		);
		expect(request).not.toHaveBeenCalled();
	});

	it('of a private network is accepted when Ryze is in a private network too', async () => {
		await harness.trigger({ n8nUrl: 'http://192.168.1.20:5678' }).create();
		expect(harness.ours()).toMatchObject([{ url: expect.stringMatching(/^http:\/\/192\.168/) }]);
	});

	it('is accepted when Ryze runs on the same machine', async () => {
		await harness.trigger({ n8nUrl: 'http://localhost:5678' }).create();
		expect(harness.ours()).toMatchObject([
			{ url: expect.stringMatching(/^http:\/\/localhost:5678\//) },
		]);
	});
});
