const { EventEmitter } = require('node:events');
const { TOKEN, live, liveWith } = require('../../../support/deliveries');
const { startTriggerHarness } = require('../../../support/triggerEngine');

/*
 * Deliveries that are handed straight to the node. How they come through n8n's web server is in
 * test/engine/trigger.receive.test.js and trigger.deliveries.test.js.
 */

/** @typedef {import('../../../../sandbox/engine/trigger').Trigger} Trigger */
/** @typedef {import('../../../support/triggerEngine').TriggerOptions} TriggerOptions */

/** @type {Awaited<ReturnType<typeof startTriggerHarness>>} */
let harness;

beforeAll(async () => {
	harness = await startTriggerHarness();
});
afterAll(async () => await harness.stop());

const SECRET = 'Bearer of-this-webhook';

let count = 0;

/** A message that has never arrived before. */
const fresh = () => liveWith({ id: `3EB0-${++count}` });

const starts = { workflowData: [[{ json: expect.anything() }]] };

/** @param {TriggerOptions & { secret?: string }} [options] secret: the one that n8n has stored */
const triggerWith = (options = {}) =>
	harness.trigger({
		parameters: { events: ['message.exchange', 'label.update'], options: {} },
		staticData: {
			'node:Ryze WhatsApp Trigger': { secret: 'secret' in options ? options.secret : SECRET },
		},
		...options,
	});

/** What the node does to the response of Express. */
class FakeResponse extends EventEmitter {
	statusCode = 200;

	ended = 0;

	/** @type {unknown} */
	sent;

	status(/** @type {number} */ code) {
		this.statusCode = code;
		return this;
	}

	send(/** @type {unknown} */ text) {
		this.sent = text;
		return this;
	}

	get writableEnded() {
		return this.ended > 0;
	}

	end() {
		this.ended++;
		return this;
	}

	/** n8n answers, and the connection ends. */
	answer(/** @type {number} */ code) {
		this.status(code).end();
		this.emit('close');
	}
}

/**
 * @param {Trigger} trigger
 * @param {unknown} body
 * @param {string} [authorization]
 */
async function arrive(trigger, body, authorization = SECRET) {
	const response = new FakeResponse();
	const request = { body, headers: { authorization } };
	return { response, result: await trigger.webhook(request, response) };
}

describe('a delivery', () => {
	it('starts the workflow with one item, without the token', async () => {
		const { result, response } = await arrive(triggerWith(), liveWith({ id: 'first' }));
		expect(result).toEqual({
			workflowData: [
				[
					{
						json: {
							messageId: 'first',
							chatId: '120363406289005073@g.us',
							senderId: '5511999999999@s.whatsapp.net',
							text: 'Hello',
							messageType: 'text',
							event: 'message.exchange',
							data: { ...live.data, id: 'first' },
							instanceData: { baseUrl: 'https://ryzeapi.cloud', instance: 'shop' },
						},
					},
				],
			],
		});
		expect(JSON.stringify(result)).not.toContain(TOKEN);
		expect(response.ended).toBe(0);
	});

	/** @type {Array<[string, string | undefined, string | undefined]>} */
	const wrong = [
		['the wrong secret', SECRET, 'Bearer of-another'],
		['no secret', SECRET, ''],
		['an empty secret while an empty one is stored', '', ''],
		['a secret while none is stored', undefined, SECRET],
	];
	it.each(wrong)('with %s is refused with 401, whatever its body', async (_name, secret, given) => {
		for (const body of [fresh(), {}]) {
			const { result, response } = await arrive(triggerWith({ secret }), body, given);
			expect(result).toEqual({ noWebhookResponse: true });
			expect(response).toMatchObject({ statusCode: 401, sent: 'Unauthorized', ended: 1 });
		}
	});

	it('without an authorization header is refused with 401', async () => {
		const response = new FakeResponse();
		const result = await triggerWith().webhook({ body: fresh(), headers: {} }, response);
		expect(result).toEqual({ noWebhookResponse: true });
		expect(response).toMatchObject({ statusCode: 401, sent: 'Unauthorized', ended: 1 });
	});

	it.each([undefined, {}, { event: 'message.exchange' }, 'text'])(
		'is refused with 400 when its body is %j, which is no event',
		async (body) => {
			const { result, response } = await arrive(triggerWith(), body);
			expect(result).toEqual({ noWebhookResponse: true });
			expect(response).toMatchObject({ statusCode: 400, ended: 1 });
			expect(response.sent).toBe('This is not an event of Ryze');
		},
	);

	it.each(['other', 'shop-2'])(
		'that names the instance %s, which is not the one registered, is refused with 403',
		async (instance) => {
			const staticData = { 'node:Ryze WhatsApp Trigger': { secret: SECRET, instance: 'shop' } };
			const body = { ...fresh(), instanceData: { instance, token: TOKEN } };
			const { result, response } = await arrive(triggerWith({ staticData }), body);
			expect(result).toEqual({ noWebhookResponse: true });
			expect(response).toMatchObject({ statusCode: 403, ended: 1 });
		},
	);

	it.each([{ instance: 'shop' }, { instance: ' SHOP ' }, {}, undefined])(
		'that names the registered instance or none starts the workflow: %j',
		async (instanceData) => {
			const staticData = { 'node:Ryze WhatsApp Trigger': { secret: SECRET, instance: 'shop' } };
			const { result } = await arrive(triggerWith({ staticData }), { ...fresh(), instanceData });
			expect(result).toEqual(starts);
		},
	);

	const onlyOutgoing = {
		parameters: { events: ['message.exchange'], options: { direction: 'outgoing' } },
	};

	it('that a filter holds back is accepted, and starts nothing', async () => {
		expect((await arrive(triggerWith(onlyOutgoing), fresh())).result).toEqual({});
		const otherEvent = { ...fresh(), event: 'group.flow' };
		expect((await arrive(triggerWith(), otherEvent)).result).toEqual({});
	});

	it('that a filter held back starts the workflow when the filter has changed', async () => {
		const body = fresh();
		await arrive(triggerWith(onlyOutgoing), body);
		expect((await arrive(triggerWith(), body)).result).toEqual(starts);
	});
});

