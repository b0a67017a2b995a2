const { OWN, seeds, startTriggerHarness } = require('./triggerHarness');

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

/** @param {import('../../sandbox/ryze/types').Delivery[]} deliveries */
const statuses = (deliveries) =>
	deliveries.map(({ attempts }) => attempts.map(({ status }) => status));

describe('a message', () => {
	const layouts = /** @type {const} */ (['live', 'docs']);

	it.each(layouts)('starts the workflow with what Ryze told, in the %s layout', async (layout) => {
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
					event: 'message.exchange',
					data: expect.objectContaining({
						id: messageId,
						message: expect.objectContaining(message),
					}),
					instanceData: { baseUrl: harness.ryze.url, instance: 'demo' },
				},
			],
		]);
	});

	it.each(layouts)('keeps all of its data but the token, in the %s layout', async (layout) => {
		await harness.listening();
		const extra = { reaction: { emoji: '👍' }, list: [1, null, { a: '' }] };
		const data = harness.ryze.events.messageExchange({ layout, extra });
		await harness.ryze.deliver('demo', 'message.exchange', data);
		expect(harness.items()[0][0].data).toEqual(JSON.parse(JSON.stringify(data)));
	});

	it('without an ID on top has that of the message itself', async () => {
		await harness.listening();
		const { id, ...data } = harness.ryze.events.messageExchange({ layout: 'docs' });
		await harness.ryze.deliver('demo', 'message.exchange', data);
		expect(harness.items()[0][0].messageId).toBe(id);
	});

	it.each(layouts)('never brings the token along, in the %s layout', async (layout) => {
		await harness.listening();
		const extra = { reply: { text: token }, list: [[`a${token}b${token}`]] };
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

	it('start the workflow, each of the six, and only messages get an ID on top', async () => {
		const all = oneOfEach();
		await harness.listening({ parameters: { events: all.map(([event]) => event) } });
		for (const [event, data] of all) await harness.ryze.deliver('demo', event, data);
		const instanceData = { baseUrl: harness.ryze.url, instance: 'demo' };
		const messageId = seeds.messages.privateChat;
		expect(harness.items()).toEqual(
			all.map(([event, data]) => [
				{ ...(event === 'message.exchange' && { messageId }), event, data, instanceData },
			]),
		);
	});

	it.each(/** @type {EventName[]} */ (['call.update', 'message.status']))(
		'start the workflow for %s alone, though the options are hidden then',
		async (event) => {
			await harness.listening({ parameters: { events: [event] } });
			for (const [each, data] of oneOfEach()) await harness.ryze.deliver('demo', each, data);
			expect(harness.items().map(([item]) => item.event)).toEqual([event]);
		},
	);

	it('that were not chosen start nothing, though Ryze may still send them', async () => {
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
			{ direction: 'outgoing', source: 'crm' },
			{ direction: 'outgoing', source: 'n8n' },
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
		'let through what they should: $options, in the $layout layout',
		async ({ layout, options, wanted, unwanted }) => {
			await harness.listening({ parameters: { options } });
			const passed = await harness.ryze.receive('demo', { layout, ...wanted });
			const dropped = await harness.ryze.receive('demo', { layout, ...unwanted });
			expect(statuses([...passed.deliveries, ...dropped.deliveries])).toEqual([[200], [200]]);
			expect(harness.items().map(([item]) => item.messageId)).toEqual([passed.messageId]);
		},
	);

	it('let everything through when there are none', async () => {
		await harness.listening({ parameters: { options: {} } });
		for (const [, wanted, unwanted] of rows) {
			await harness.ryze.receive('demo', wanted);
			await harness.ryze.receive('demo', unwanted);
		}
		expect(harness.receiver.started).toHaveLength(2 * rows.length);
	});

	it('keep a workflow that nobody has set up further from starting itself', async () => {
		await harness.listening();
		const { events } = harness.ryze;
		for (const source of ['api', 'n8n']) {
			const data = events.messageExchange({ direction: 'outgoing', source });
			await harness.ryze.deliver('demo', 'message.exchange', data);
		}
		expect(harness.receiver.started).toEqual([]);
	});
});

describe('what does not come from Ryze', () => {
	it.each([
		['a wrong authorization', 'Bearer forged'],
		['no authorization', null],
		['that of another webhook', OWN.authorization],
	])('is refused: %s', async (_name, authorization) => {
		harness.ryze.setWebhook('demo', OWN);
		await harness.listening();
		const [{ label }] = harness.ours();
		const data = harness.ryze.events.messageExchange({});
		const options = { label, authorization };
		const deliveries = await harness.ryze.deliver('demo', 'message.exchange', data, options);
		expect(statuses(deliveries)).toEqual([[401, 401]]);
		expect(harness.receiver.answers).toEqual([
			{ status: 401, body: 'Unauthorized' },
			{ status: 401, body: 'Unauthorized' },
		]);
		expect(harness.receiver.started).toEqual([]);
	});

	it('is refused after the webhook has been switched off, also what knows the secret', async () => {
		const trigger = await harness.listening();
		const [{ label, authorization, ...row }] = harness.ours();
		await trigger.delete();
		harness.ryze.setWebhook('demo', { ...row, label, authorization });
		const { deliveries } = await harness.ryze.receive('demo');
		expect(statuses(deliveries)).toEqual([[401, 401]]);
		expect(harness.receiver.started).toEqual([]);
	});

	/** @param {import('../../sandbox/engineTrigger').Trigger} trigger @param {string} body */
	const post = async (trigger, body, type = 'application/json') => {
		const { authorization } = harness.ours()[0];
		const headers = { authorization: String(authorization), 'content-type': type };
		return (await fetch(trigger.url, { method: 'POST', headers, body })).status;
	};

	it.each([
		'null',
		'5',
		'"text"',
		'[]',
		'[{"event":"message.exchange","data":{}}]',
		'{}',
		'{"event":"message.exchange"}',
		'{"event":"message.exchange","data":null}',
		'{"event":"message.exchange","data":[]}',
		'{"event":"message.exchange","data":"text"}',
		'{"event":"","data":{}}',
		'{"event":5,"data":{}}',
		'{"data":{}}',
		'',
	])('is refused though it knows the secret: %s', async (body) => {
		const trigger = await harness.listening();
		expect(await post(trigger, body)).toBe(400);
		expect(harness.receiver.answers).toEqual([
			{ status: 400, body: 'This is not an event of Ryze' },
		]);
		expect(harness.receiver.started).toEqual([]);
	});

	it('never reaches the node when it is no JSON at all', async () => {
		const trigger = await harness.listening();
		expect(await post(trigger, '{"event":')).toBe(422);
		expect(harness.receiver.started).toEqual([]);
	});
});

describe('a delivery that comes twice', () => {
	const repeat = { repeat: true };

	it('starts the workflow once', async () => {
		await harness.listening();
		const { deliveries } = await harness.ryze.receive('demo', { text: 'Hi' }, repeat);
		expect(statuses(deliveries)).toEqual([[200, 200]]);
		expect(harness.receiver.answers.map(({ body }) => body)).toEqual([
			'{"message":"Workflow was started"}',
			'{"message":"Webhook call received"}',
		]);
		expect(harness.receiver.started).toHaveLength(1);
	});

	it('starts it once also when both come together', async () => {
		await harness.listening();
		const data = harness.ryze.events.messageExchange({ text: 'Twin' });
		const send = async () => await harness.ryze.deliver('demo', 'message.exchange', data);
		await Promise.all([send(), send()]);
		expect(harness.receiver.started).toHaveLength(1);
	});

	it('starts it twice in a test, where somebody sends it by hand', async () => {
		await harness.listening({ isTest: true });
		const { deliveries } = await harness.ryze.receive('demo', { text: 'Test' }, repeat);
		expect(statuses(deliveries)).toEqual([[200, 200]]);
		expect(harness.receiver.started).toHaveLength(2);
	});

	it('starts it when n8n could not the first time', async () => {
		await harness.listening();
		let tries = 0;
		harness.receiver.whenStarting(() => {
			if (tries++ === 0) throw new Error('There was a problem executing the workflow');
		});
		const { deliveries } = await harness.ryze.receive('demo', { text: 'Again' }, repeat);
		// The retry, and the repetition of what has arrived by then.
		expect(statuses(deliveries)).toEqual([[500, 200, 200]]);
		expect(harness.receiver.started).toHaveLength(1);
		expect(harness.receiver.answers.map(({ status }) => status)).toEqual([500, 200, 200]);
	});

	it('is an event of its own when the message was edited meanwhile', async () => {
		await harness.listening();
		const { messageId: id } = await harness.ryze.receive('demo', { text: 'Dinner at 8' });
		await harness.ryze.receive('demo', { id, text: 'Dinner at 9', type: 'message_edit' });
		expect(harness.receiver.started).toHaveLength(2);
	});

	it('is known among the last 5,000, and memory holds no more', async () => {
		const trigger = await harness.listening();
		const { secret } = trigger.kept();
		const bodyOf = (/** @type {number} */ index) => ({
			event: 'message.exchange',
			data: harness.ryze.events.messageExchange({ id: `3EB0${index}`, timestamp: 'then' }),
		});
		const arrive = async (/** @type {number} */ index) => {
			// By hand: so many connections would take half a minute.
			const request = { headers: { authorization: secret }, body: bodyOf(index) };
			const response = { statusCode: 200, once: () => {} };
			return (await trigger.webhook(request, response)).workflowData !== undefined;
		};
		for (let index = 0; index < 5000; index++) expect(await arrive(index)).toBe(true);
		expect(await arrive(0)).toBe(false);
		expect(await arrive(5000)).toBe(true);
		// The oldest made room for the newest.
		expect(await arrive(1)).toBe(false);
		expect(await arrive(4999)).toBe(false);
		expect(await arrive(0)).toBe(true);
	});
});
