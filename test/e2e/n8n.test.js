const { startRig } = require('../../sandbox/n8n/rig');
const { printedExecution } = require('../../sandbox/n8n/cli');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { manual } = require('../support/workflows');

const { group, notice, unknown } = seeds.messages;
const fromItem = { pin: '={{ $json.pin }}', messageId: '={{ $json.id }}', duration: '24h' };

const notKnown = {
	message: `message with ID ${unknown} not found`,
	description: expect.stringContaining('sent or received'),
	reason: 'message-not-found',
	httpCode: '500',
};

/** @param {any} execution @param {string} node @param {number} [output] @returns {any[]} */
const itemsOf = (execution, node, output = 0) =>
	execution.data.resultData.runData[node]?.[0].data?.main[output] ?? [];

describe.each(N8N_VERSIONS)('n8n %s', (version) => {
	/** @type {import('../../sandbox/n8n/rig').Rig} */
	let rig;

	beforeAll(async () => {
		const started = Date.now();
		rig = await startRig({ version, log: (line) => console.log(line) });
		console.log(`n8n ${version} is ready after ${Date.now() - started} ms`);
	});
	afterEach(() => rig.ryze.reset());
	afterAll(async () => await rig?.stop());

	it('loads the node, its tool form and the credential from the tarball', async () => {
		const types = await rig.rest.nodeTypes();
		const named = (/** @type {string} */ name) => types.find((type) => type.name === name);
		expect(named('n8n-nodes-ryzeapi.ryze')).toMatchObject({
			displayName: 'Ryze WhatsApp',
			version: 1,
		});
		expect(named('n8n-nodes-ryzeapi.ryzeTool')).toMatchObject({ outputs: ['ai_tool'] });
		const trigger = named('n8n-nodes-ryzeapi.ryzeTrigger');
		expect(trigger).toMatchObject({ displayName: 'Ryze WhatsApp Trigger', version: 1, inputs: [] });
		const icons = [named('n8n-nodes-ryzeapi.ryze'), trigger].flatMap(({ iconUrl }) =>
			Object.values(iconUrl),
		);
		for (const url of icons) {
			const icon = await fetch(`${rig.n8n.url}/${url}`, { headers: { cookie: rig.rest.cookie } });
			expect(icon.headers.get('content-type')).toMatch(/svg/);
		}
	});

	it('serves what an operation outputs to the editor', async () => {
		const path = 'schemas/n8n-nodes-ryzeapi.ryze/1.0.0/message/pinMessage.json';
		const { cookie } = rig.rest;
		const answer = await fetch(`${rig.n8n.url}/${path}`, { headers: { cookie } });
		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({ properties: { pinned: { type: 'boolean' } } });
	});

	describe('n8n execute', () => {
		/** @param {any} workflow */
		const execute = async (workflow) => {
			const id = await rig.addWorkflow(workflow);
			return printedExecution(await rig.n8n.cli(['execute', `--id=${id}`, '--rawOutput']));
		};

		it('pins and unpins as each item says, and sends failed items to the error output', async () => {
			const items = [
				{ id: group, pin: true },
				{ id: unknown, pin: true },
				{ id: notice, pin: 'true' },
				{ id: group, pin: 'false' },
			];
			const execution = await execute(manual(items, fromItem, { onError: 'continueErrorOutput' }));
			expect(execution.data.resultData.error).toBeUndefined();
			expect(itemsOf(execution, 'Ryze')).toEqual([
				{
					json: {
						success: true,
						message: 'Message pinned successfully',
						chat_jid: seeds.chats.group,
						message_id: group,
						pinned: true,
						duration: '24h',
					},
					pairedItem: { item: 0 },
				},
				{
					json: expect.objectContaining({ message_id: notice, pinned: true }),
					pairedItem: { item: 2 },
				},
				{
					json: expect.objectContaining({ message_id: group, pinned: false }),
					pairedItem: { item: 3 },
				},
			]);
			expect(itemsOf(execution, 'Ryze', 1)).toEqual([
				{ json: { ...items[1], error: notKnown }, pairedItem: { item: 1 } },
			]);
			expect(rig.ryze.requests.map(({ body }) => body)).toEqual([
				{ pin: true, messageId: group, duration: '24h' },
				{ pin: true, messageId: unknown, duration: '24h' },
				{ pin: true, messageId: notice, duration: '24h' },
				{ pin: false, messageId: group },
			]);
		});

		it("stops at the first failure, with Ryze's error message as the title", async () => {
			const items = [group, unknown, notice].map((id) => ({ id, pin: true }));
			const execution = await execute(manual(items, fromItem));
			expect(execution.data.resultData.error).toMatchObject({
				message: notKnown.message,
				description: notKnown.description,
				httpCode: '500',
				context: { itemIndex: 1, reason: 'message-not-found' },
			});
			expect(rig.ryze.requests).toHaveLength(2);
			expect(JSON.stringify(execution)).not.toContain(seeds.instances.demo.token);
		});
	});

	it('shows the error of the node when no response comes', async () => {
		/** @param {object} options */
		const failure = async (options) => {
			const workflow = manual([{ id: group, pin: true }], { ...fromItem, options });
			const execution = await rig.rest.runWorkflow(await rig.addWorkflow(workflow));
			return execution.data.resultData.error;
		};
		rig.ryze.setFault(() => ({ hang: true }));
		expect(await failure({ timeout: 0.3 })).toMatchObject({
			message: 'Ryze did not respond within 0.3 s',
			description: expect.stringMatching(/^The message may or may not be pinned\./),
			context: { reason: 'timeout' },
		});
		rig.ryze.setFault(() => ({ drip: { everyMs: 100, bytes: 1 } }));
		expect((await failure({ timeout: 0.3 })).context.reason).toBe('timeout');
		rig.ryze.setFault(() => ({ reset: 'after' }));
		expect(await failure({})).toMatchObject({
			message: expect.stringMatching(
				/^The connection to Ryze at 127\.0\.0\.1:\d+ failed \(the connection was lost, ECONNRESET\)$/,
			),
			context: { reason: 'unreachable' },
		});
		expect(rig.ryze.requests).toHaveLength(6);
	});

	describe("the credential's Test button", () => {
		const { demo, second } = seeds.instances;
		const good = { token: demo.token, instance: demo.name };
		/** @type {Array<[string, object, 'OK' | 'Error', RegExp]>} */
		const rows = [
			['the right pair', good, 'OK', /success/],
			['the account token', { ...good, token: seeds.accountToken }, 'OK', /success/],
			[
				'untidy fields',
				{ token: ` ${demo.token}\n`, instance: ' demo ', slashes: '// ' },
				'OK',
				/./,
			],
			['a wrong token', { ...good, token: 'wrong' }, 'Error', /^Ryze does not know this token/],
			[
				'a wrong instance',
				{ token: seeds.accountToken, instance: 'x' },
				'Error',
				/upper and lower case/,
			],
			[
				'the token of another instance',
				{ ...good, token: second.token },
				'Error',
				/^'Token' and 'Instance' do not match\. .* check upper and lower case/,
			],
			[
				'an unreachable host',
				{ ...good, baseUrl: 'http://127.0.0.1:1' },
				'Error',
				/ECONNREFUSED|refused/,
			],
		];
		it.each(rows)('%s: %j', async (_name, fields, status, message) => {
			const { slashes = '', ...data } = /** @type {Record<string, string>} */ (fields);
			const result = await rig.rest.testCredential({
				id: rig.credential.id,
				name: 'tested',
				type: 'ryzeApi',
				data: { baseUrl: rig.ryze.url + slashes, ...data },
			});
			expect(result.status).toBe(status);
			expect(result.message).toMatch(message);
			expect(result.message).not.toContain(demo.token);
		});

		it.each([
			{ status: 200, body: '<html>Welcome</html>' },
			{ status: 404, body: '404 page not found' },
			{ status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } },
		])('fails when another server answers: %j', async (fault) => {
			rig.ryze.setFault(() => fault);
			const data = { ...good, baseUrl: rig.ryze.url };
			const { id } = rig.credential;
			const result = await rig.rest.testCredential({ id, name: 'tested', type: 'ryzeApi', data });
			expect(result).toMatchObject({
				status: 'Error',
				message: expect.stringMatching(/^The response did not come from Ryze/),
			});
		});
	});
});
