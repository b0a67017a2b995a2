const { seeds, startTriggerHarness, statuses } = require('../support/triggerEngine');

/** @typedef {import('../../sandbox/ryze/types').EventName} EventName */

/** @type {Awaited<ReturnType<typeof startTriggerHarness>>} */
let harness;

beforeAll(async () => {
	harness = await startTriggerHarness();
});
afterEach(() => harness.reset());
afterAll(async () => await harness.stop());

const { token } = seeds.instances.demo;
const group = { jid: seeds.chats.group, name: 'Team' };

describe('a message', () => {
	const layouts = /** @type {const} */ (['live', 'docs']);

	it.each(layouts)(
		'starts the workflow with what Ryze delivered, in the %s layout',
		async (layout) => {
			await harness.listening();
			const exchange = { layout, text: 'Hello', chat: group, timestamp: '2026-07-31T12:00:00Z' };
			const { messageId, deliveries } = await harness.ryze.receive('demo', exchange);
			expect(statuses(deliveries)).toEqual([[200]]);
			expect(harness.receiver.answers).toEqual([
				{ status: 200, body: '{"message":"Workflow was started"}' },
			]);
			const message = layout === 'live' ? { content: 'Hello' } : { content: { text: 'Hello' } };
			expect(harness.items()).toEqual([
				[
					{
						messageId,
						chatId: seeds.chats.group,
						senderId: seeds.chats.private,
						text: 'Hello',
						messageType: 'text',
						event: 'message.exchange',
						data: expect.objectContaining({
							id: messageId,
							message: expect.objectContaining(message),
						}),
						instanceData: { baseUrl: harness.ryze.url, instance: 'demo' },
					},
				],
			]);
		},
	);

	it.each(layouts)('keeps all of its data except the token, in the %s layout', async (layout) => {
		await harness.listening();
		const extra = { reaction: { emoji: '👍' }, list: [1, null, { a: '' }] };
		const data = harness.ryze.events.messageExchange({ layout, extra });
		await harness.ryze.deliver('demo', 'message.exchange', data);
		expect(harness.items()[0][0].data).toEqual(JSON.parse(JSON.stringify(data)));
	});

	it('has the ID of the inner message when there is none on top', async () => {
		await harness.listening();
		const { id, ...data } = harness.ryze.events.messageExchange({ layout: 'docs' });
		await harness.ryze.deliver('demo', 'message.exchange', data);
		expect(harness.items()[0][0].messageId).toBe(id);
	});

	it.each(layouts)('never contains the token, in the %s layout', async (layout) => {
		await harness.listening();
		const extra = { reply: { text: token }, list: [[`a${token}b${token}`]], [token]: 1 };
		await harness.ryze.receive('demo', { layout, text: `The token is ${token}!`, extra });
		const [[item]] = harness.items();
		const told = JSON.stringify(item);
		expect(told).not.toContain(token);
		expect(told).not.toContain(harness.ours()[0].authorization);
		expect(told).toContain('The token is ***!');
		expect(item.data.message).toMatchObject({ reply: { text: '***' }, list: [['a***b***']] });
		expect(item.instanceData).toEqual({ baseUrl: harness.ryze.url, instance: 'demo' });
	});
});

