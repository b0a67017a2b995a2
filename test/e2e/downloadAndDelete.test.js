const { createHash } = require('node:crypto');
const { startRig } = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { byId, manual } = require('../support/workflows');

const content = Buffer.from(seeds.picture.base64, 'base64');
const { picture, privateChat, unknown } = seeds.messages;

describe.each(N8N_VERSIONS)('on n8n %s', (version) => {
	/** @type {import('../../sandbox/n8n/rig').Rig} */
	let rig;

	beforeAll(async () => {
		rig = await startRig({ version, log: (line) => console.log(line) });
	});
	afterEach(() => rig.ryze.reset());
	afterAll(async () => await rig?.stop());

	/** @param {string} name @param {Record<string, unknown>} parameters */
	const ryzeNode = (name, parameters) => ({
		...{ id: name, name, type: 'n8n-nodes-ryzeapi.ryze', typeVersion: 1, position: [0, 0] },
		parameters: { resource: 'message', ...parameters },
	});

	/** @param {any} workflow */
	async function run(workflow) {
		const { data } = await rig.rest.runWorkflow(await rig.addWorkflow(workflow));
		return data.resultData;
	}

	it('a picture is downloaded, sent on, and deleted for everyone', async () => {
		const first = manual([{ messageId: picture }], {
			operation: 'downloadMedia',
			messageId: '={{ $json.messageId }}',
			outputField: 'data',
		});
		const send = ryzeNode('Send', {
			operation: 'sendMedia',
			chat: byId(seeds.chats.private),
			mediaType: 'image',
			inputType: 'binary',
			binaryPropertyName: 'data',
		});
		const remove = ryzeNode('Delete', {
			operation: 'delete',
			messageId: '={{ $json.messageId }}',
			deleteFor: 'everyone',
		});
		/** @param {string} node */
		const to = (node) => ({ main: [[{ node, type: 'main', index: 0 }]] });
		const { error, runData } = await run({
			...first,
			nodes: [...first.nodes, send, remove],
			connections: { ...first.connections, Ryze: to('Send'), Send: to('Delete') },
		});
		expect(error).toBeUndefined();

		const [{ binary, json }] = runData.Ryze[0].data.main[0];
		expect(binary.data).toMatchObject({
			fileName: `${picture}.png`,
			fileExtension: 'png',
			mimeType: 'image/png',
			fileType: 'image',
		});
		expect(json).not.toHaveProperty('base64');
		const [{ messageId }] = rig.ryze.sent;
		expect(rig.ryze.sent).toMatchObject([
			{
				sha256: createHash('sha256').update(content).digest('hex'),
				fileName: `${picture}.png`,
				mimeType: 'image/png',
			},
		]);
		expect(runData.Delete[0].data.main[0]).toMatchObject([{ json: { delete_type: 'revoke' } }]);
		expect([...rig.ryze.deleted]).toEqual([[`demo/${messageId}`, 'revoke']]);
	});

	it('a type that Ryze does not know is found in the file', async () => {
		rig.ryze.setFault(() => ({
			status: 200,
			body: { success: true, base64: seeds.picture.base64 },
		}));
		const parameters = { operation: 'downloadMedia', messageId: picture, outputField: 'photo' };
		const { error, runData } = await run(manual([{}], parameters));
		expect(error).toBeUndefined();
		const [{ binary }] = runData.Ryze[0].data.main[0];
		expect(binary.photo).toMatchObject({ mimeType: 'image/png', fileExtension: 'png' });
	});

	it('a file that is not stored yet is waited for', async () => {
		const body = { success: false, error: { message: 'Message not found or no media available' } };
		rig.ryze.setFault(({ index }) => (index === 0 ? { status: 404, body } : undefined));
		const parameters = { operation: 'downloadMedia', messageId: picture, outputField: 'data' };
		const { error, runData } = await run(manual([{}], parameters));
		expect(error).toBeUndefined();
		expect(runData.Ryze[0].data.main[0]).toHaveLength(1);
		expect(rig.ryze.requests).toHaveLength(2);
	});

	it('a deletion for oneself, and one that Ryze refuses', async () => {
		const items = [{ id: privateChat }, { id: unknown }];
		const parameters = { operation: 'delete', messageId: '={{ $json.id }}', deleteFor: 'me' };
		const { runData } = await run(manual(items, parameters, { onError: 'continueErrorOutput' }));
		const [done, failed] = runData.Ryze[0].data.main;
		expect(done).toMatchObject([{ json: { delete_type: 'delete_for_me' } }]);
		expect(failed).toMatchObject([
			{ json: { error: { message: 'message not found', reason: 'message-not-found' } } },
		]);
	});

	it('nothing is deleted before someone has chosen for whom', async () => {
		const workflow = manual([{}], { operation: 'delete', messageId: privateChat });
		// n8n 1.x does not start such a workflow at all.
		const told = await run(workflow).then(
			({ error }) => JSON.stringify(error),
			(error) => String(error),
		);
		expect(told).toMatch(/Delete For|The workflow has issues and cannot be executed/);
		expect(rig.ryze.requests).toEqual([]);
	});
});