describe('a delivery that comes again', () => {
	/** @param {Trigger} trigger @param {unknown} body @param {number} [code] that n8n answers */
	async function handled(trigger, body, code = 200) {
		const { result, response } = await arrive(trigger, body);
		response.answer(code);
		return result;
	}

	it('is accepted, and starts nothing', async () => {
		const body = fresh();
		expect(await handled(triggerWith(), body)).toEqual(starts);
		const { result, response } = await arrive(triggerWith(), structuredClone(body));
		expect(result).toEqual({});
		expect([response.statusCode, response.ended]).toEqual([200, 0]);
	});

	it('starts another trigger all the same', async () => {
		const body = fresh();
		await handled(triggerWith(), body);
		expect(await handled(triggerWith({ nodeId: 'node-2' }), body)).toEqual(starts);
	});

	it('starts a test each time, and a test does not count as its first time', async () => {
		const body = fresh();
		const test = triggerWith({ isTest: true });
		for (const _ of [1, 2]) expect(await handled(test, body)).toEqual(starts);
		expect(await handled(triggerWith(), body)).toEqual(starts);
		expect(await handled(test, body)).toEqual(starts);
	});

	it.each([
		['starts the workflow', 500, starts],
		['starts the workflow', 404, starts],
		['starts the workflow', 300, starts],
		['starts nothing', 299, {}],
		['starts nothing', 200, {}],
	])('%s when n8n answered %i the first time', async (_what, status, result) => {
		const body = fresh();
		await handled(triggerWith(), body, status);
		expect(await handled(triggerWith(), body)).toEqual(result);
	});

	it('starts nothing when only an earlier repeat got an error', async () => {
		const body = fresh();
		await handled(triggerWith(), body);
		await handled(triggerWith(), body, 500);
		expect(await handled(triggerWith(), body)).toEqual({});
	});

	it('gets 503 as long as n8n has not responded, also when Ryze has given up', async () => {
		const body = fresh();
		const first = await arrive(triggerWith(), body);
		for (const _ of [1, 2]) {
			const { result, response } = await arrive(triggerWith(), body);
			expect(result).toEqual({ noWebhookResponse: true });
			expect([response.statusCode, response.ended]).toEqual([503, 1]);
			first.response.emit('close');
		}
		first.response.status(500).end();
		expect(await handled(triggerWith(), body)).toEqual(starts);
	});
});

describe('an event that tells no time', () => {
	it('starts the workflow each time, as when a label is put on a chat again', async () => {
		for (const labeled of [true, false, true]) {
			const data = { type: 'chat', labelId: '1', chatJid: '1@g.us', labeled };
			const { result } = await arrive(triggerWith(), { ...live, event: 'label.update', data });
			expect(result).toEqual(starts);
		}
	});
});

