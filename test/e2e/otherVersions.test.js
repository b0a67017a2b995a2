const { printedExecution } = require('../../sandbox/n8n/cli');
const { OTHER_N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { startTriggerRig } = require('../support/triggerRig');
const { manual, triggered } = require('../support/workflows');

const { demo } = seeds.instances;
const { group, notice, unknown } = seeds.messages;
const fromItem = { pin: true, messageId: '={{ $json.id }}' };

// The other tests say what the nodes do; these, that nothing they stand on is missing here.
describe.each(OTHER_N8N_VERSIONS)('n8n %s', (version) => {
	/** @type {import('../support/triggerRig').TriggerRig} */
	let rig;

	beforeAll(async () => {
		rig = await startTriggerRig(version);
	});
	afterEach(async () => await rig?.reset());
	afterAll(async () => await rig?.stop());

	it('loads both nodes, the tool form and their icon', async () => {
		const types = await rig.rest.nodeTypes();
		const ours = types.filter(({ name }) => name.startsWith('n8n-nodes-ryzeapi.'));
		const names = ours.map(({ name }) => name.replace('n8n-nodes-ryzeapi.', ''));
		// A human review came after 2.0.
		const all = ['ryze', 'ryzeTool', 'ryzeTrigger', 'ryzeHitlTool'];
		expect(all).toEqual(expect.arrayContaining(names));
		expect(names).toEqual(expect.arrayContaining(all.slice(0, 3)));
		const { cookie } = rig.rest;
		const icon = await fetch(`${rig.n8n.url}/${ours[0].iconUrl.light}`, { headers: { cookie } });
		expect(icon.headers.get('content-type')).toMatch(/svg/);
	});

	it('pins on the command line, and sends what fails to the error output', async () => {
		const items = [{ id: group }, { id: unknown }, { id: notice }];
		const settings = { onError: 'continueErrorOutput' };
		const id = await rig.addWorkflow(manual(items, fromItem, settings));
		const execution = printedExecution(await rig.n8n.cli(['execute', `--id=${id}`, '--rawOutput']));
		const [pinned, failed] = execution.data.resultData.runData.Ryze[0].data.main;
		expect(pinned.map((/** @type {any} */ { json }) => json.message_id)).toEqual([group, notice]);
		expect(failed).toEqual([
			{
				json: { id: unknown, error: expect.objectContaining({ reason: 'message-not-found' }) },
				pairedItem: { item: 1 },
			},
		]);
		expect([...rig.ryze.pins.keys()]).toEqual([`demo/${group}`, `demo/${notice}`]);
	});

	it('shows why an execution in the editor has failed', async () => {
		const id = await rig.addWorkflow(manual([{ id: unknown }], fromItem));
		const execution = await rig.rest.runWorkflow(id);
		expect(execution.data.resultData.error).toMatchObject({
			message: `message with ID ${unknown} not found`,
			context: { reason: 'message-not-found' },
		});
	});

	it('starts a workflow when a message arrives, as long as it is active', async () => {
		const id = await rig.activate(triggered());
		const { messageId } = await rig.ryze.receive('demo', { text: 'Hi' });
		const [execution] = await rig.executions(id, 1);
		const [[{ json }]] = execution.data.resultData.runData.Trigger[0].data.main;
		expect(json).toMatchObject({ messageId, text: 'Hi' });
		await rig.switchOff(id);
		expect(rig.ours()).toEqual([expect.objectContaining({ enabled: false })]);
	});

	it('lists the chats to choose from', async () => {
		const { results } = await rig.rest.searchList({
			node: 'n8n-nodes-ryzeapi.ryze',
			parameter: 'chat',
			method: 'searchChats',
			credential: rig.credential,
			filter: 'equipe',
		});
		expect(results).toMatchObject([{ value: seeds.groups.accents.jid }]);
	});

	it.each(
		/** @type {const} */ ([
			['OK', demo.token, /success/],
			['Error', 'wrong', /^Ryze does not know this token/],
		]),
	)('tests the credential: %s', async (status, token, message) => {
		const result = await rig.rest.testCredential({
			id: rig.credential.id,
			name: 'tested',
			type: 'ryzeApi',
			data: { token, instance: demo.name, baseUrl: rig.ryze.url },
		});
		expect(result).toEqual({ status, message: expect.stringMatching(message) });
	});
});