describe('the events', () => {
	/** @returns {Array<[EventName, object]>} one of each kind */
	const oneOfEach = () => {
		const { events } = harness.ryze;
		return [
			['call.update', events.callUpdate()],
			['group.flow', events.groupFlow()],
			['instance.state', events.instanceState()],
			['label.update', events.labelUpdate()],
			['message.exchange', events.messageExchange({})],
			['message.status', events.messageStatus()],
		];
	};

	it('each start the workflow, and only messages get what is known on top', async () => {
		const all = oneOfEach();
		await harness.listening({ parameters: { events: all.map(([event]) => event) } });
		for (const [event, data] of all) await harness.ryze.deliver('demo', event, data);
		const instanceData = { baseUrl: harness.ryze.url, instance: 'demo' };
		const onTop = {
			messageId: seeds.messages.privateChat,
			chatId: seeds.chats.private,
			senderId: seeds.chats.private,
			text: 'Hi!',
			messageType: 'text',
		};
		expect(harness.items()).toEqual(
			all.map(([event, data]) => [
				{ ...(event === 'message.exchange' && onTop), event, data, instanceData },
			]),
		);
	});

	it.each(/** @type {EventName[]} */ (['call.update', 'message.status']))(
		'start the workflow when only %s is chosen',
		async (event) => {
			await harness.listening({ parameters: { events: [event] } });
			for (const [each, data] of oneOfEach()) await harness.ryze.deliver('demo', each, data);
			expect(harness.items().map(([item]) => item.event)).toEqual([event]);
		},
	);

	it('that were not chosen start nothing, even if Ryze sends them', async () => {
		await harness.listening({ parameters: { events: ['label.update'] } });
		const [webhook] = harness.ours();
		harness.ryze.setWebhook('demo', { ...webhook, events: [] });
		const { deliveries } = await harness.ryze.receive('demo');
		expect(statuses(deliveries)).toEqual([[200]]);
		expect(harness.receiver.answers).toEqual([
			{ status: 200, body: '{"message":"Webhook call received"}' },
		]);
		expect(harness.receiver.started).toEqual([]);
	});

	it('start each workflow that wants them', async () => {
		const first = await harness.listening();
		const second = await harness.listening({ nodeId: 'node-2' });
		await harness.ryze.receive('demo', { text: 'Hi' });
		const triggers = harness.receiver.started.map(({ trigger }) => trigger);
		expect(new Set(triggers)).toEqual(new Set([first, second]));
	});
});

describe('the filters of messages', () => {
	/** @typedef {import('../../sandbox/ryze/events/message-exchange').Exchange} Exchange */
	/** @type {Array<[object, Exchange, Exchange]>} options, what passes, what does not */
	const rows = [
		[{ direction: 'incoming' }, {}, { direction: 'outgoing' }],
		[{ direction: 'outgoing' }, { direction: 'outgoing' }, {}],
		[{ chats: ['group'] }, { chat: group }, {}],
		[{ chats: ['private'] }, {}, { chat: group }],
		[
			{ chats: ['channel', 'private'] },
			{ chat: { jid: '120363422585881117@newsletter' } },
			{ chat: group },
		],
		[
			{ ignoreSentByApi: true },
			{ direction: 'outgoing' },
			{ direction: 'outgoing', source: 'api' },
		],
		[
			{ ignoreSentByApi: true },
			{ direction: 'outgoing', source: '' },
			{ direction: 'outgoing', source: 'crm' },
		],
		[{ text: ' #PIN ' }, { text: 'Do #pin this' }, { text: 'pin this' }],
		[{ text: '#pin', textMatch: 'startsWith' }, { text: '#Pin this' }, { text: 'Do #pin' }],
		[{ text: '#pin', textMatch: 'equals' }, { text: ' #PIN' }, { text: '#pin this' }],
		[
			{ text: 'look' },
			{ type: 'image', text: '', extra: { media: { caption: 'Look!' } } },
			{ type: 'image', text: '' },
		],
	];
	const layouts = /** @type {const} */ (['live', 'docs']);
	const cases = layouts.flatMap((layout) =>
		rows.map(([options, wanted, unwanted]) => ({ layout, options, wanted, unwanted })),
	);

	it.each(cases)(
		'let only the right messages through with $options, in the $layout layout',
		async ({ layout, options, wanted, unwanted }) => {
			await harness.listening({ parameters: { options } });
			const passed = await harness.ryze.receive('demo', { layout, ...wanted });
			const dropped = await harness.ryze.receive('demo', { layout, ...unwanted });
			expect(statuses([...passed.deliveries, ...dropped.deliveries])).toEqual([[200], [200]]);
			expect(harness.items().map(([item]) => item.messageId)).toEqual([passed.messageId]);
		},
	);

	it('let every message through when none is set, but those sent by API', async () => {
		await harness.listening({ parameters: { options: {} } });
		const sentByApi = rows.filter(([, , { source }]) => source);
		for (const [, wanted, unwanted] of rows) {
			await harness.ryze.receive('demo', wanted);
			await harness.ryze.receive('demo', unwanted);
		}
		expect(sentByApi).toHaveLength(2);
		expect(harness.receiver.started).toHaveLength(2 * rows.length - sentByApi.length);
	});

	it('keep a workflow from starting itself unless they are changed', async () => {
		await harness.listening();
		const { events } = harness.ryze;
		for (const source of ['api', 'n8n', 'N8N', 'crm']) {
			const data = events.messageExchange({ direction: 'outgoing', source });
			await harness.ryze.deliver('demo', 'message.exchange', data);
		}
		expect(harness.receiver.started).toEqual([]);
	});
});

