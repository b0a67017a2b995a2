const {
	exampleFiles,
	failingExample,
	readExample,
	withSandboxValues,
} = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { startEditorRig } = require('../support/editorRig');
const { until } = require('../../sandbox/until');

describe.each(N8N_VERSIONS)('in the editor of n8n %s', (version) => {
	/** @type {import('../support/editorRig').EditorRig} */
	let rig;
	/** @type {import('../../sandbox/n8n/editorPage').Editor} */
	let editor;

	beforeAll(async () => {
		rig = await startEditorRig(version);
		editor = rig.editor;
	});
	afterEach(() => rig.ryze.reset());
	afterAll(async () => await rig?.stop());

	it('the node is found by "pin", and shows Pin, Message ID and Duration', async () => {
		await editor.addNode('pin', 'Pin or unpin WhatsApp message');
		await editor.parameter('pin').waitFor();
		await editor.parameter('messageId').waitFor();
		await editor.parameter('duration').waitFor();
		await editor.page
			.getByText('Everyone in the chat sees the pin and a line that announces it.')
			.waitFor();
	});

	it('Duration is hidden while Pin is off', async () => {
		await editor.parameter('pin').locator('.el-switch, [role="switch"]').first().click();
		await editor.parameter('duration').waitFor({ state: 'detached' });
		await editor.parameter('pin').locator('.el-switch, [role="switch"]').first().click();
		await editor.parameter('duration').waitFor();
	});

	it('the example runs, and its output item can be read', async () => {
		const example = withSandboxValues(readExample('bulk-pin.json'));
		await editor.openWorkflow(await rig.addWorkflow(example));
		await editor.execute();
		await editor.openNode('Pin each');
		const output = editor.page.locator('[data-test-id="output-panel"]');
		await output.getByText('Message pinned successfully').first().waitFor();
		await output.getByText(seeds.messages.group).first().waitFor();
		expect(rig.ryze.requests).toHaveLength(3);
	});

	it('the notes of the examples can be read in full', async () => {
		const notes = exampleFiles().map((file) => readExample(file).nodes[0]);
		const content = `## Too low\n\n${'for this long text '.repeat(20)}`;
		const tooLow = { ...notes[0].parameters, content, height: 80 };
		const all = [...notes, { ...notes[0], parameters: tooLow }].map((note, index) => ({
			...note,
			id: String(index),
			name: `Note ${index}`,
			position: [500 * index, 300],
		}));
		const example = readExample('bulk-pin.json');
		const nodes = [...example.nodes.slice(1), ...all];
		await editor.openWorkflow(await rig.addWorkflow({ ...example, nodes }));
		const titles = all.map(({ parameters }) => /^## (.+)/.exec(parameters.content)?.[1]);
		expect(await editor.notes()).toEqual(
			titles.map((title) => ({ title, fits: title !== 'Too low' })),
		);
	});

	it('the trigger listens for a test event, and the message is pinned', async () => {
		await editor.openWorkflow(await rig.addWorkflow(readExample('pin-by-command.json')));
		await editor.clickExecute();
		await until(() => rig.ryze.webhooks('demo').some(({ enabled }) => enabled));
		const chat = { jid: seeds.chats.group, name: 'Team' };
		const { messageId } = await rig.ryze.receive('demo', { chat, text: '#pin Dinner at 8' });
		await editor.executed();
		expect([...rig.ryze.pins.keys()]).toEqual([`demo/${messageId}`]);
		await editor.openNode('#pin in a group');
		const output = editor.page.locator('[data-test-id="output-panel"]');
		await output.getByText(messageId).first().waitFor();
	});

	it('the trigger says in the editor why it cannot listen', async () => {
		for (const label of ['crm', 'default', 'shop']) {
			rig.ryze.setWebhook('demo', { label, url: 'http://127.0.0.1:9/' });
		}
		await editor.openWorkflow(await rig.addWorkflow(readExample('pin-by-command.json')));
		await editor.clickExecute();
		await editor.page.getByText('all are in use: "crm", "default", "shop"').first().waitFor();
	});

	it("a failing node shows Ryze's own error message, what to do, and the reason", async () => {
		await editor.openWorkflow(await rig.addWorkflow(failingExample()));
		await editor.clickExecute();
		await editor.page.getByText('Problem in node').first().waitFor();
		await editor.openNode('Pin each');
		const output = editor.page.locator('[data-test-id="output-panel"]');
		await output.getByText(`message with ID ${seeds.messages.unknown} not found`).first().waitFor();
		await output.getByText('An instance only knows the messages').first().waitFor();
		await output.locator('details summary').first().click();
		await output.getByText('"reason": "message-not-found"').first().waitFor();
	});

	it('the credential is tested: success, and our text for a wrong token', async () => {
		await editor.openCredential('Ryze sandbox');
		await editor.credentialWorks.getByText(/successfully/i).waitFor();
		const said = await editor.saveToken('wrong-token');
		expect(said).toContain('Ryze does not know this token. Copy the whole TokenInstance');
	});

	it.each(/** @type {const} */ (['light', 'dark']))('every icon is drawn, %s', async (theme) => {
		await editor.openWorkflow(await rig.addWorkflow(readExample('daily-notice.json')));
		await editor.useTheme(theme);
		await editor.page.waitForSelector('img[src*="n8n-nodes-ryzeapi"]');
		await editor.page.waitForLoadState('networkidle');
		const icons = await editor.icons();
		expect(icons.length).toBeGreaterThanOrEqual(2);
		expect(icons).toEqual(
			icons.map(() => ({ file: theme === 'dark' ? 'ryze.dark.svg' : 'ryze.svg', drawn: true })),
		);
	});
});
