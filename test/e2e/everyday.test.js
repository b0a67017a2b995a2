const { startRig } = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { until } = require('../../sandbox/until');
const { byId, triggered } = require('../support/workflows');

const team = { jid: seeds.chats.group, name: 'Team' };
const own = { jid: seeds.instances.demo.numberJid };

/** The message that started the workflow. */
const MESSAGE = "$('Trigger').item.json";

/**
 * What a user sets in each node, one after the other. React is left as it is, and no ID is typed.
 *
 * @type {Array<[string, Record<string, unknown>]>}
 */
const steps = [
	['React', { operation: 'react' }],
	['Pin', { operation: 'pinMessage', messageId: `={{ ${MESSAGE}.messageId }}` }],
	[
		'Send',
		{ operation: 'sendText', chat: byId(`={{ ${MESSAGE}.chatId }}`), text: 'Pinned for a week' },
	],
	[
		'Edit',
		{ operation: 'edit', messageId: '={{ $json.messageId }}', content: 'Pinned until Monday' },
	],
];

/** A message starts the steps above. */
function everyday() {
	const workflow = triggered();
	const [trigger] = workflow.nodes;
	const nodes = steps.map(([name, parameters], index) => ({
		id: name,
		name,
		type: 'n8n-nodes-ryzeapi.ryze',
		typeVersion: 1,
		position: [220 * (index + 1), 0],
		parameters,
	}));
	const names = [trigger.name, ...nodes.map(({ name }) => name)];
	const connections = Object.fromEntries(
		names
			.slice(0, -1)
			.map((name, index) => [
				name,
				{ main: [[{ node: names[index + 1], type: 'main', index: 0 }]] },
			]),
	);
	return { ...workflow, name: 'Everyday', nodes: [trigger, ...nodes], connections };
}

describe.each(N8N_VERSIONS)('what people do every day, on n8n %s:', (version) => {
	/** @type {import('../../sandbox/n8n/rig').Rig} */
	let rig;
	/** @type {string} */
	let id;

	beforeAll(async () => {
		rig = await startRig({ version, log: (line) => console.log(line) });
	});
	beforeEach(async () => {
		id = await rig.addWorkflow(everyday());
		await rig.rest.activateWorkflow(id);
	});
	afterEach(async () => {
		await rig.rest.deactivateWorkflow(id);
		await rig.ryze.idle();
		rig.ryze.reset();
	});
	afterAll(async () => await rig?.stop());

	/** @type {Array<[string, import('../../sandbox/ryze/events/message-exchange').Exchange]>} */
	const messages = [
		['someone sent to a group', { chat: team }],
		['the own phone sent to a group', { chat: team, direction: 'outgoing', sender: own }],
		['someone sent in private', { chat: { jid: seeds.chats.private } }],
	];
	const layouts = /** @type {const} */ (['live', 'docs']);
	it.each(messages.flatMap((each) => layouts.map((layout) => [...each, layout])))(
		'a picture that %s gets a reaction and a pin, and the answer is edited (%o, layout %s)',
		async (_what, exchange, layout) => {
			const { messageId } = await rig.ryze.receive('demo', {
				.../** @type {object} */ (exchange),
				layout: /** @type {'live' | 'docs'} */ (layout),
				type: 'image',
				text: '',
				extra: { media: { type: 'image', mimetype: 'image/png', caption: 'The menu' } },
			});
			await until(async () => (await rig.rest.listExecutions(id)).length > 0);
			const [{ id: started }] = await rig.rest.listExecutions(id);
			const { status, data } = await rig.rest.waitForExecution(started);
			expect(data.resultData.error).toBeUndefined();
			expect(status).toBe('success');

			const { ryze } = rig;
			expect([...ryze.reactions]).toEqual([[`demo/${messageId}`, '👍']]);
			expect([...ryze.pins.keys()]).toEqual([`demo/${messageId}`]);
			const [{ json: edited }] = data.resultData.runData.Edit[0].data.main[0];
			expect(edited).toMatchObject({
				success: true,
				messageId: ryze.sent[0].messageId,
				oldContent: 'Pinned for a week',
				newContent: 'Pinned until Monday',
			});
			// What n8n has sent, its reactions and edits included, starts nothing.
			await ryze.idle();
			expect(await rig.rest.listExecutions(id)).toHaveLength(1);
		},
	);
});
