const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { startEditorRig } = require('../support/editorRig');
const { until } = require('../../sandbox/until');
const { byId, manual, triggered } = require('../support/workflows');

const { demo, offline } = seeds.instances;

describe.each(N8N_VERSIONS)('a new user in the editor of n8n %s', (version) => {
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

	/** @param {string} text */
	const seen = async (text) => await editor.page.getByText(text).first().waitFor();

	it('sends a text to a group and pins it with the mouse, without any ID', async () => {
		await editor.addManualTrigger();
		await editor.addStep('whatsapp', 'Send WhatsApp text message');
		await editor.openChatList('equipe');
		await editor.page.getByText('Équipe São Paulo (48 members)').click();
		await editor.parameter('text').locator('textarea, [contenteditable]').first().click();
		await editor.page.keyboard.type('The meeting is at 10');
		await editor.closeNode();

		await editor.addStep('pin', 'Pin or unpin WhatsApp message');
		// Nothing has run yet: the field comes from the output schema.
		await editor.dragField('messageId', 'messageId');
		await editor.closeNode();
		await editor.execute();
		expect(rig.ryze.sent).toMatchObject([
			{ number: seeds.groups.accents.jid, message: 'The meeting is at 10' },
		]);
		expect([...rig.ryze.pins.keys()]).toEqual([`demo/${rig.ryze.sent[0].messageId}`]);
	});

	it.each([
		['a token', { token: 'a-token-nobody-knows' }, 'Ryze does not know this token'],
		['a phone', { token: offline.token, instance: offline.name }, 'not connected to WhatsApp'],
		['an address', { baseUrl: 'http://127.0.0.1:9' }, 'the connection was refused'],
	])('reads in the list of chats what is wrong with %s', async (name, changes, sentence) => {
		const data = { token: demo.token, instance: demo.name, baseUrl: rig.ryze.url, ...changes };
		const credential = await rig.rest.createCredential({ name, type: 'ryzeApi', data });
		const chat = { __rl: true, mode: 'list', value: '' };
		const workflow = manual([{}], { operation: 'sendText', chat, text: 'Hi' });
		await editor.openWorkflow(await rig.addWorkflow(workflow, credential));
		await editor.openNode('Ryze');
		await editor.openChatList();
		await seen(sentence);
		// Nothing has run that could be run again.
		await seen('Then open this list again.');
	});

	it('finds itself first in the list of senders, and the modes in full', async () => {
		const senders = [{ __rl: true, mode: 'list', value: '' }];
		await editor.openWorkflow(await rig.addWorkflow(triggered({ options: { senders } })));
		await editor.openNode('Trigger');
		const field = editor.page.locator('[data-test-id^="resource-locator-"]').first();
		await field.locator('input:visible').last().click();
		const entries = editor.page.locator('[data-test-id="rlc-item"]');
		await entries.first().getByText('You (+5511900000001)').click();
		await entries.first().waitFor({ state: 'hidden' });
		const shown = await field
			.locator('input')
			.evaluateAll((inputs) => inputs.map((input) => /** @type {any} */ (input).value));
		expect(shown).toContain('You (+5511900000001)');
		await field.locator('input:visible').first().click();
		await editor.page.getByText('Phone', { exact: true }).last().click();
		expect(await field.locator('input:visible').first().inputValue()).toBe('Phone');
	});

	it('sends a file by its type, and reads what to choose when another was chosen', async () => {
		await editor.addManualTrigger();
		await editor.addStep('whatsapp', 'Send WhatsApp media message');
		const type = editor.parameter('mediaType').locator('input').first();
		expect(await type.inputValue()).toBe('Automatic');

		const chat = byId(seeds.chats.group);
		const parameters = { operation: 'sendMedia', chat, mediaType: 'image', inputType: 'binary' };
		const file = { data: 'QUJD', mimeType: 'text/plain', fileName: 'notes.txt' };
		const workflow = manual([{}], {
			...parameters,
			binaryPropertyName: `={{ (${JSON.stringify(file)}) }}`,
		});
		await editor.openWorkflow(await rig.addWorkflow(workflow));
		await editor.clickExecute();
		await editor.page.getByText('Problem in node').first().waitFor();
		await editor.openNode('Ryze');
		await seen("'Media Type' is Image, but the type of the file is text/plain");
		await seen("Set 'Media Type' to Automatic or Document.");
		expect(rig.ryze.sent).toEqual([]);
	});

	it("reads that 'Max Wait (Seconds)' is over", async () => {
		const { second } = seeds.instances;
		const data = { token: second.token, instance: second.name, baseUrl: rig.ryze.url };
		const credential = await rig.rest.createCredential({ name: 'Second', type: 'ryzeApi', data });
		rig.ryze.configure({ limit: 2, windowMs: 20_000 });
		const messageId = seeds.messages.ofSecond;
		const workflow = manual([{}, {}, {}], { messageId, options: { maxWait: 1 } });
		await editor.openWorkflow(await rig.addWorkflow(workflow, credential));
		await editor.clickExecute();
		await editor.page.getByText('Problem in node').first().waitFor();
		rig.ryze.configure({ limit: 100, windowMs: 60_000 });
		await editor.openNode('Ryze');
		await seen("had no room for this item within 1 s ('Max Wait (Seconds)')");
	});

	it('sees on the canvas that a node unpins', async () => {
		const messageId = seeds.messages.group;
		await editor.openWorkflow(await rig.addWorkflow(manual([{}], { pin: false, messageId })));
		await seen('Unpin message');
	});

	it('reads under Base URL how it starts', async () => {
		await editor.openCredential('Ryze sandbox');
		await seen('Starts with https://');
	});

	it('sees what a node does although its expressions have no data yet, and its duration', async () => {
		const pin = '={{ $json.missing.pin }}';
		const messageId = '={{ $json.missing.id }}';
		await editor.openWorkflow(await rig.addWorkflow(manual([{}], { pin, messageId })));
		await seen('Pin or unpin message');
		await editor.openNode('Ryze');
		await editor.parameter('duration').waitFor();
	});

	it('reads at once in the panel that the package pins, sends and receives, messages first', async () => {
		// n8n 1.x shows another of the two descriptions, or none, depending on the search.
		if (!version.startsWith('1.')) {
			await editor.page.goto(`${rig.n8n.url}/workflow/new`);
			await editor.page.click('[data-test-id="node-creator-plus-button"]');
			await editor.page.fill('[data-test-id="node-creator-search-bar"]', 'ryze');
			await seen('Pin, unpin, send and receive WhatsApp messages through RyzeAPI');
		}
		await editor.addManualTrigger();
		await editor.addStep('ryze', 'Pin or unpin WhatsApp message');
		const resource = editor.parameter('resource').locator('input').first();
		expect(await resource.inputValue()).toBe('Message');
	});

	it('finds numbers as they were typed', async () => {
		const typed = { delay: '2.5', maxWait: '0.5', requestsAtOnce: '50', timeout: '700' };
		const options = { delay: 0, maxWait: 1, requestsAtOnce: 1, timeout: 1 };
		const workflow = manual([{}], {
			operation: 'sendText',
			chat: byId('1@g.us'),
			text: 'Hi',
			options,
		});
		await editor.openWorkflow(await rig.addWorkflow(workflow));
		await editor.openNode('Ryze');
		for (const [name, number] of Object.entries(typed)) {
			const input = editor.parameter(name).locator('input').first();
			await input.click({ clickCount: 3 });
			await editor.page.keyboard.type(number);
			expect(await input.inputValue()).toBe(number);
		}
	});

	it('is told to send a message while the trigger listens', async () => {
		await editor.openWorkflow(await rig.addWorkflow(triggered()));
		await editor.openNode('Trigger');
		await seen('Start the workflow with a WhatsApp message');
		await editor.page.getByText('When will this node trigger my flow?').click();
		await seen('then send a WhatsApp message to your number from another phone');
		await editor.closeNode();
		await editor.clickExecute();
		await until(() => rig.ryze.webhooks('demo').some(({ enabled }) => enabled));
		await seen('Send a WhatsApp message to your number');
		await rig.ryze.receive('demo', { text: 'Hi' });
		await editor.executed();
	});

	it('chooses the chats and the senders that start a workflow', async () => {
		const options = {
			chatIds: [byId(seeds.chats.group), byId('5511999999999')],
			senders: [{ __rl: true, mode: 'phone', value: '+55 11 99999-9999' }],
		};
		const id = await rig.addWorkflow(triggered({ options }));
		await editor.openWorkflow(id);
		await editor.openNode('Trigger');
		await seen('Senders');
		const shown = await editor.page.locator('[data-test-id^="resource-locator"]').count();
		expect(shown).toBeGreaterThanOrEqual(3);

		await rig.rest.activateWorkflow(id);
		const group = { jid: seeds.chats.group };
		const stranger = { jid: '5511888888888@s.whatsapp.net' };
		await rig.ryze.receive('demo', { chat: group, sender: stranger });
		await rig.ryze.receive('demo', { chat: { jid: '1@g.us' } });
		await rig.ryze.receive('demo', { chat: group });
		await until(async () => (await rig.rest.listExecutions(id)).length === 1);
		await rig.rest.deactivateWorkflow(id);
		expect(await rig.rest.listExecutions(id)).toHaveLength(1);
	});

	it("adds 'Also Start On', which begins with something chosen", async () => {
		await editor.openWorkflow(await rig.addWorkflow(triggered()));
		await editor.openNode('Trigger');
		const { page } = editor;
		await page.getByPlaceholder('Add option').or(page.getByText('Add option')).first().click();
		await page.getByText('Also Start On', { exact: true }).first().click();
		await editor.parameter('alsoStartOn').getByText('Edits').first().waitFor();
	});

	it('cannot publish a trigger with an entry that was left empty', async () => {
		const senders = [{ __rl: true, mode: 'list', value: '' }];
		const id = await rig.addWorkflow(triggered({ options: { senders } }));
		await expect(rig.rest.activateWorkflow(id)).rejects.toThrow(
			"Each entry of 'Senders' must be a phone number or an ID, but one is empty",
		);
	});
});