describe('what is refused', () => {
	/** @type {jest.SpyInstance | undefined} */
	let clock;
	afterEach(() => clock?.mockRestore());

	let workflows = 0;

	/** A trigger that has logged nothing yet. @param {TriggerOptions} [options] */
	const unheard = (options) => triggerWith({ workflowId: `refusing-${++workflows}`, ...options });

	it.each([
		[undefined, /with 401, .* no Authorization header\. If a proxy .* an old webhook /],
		[
			'Basic YW55OnRoaW5n',
			/with 401, .* Authorization header is not the one .* proxy .* old webhook /,
		],
	])('is said in the log, for the authorization %j', async (authorization, sentence) => {
		const trigger = unheard();
		const request = { body: fresh(), headers: { authorization } };
		await trigger.webhook(request, new FakeResponse());
		expect(trigger.warnings).toEqual([expect.stringMatching(sentence)]);
		expect(trigger.warnings[0]).toMatch(
			/^A delivery to the webhook "n8n-refusing-\d+-[0-9a-f]{8}" /,
		);
		expect(trigger.warnings[0]).not.toMatch(/YW55|of-this-webhook/);
	});

	it('is said in the log when it is no event, or for another instance', async () => {
		const trigger = unheard();
		await arrive(trigger, { token: TOKEN });
		expect(trigger.warnings).toEqual([expect.stringMatching(/with 400, .* proxy /)]);
		const staticData = { 'node:Ryze WhatsApp Trigger': { secret: SECRET, instance: 'other' } };
		const another = unheard({ staticData });
		await arrive(another, fresh());
		expect(another.warnings).toEqual([expect.stringMatching(/with 403, .*"shop".*"other"/)]);
		expect([...trigger.warnings, ...another.warnings].join()).not.toContain(TOKEN);
	});

	it('is said once a minute for each trigger', async () => {
		const [one, other] = [unheard(), unheard()];
		let now = Date.now();
		clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
		for (const seconds of [0, 1, 58, 2, 30, 31]) {
			now += seconds * 1000;
			await arrive(one, fresh(), 'wrong');
			await arrive(other, {}, 'wrong');
		}
		expect([one.warnings.length, other.warnings.length]).toEqual([3, 3]);
	});

	it('is said for each cause, as anyone can cause a 401', async () => {
		const trigger = unheard({
			staticData: { 'node:Ryze WhatsApp Trigger': { secret: SECRET, instance: 'other' } },
		});
		await arrive(trigger, fresh(), 'wrong');
		await arrive(trigger, {});
		for (const _ of [1, 2]) await arrive(trigger, fresh());
		expect(trigger.warnings).toEqual(
			[401, 400, 403].map((status) => expect.stringContaining(` with ${status}, `)),
		);
	});

	it('is not said of what a filter drops, nor of what comes again', async () => {
		const trigger = unheard();
		const body = fresh();
		for (const each of [body, body, { ...fresh(), event: 'group.flow' }])
			await arrive(trigger, each);
		expect(trigger.warnings).toEqual([]);
	});
});

describe('after the credential was edited', () => {
	/** @param {object} credential @param {object} [kept] */
	const edited = (credential, kept) =>
		triggerWith({
			workflowId: 'edited',
			credential: { ...harness.credential, ...credential },
			staticData: {
				'node:Ryze WhatsApp Trigger': {
					secret: SECRET,
					instance: 'shop',
					baseUrl: 'https://a.example',
					...kept,
				},
			},
		});

	it('to another instance, events of the one before are refused', async () => {
		const trigger = edited({ instance: 'second' });
		const { result, response } = await arrive(trigger, fresh());
		expect(result).toEqual({ noWebhookResponse: true });
		expect(response.statusCode).toBe(403);
		expect(trigger.warnings).toEqual([
			expect.stringMatching(/"second" now, .* "shop"\. Unpublish .* publish it again\.$/),
		]);
	});

	it.each([
		['the same instance, spelled otherwise', { instance: ' Shop ' }],
		['a field that cannot be read', { instance: '' }],
	])('to %s, they start the workflow', async (_what, credential) => {
		expect((await arrive(edited(credential), fresh())).result).toEqual(starts);
	});
});
