const { startRig } = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { byId, manual } = require('../support/workflows');

describe.each(N8N_VERSIONS)('on n8n %s', (version) => {
	/** @type {import('../../sandbox/n8n/rig').Rig} */
	let rig;

	beforeAll(async () => {
		rig = await startRig({ version, log: (line) => console.log(line) });
	});
	afterEach(() => rig.ryze.reset());
	afterAll(async () => await rig?.stop());

	/** @param {object[]} items @param {Record<string, unknown>} parameters @param {any} [credential] */
	async function run(items, parameters, credential) {
		const workflow = await rig.addWorkflow(manual(items, parameters), credential);
		const execution = await rig.rest.runWorkflow(workflow);
		expect(execution.data.resultData.error).toBeUndefined();
		const [run] = execution.data.resultData.runData.Ryze;
		return { execution, output: run.data.main[0].map((/** @type {any} */ { json }) => json) };
	}

	it('Send Poll sends a poll, with options from a list or one on each line', async () => {
		const items = [{ options: ['Monday', 'Tuesday'] }, { options: 'Monday\nTuesday' }];
		const { output } = await run(items, {
			operation: 'sendPoll',
			chat: byId(seeds.chats.group),
			question: 'Which day?',
			pollOptions: '={{ $json.options }}',
			maxAnswers: 2,
		});
		const poll = { message: 'Which day?', options: ['Monday', 'Tuesday'], maxAnswer: 2 };
		expect(rig.ryze.sent).toMatchObject([poll, poll]);
		expect(output.map((/** @type {any} */ { messageId }) => messageId)).toEqual(
			rig.ryze.sent.map(({ messageId }) => messageId),
		);
	});

	it('Mark as Read marks a chat as read, and as unread', async () => {
		const items = [{ read: true }, { read: false }];
		const { output } = await run(items, {
			resource: 'chat',
			operation: 'markRead',
			chat: byId(seeds.chats.group),
			read: '={{ $json.read }}',
		});
		expect(output).toMatchObject(items);
		expect([...rig.ryze.readChats]).toEqual([[`demo/${seeds.chats.group}`, false]]);
	});

	it('Get of an instance returns its state, and n8n stores no token of it', async () => {
		const { accountToken, instances } = seeds;
		const data = { token: accountToken, instance: 'offline', baseUrl: rig.ryze.url };
		const credential = await rig.rest.createCredential({ name: 'Account', type: 'ryzeApi', data });
		const { execution, output } = await run(
			[{}],
			{ resource: 'instance', operation: 'get' },
			credential,
		);
		expect(output).toMatchObject([{ name: 'offline', connection: { state: 'disconnected' } }]);
		const stored = JSON.stringify(execution);
		for (const { token } of Object.values(instances)) expect(stored).not.toContain(token);
		expect(stored).not.toContain(accountToken);
	});
});
