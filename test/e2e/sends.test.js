const { startRig } = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { until } = require('../../sandbox/until');
const { ANN, BOB, CAT, failsWhileOneIsOnItsWay } = require('../support/inFlight');
const { byId, manual } = require('../support/workflows');

const text = {
	operation: 'sendText',
	chat: byId('={{ $json.to }}'),
	text: '={{ "Hello " + $json.to }}',
};

const { demo, second } = seeds.instances;

describe.each(N8N_VERSIONS)('Send Text on n8n %s', (version) => {
	/** @type {import('../../sandbox/n8n/rig').Rig} */
	let rig;

	beforeAll(async () => {
		rig = await startRig({ version, log: (line) => console.log(line) });
	});
	afterEach(() => rig.ryze.reset());
	afterAll(async () => await rig?.stop());

	/**
	 * @param {object[]} items
	 * @param {Record<string, unknown>} parameters
	 * @param {object} [settings]
	 * @param {any} [credential]
	 */
	const run = async (items, parameters, settings, credential) =>
		await rig.rest.runWorkflow(
			await rig.addWorkflow(manual(items, parameters, settings), credential),
		);

	const recipients = () => rig.ryze.sent.map(({ number }) => number);

	it.each(['5511999999999.0', '12/11/2026', '192.168.0.1', '01711234567', 'joe@example.com'])(
		'refuses the recipient %s',
		async (to) => {
			const execution = await run([{ to }], text);
			expect(execution.data.resultData.error.message).toBe(
				`'Chat' must be a phone number or the ID of a chat, but is "${to}"`,
			);
			expect(rig.ryze.requests).toEqual([]);
		},
	);

	it.each(['continueRegularOutput', 'continueErrorOutput'])(
		'sends each text once with Retry On Fail and On Error %s',
		async (onError) => {
			const items = ['', ANN, BOB].map((to) => ({ to }));
			const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1, onError };
			await run(items, text, retry);
			expect(recipients()).toEqual([ANN, BOB]);
		},
	);

	it('sends from each node what is its own, also when two have one node ID', async () => {
		const onError = 'continueRegularOutput';
		const workflow = manual([{ to: ANN }, { to: '' }], text, { onError });
		const first = /** @type {any} */ (workflow.nodes.find(({ name }) => name === 'Ryze'));
		const parameters = { ...first.parameters, chat: byId(BOB), text: 'Second' };
		workflow.nodes.push({ ...first, name: 'Next', parameters });
		workflow.connections.Ryze = { main: [[{ node: 'Next', type: 'main', index: 0 }]] };
		// n8n 2.x refuses such a workflow, n8n 1.x takes it.
		const added = rig.addWorkflow(workflow);
		if (version.startsWith('2.')) return await expect(added).rejects.toThrow(/duplicate/i);
		await rig.rest.runWorkflow(await added);
		expect(recipients()).toEqual([ANN, BOB, BOB]);
	});

	it('sends each text once when Retry On Fail ends in an error', async () => {
		const items = [ANN, BOB, ''].map((to) => ({ to }));
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const execution = await run(items, text, retry);
		expect(execution.data.resultData.error.message).toContain("'Chat' is required");
		expect(recipients()).toEqual([ANN, BOB]);
	});

	it("sends all items again with n8n's button Retry, as that is a new execution", async () => {
		const { id } = await run(
			[ANN, ''].map((to) => ({ to })),
			text,
		);
		expect(recipients()).toEqual([ANN]);
		await rig.rest.retryExecution(id);
		await until(() => rig.ryze.sent.length > 1);
		expect(recipients()).toEqual([ANN, ANN]);
	});

	it('never sends with Retry On Fail what was still on its way when another item failed', async () => {
		rig.ryze.setFault(failsWhileOneIsOnItsWay());
		const items = [CAT, ANN, BOB].map((to) => ({ to }));
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const execution = await run(items, { ...text, options: { requestsAtOnce: 3 } }, retry);
		expect(execution.data.resultData.error.description).toMatch(
			/^The message may have been delivered anyway/,
		);
		expect(recipients().sort()).toEqual([CAT, BOB, ANN]);
	});

	it('sends nothing when a Code node puts something else in place of base64', async () => {
		const workflow = manual([{}], {
			operation: 'sendMedia',
			chat: byId(ANN),
			mediaType: 'image',
			inputType: 'binary',
			binaryPropertyName: 'data',
		});
		const data = `QUFB","number":"${BOB}","x":"`;
		const binary = { data: { data, mimeType: 'image/png' } };
		Object.assign(/** @type {any} */ (workflow.nodes.find(({ name }) => name === 'Each')), {
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: `return [${JSON.stringify({ json: {}, binary })}];` },
		});
		const execution = await rig.rest.runWorkflow(await rig.addWorkflow(workflow));
		expect(execution.data.resultData.error.message).toMatch(/^The file is not base64, but /);
		expect(recipients()).toEqual([]);
	});

	it('sends nothing more to a chat after a failure, with 20 requests at once', async () => {
		const error = { message: 'boom' };
		rig.ryze.setFault(({ index }) =>
			index === 0 ? { status: 500, body: { success: false, error } } : undefined,
		);
		const items = [ANN, ANN, ANN].map((to) => ({ to }));
		const execution = await run(items, { ...text, options: { requestsAtOnce: 20 } });
		expect(execution.data.resultData.error.message).toBe('boom');
		expect(rig.ryze.requests).toHaveLength(1);
	});

	it('sends each text from the instance that its item names', async () => {
		const credential = await rig.rest.createCredential({
			name: 'By item',
			type: 'ryzeApi',
			data: {
				token: seeds.accountToken,
				instance: '={{ $json.instance }}',
				baseUrl: rig.ryze.url,
			},
		});
		const items = [demo, second].map(({ name }) => ({ to: ANN, instance: name }));
		const execution = await run(items, text, {}, credential);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(rig.ryze.sent.map(({ instance }) => instance)).toEqual([demo.name, second.name]);
	});

	it('fails for no other item when the credential of the first one returns no instance', async () => {
		const credential = await rig.rest.createCredential({
			name: 'Not for the first',
			type: 'ryzeApi',
			data: {
				token: seeds.accountToken,
				instance: '={{ $json.instance.trim() }}',
				baseUrl: rig.ryze.url,
			},
		});
		const items = [null, demo.name, '', second.name].map((instance) => ({ to: ANN, instance }));
		await run(items, text, { onError: 'continueErrorOutput' }, credential);
		expect(rig.ryze.sent.map(({ instance }) => instance)).toEqual([demo.name, second.name]);
	});

	it("sends nothing when the expression of the option 'Instance' returns nothing", async () => {
		const options = { instance: '={{ $json.instance }}' };
		const execution = await run([{ to: ANN }], { ...text, options });
		expect(execution.data.resultData.error.message).toBe(
			"'Instance' must be the name of an instance, but is empty",
		);
		expect(rig.ryze.requests).toEqual([]);
	});

	it("sends each text from the instance of the option 'Instance'", async () => {
		const credential = await rig.rest.createCredential({
			name: 'Account',
			type: 'ryzeApi',
			data: { token: seeds.accountToken, instance: demo.name, baseUrl: rig.ryze.url },
		});
		const items = [second, demo].map(({ name }) => ({ to: ANN, instance: name }));
		const options = { instance: '={{ $json.instance }}' };
		await run(items, { ...text, options }, {}, credential);
		expect(rig.ryze.sent.map(({ instance }) => instance)).toEqual([second.name, demo.name]);
	});
});