describe('what is no new message', () => {
	const of = seeds.messages.group;
	const layouts = /** @type {const} */ (['live', 'docs']);
	/** @param {'live' | 'docs'} layout @returns {Array<[string, object, string]>} */
	const all = (layout) => {
		const { events } = harness.ryze;
		const exchange = { layout, chat: group };
		return [
			['edits', events.messageEdit({ of, text: '#pin Dinner at 9', ...exchange }), of],
			['deletions', events.messageRevoke({ of, ...exchange }), of],
			['reactions', events.reaction({ of, ...exchange }), of],
			['statusPosts', events.statusPost({ layout, id: '3EB0STATUS' }), '3EB0STATUS'],
			['unknown', events.unknownMessage({ ...exchange, id: '3EB0PIN' }), '3EB0PIN'],
		];
	};

	it.each(layouts)('starts nothing unless it is chosen, in the %s layout', async (layout) => {
		await harness.listening();
		await harness.listening({ nodeId: 'node-2', parameters: { options: {} } });
		for (const [, data] of all(layout)) {
			const deliveries = await harness.ryze.deliver('demo', 'message.exchange', data);
			expect(statuses(deliveries)).toEqual([[200], [200]]);
		}
		expect(harness.receiver.started).toEqual([]);
	});

	it.each(layouts)(
		'starts the workflow where it is chosen, with the ID of the message meant, in the %s layout',
		async (layout) => {
			for (const [change, , messageId] of all(layout)) {
				harness.reset();
				await harness.listening({ parameters: { options: { alsoStartOn: [change] } } });
				for (const [, data] of all(layout)) {
					await harness.ryze.deliver('demo', 'message.exchange', data);
				}
				expect(harness.items().map(([item]) => item.messageId)).toEqual([messageId]);
			}
		},
	);
});

describe('a tap', () => {
	const shapes = /** @type {const} */ (['button', 'live button', 'template', 'list', 'live list']);
	const layouts = /** @type {const} */ (['live', 'docs']);

	it.each(shapes.flatMap((shape) => layouts.map((layout) => ({ shape, layout }))))(
		'of the shape $shape has its ID for a text, and what it answers, in the $layout layout',
		async ({ shape, layout }) => {
			await harness.listening({ parameters: { options: { text: 'option:YES' } } });
			const { events } = harness.ryze;
			const reply = { of: seeds.messages.group };
			for (const tapped of ['option:yes', 'option:no']) {
				const data = events.tap({ id: `3EB0${tapped}`, shape, tapped, layout, reply });
				await harness.ryze.deliver('demo', 'message.exchange', data);
			}
			expect(harness.items()).toMatchObject([
				[{ text: 'option:yes', repliedMessageId: seeds.messages.group }],
			]);
		},
	);
});
