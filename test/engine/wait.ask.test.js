const { seeds } = require('../../sandbox/ryze');
const { ADMIN, byId, startWaitHarness } = require('../support/waitEngine');

const approvers = [byId(ADMIN.jid)];

describe('Send and Wait for Response', () => {
	/** @type {import('../support/waitEngine').WaitHarness} */
	let harness;

	beforeAll(async () => {
		harness = await startWaitHarness();
	});
	afterEach(() => harness.reset());
	afterAll(async () => await harness.stop());

	it('sends the question with how to answer it and its link, and waits', async () => {
		await harness.listening();
		const { execution, sent, link } = await harness.ask();
		expect(execution.asked.error).toBeUndefined();
		expect(execution.status()).toBe('waiting');
		expect(execution.waitTill?.getFullYear()).toBe(3000);
		expect(sent).toMatchObject({ number: seeds.chats.group, linkPreview: false, source: 'n8n' });
		expect(sent.message).toBe(
			`Pin it?\n\nReply *yes* or *no* to this message, or react with 👍 or 👎, or open ${link}`,
		);
		expect(link).toMatch(
			/^http:\/\/127\.0\.0\.1:\d+\/webhook-waiting\/\d+\/Ryze\?q=[\w-]{28}&signature=[0-9a-f]{64}$/,
		);
	});

	it('goes on with an answer by the link', async () => {
		const { submit, output } = await harness.ask();
		const response = await submit({ answer: 'approve' });
		expect([response.status, await response.text()]).toEqual([
			200,
			expect.stringContaining('Your answer was received'),
		]);
		expect(await output()).toEqual({
			data: {
				approved: true,
				via: 'link',
				messageId: expect.stringMatching(/^3EB0/),
				respondedAt: expect.stringMatching(/^\d{4}-.*Z$/),
			},
		});
	});

	it('goes on with a reply', async () => {
		await harness.listening();
		const { sent, reply, output } = await harness.ask();
		const answer = await reply({ text: 'Yes!' });
		expect((await output()).data).toMatchObject({
			approved: true,
			via: 'reply',
			messageId: sent.messageId,
			answerMessageId: answer.messageId,
		});
		expect(harness.receiver.started).toEqual([]);
	});

	it('goes on with a reaction', async () => {
		await harness.listening();
		const { react, output } = await harness.ask();
		await react('👎🏽');
		expect((await output()).data).toMatchObject({ approved: false, via: 'reaction' });
		expect(harness.receiver.started).toEqual([]);
	});

	describe('says how to answer only as it can be heard', () => {
		/** @param {any} asked */
		const hints = ({ execution }) =>
			execution.asked.hints.map((/** @type {any} */ { message }) => message);

		it('by the link, with a hint, when no trigger hears it', async () => {
			const asked = await harness.ask();
			expect(asked.sent.message).toBe(`Pin it?\n\nTo answer, open ${asked.link}`);
			expect(hints(asked)).toEqual([expect.stringContaining('publish')]);
			expect(harness.ryze.requests.map(({ path }) => path)).toEqual([
				'/api/events/getWebhook/demo',
				'/api/message/text/demo',
			]);
		});

		it.each([
			['listens for a test', { isTest: true }],
			['belongs to another n8n', { n8nUrl: 'https://other.example.com' }],
			['hears no messages', { parameters: { events: ['call.update'] } }],
		])('by the link when the trigger %s', async (_, options) => {
			const trigger = harness.engine.trigger({
				n8nUrl: harness.receiver.url,
				credential: harness.credential,
				workflowId: 'deaf',
				...options,
			});
			await trigger.switchOn();
			expect((await harness.ask()).sent.message).toMatch(/\n\nTo answer, open /);
		});

		it('by the link, without a look at the webhooks, when that was chosen', async () => {
			await harness.listening();
			harness.ryze.requests.length = 0;
			const asked = await harness.ask({ options: { answerWith: 'link' } });
			expect(asked.sent.message).toMatch(/\n\nTo answer, open /);
			expect(hints(asked)).toEqual([]);
			expect(harness.ryze.requests.map(({ path }) => path)).toEqual(['/api/message/text/demo']);
			await asked.reply({ text: 'yes' });
			expect(asked.execution.status()).toBe('waiting');
			expect(harness.receiver.started).toHaveLength(1);
		});

		it('in WhatsApp only, when that was chosen', async () => {
			await harness.listening();
			const asked = await harness.ask({ options: { answerWith: 'whatsApp' } });
			expect(asked.sent.message).toContain('👎. Reference: http');
			expect((await asked.submit({ answer: 'approve' })).status).toBe(403);
		});
	});

	it('takes any text as the answer when that is the type', async () => {
		await harness.listening();
		const { reply, output, sent } = await harness.ask({ responseType: 'freeText' });
		expect(sent.message).toContain('Reply to this message with your answer');
		await reply({ text: 'Blue' });
		expect((await output()).data).toMatchObject({ text: 'Blue', via: 'reply' });
	});

	it('waits until the limit, and passes its input on', async () => {
		const before = Date.now();
		const limitWaitTime = {
			values: { limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'hours' },
		};
		const { execution, output } = await harness.ask({ options: { limitWaitTime } });
		const wait = Number(execution.waitTill) - before;
		expect(Math.round(wait / 60_000)).toBe(120);
		await execution.timeOut();
		expect(await output()).toEqual({ notice: 'Dinner' });
	});

	it('has no data at the limit, though an earlier question was approved', async () => {
		const items = [{ json: { notice: 'Dinner', data: { approved: true, text: 'yes' } } }];
		const { execution, output } = await harness.ask({}, { items });
		await execution.timeOut();
		expect(await output()).toEqual({ notice: 'Dinner' });
		expect(items[0].json.data).toEqual({ approved: true, text: 'yes' });
	});

	it('asks once with Retry On Fail, though its first item has a field "error"', async () => {
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const { execution, submit, output } = await harness.ask(
			{},
			{ node, items: [{ json: { error: 'of before' } }] },
		);
		expect([harness.ryze.sent.length, execution.status()]).toEqual([1, 'waiting']);
		await submit({ answer: 'approve' });
		expect((await output()).data.approved).toBe(true);
	});

	it('asks once with Retry On Fail when the response is lost, and does not wait', async () => {
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		harness.ryze.setFault(({ path }) => (path.includes('/text/') ? { reset: 'after' } : undefined));
		const { error } = await harness.run({}, { node });
		expect(error.description).toContain('may have been delivered');
		expect(harness.ryze.sent).toHaveLength(1);
	});

	describe('refuses, before anything is sent,', () => {
		afterEach(() => expect(harness.ryze.sent).toEqual([]));

		/** @type {Array<[string, Record<string, unknown>, object, RegExp]>} */
		const refused = [
			[
				'several items',
				{},
				{ items: [{ json: {} }, { json: {} }] },
				/^Send and Wait for Response takes 1 item at a time, but its input has 2$/,
			],
			[
				'approvers whom no trigger hears',
				{ options: { approvers } },
				{},
				/^Nobody could answer: no published Ryze WhatsApp Trigger/,
			],
			[
				'an answer in WhatsApp that no trigger hears',
				{ options: { answerWith: 'whatsApp' } },
				{},
				/^Nobody could answer/,
			],
			[
				'an approver who is none',
				{ options: { approvers: [byId('Ann')] } },
				{},
				/^Each entry of 'Approvers' must be a phone number or an ID, but one is "Ann"$/,
			],
			[
				'approvers that an expression has left empty',
				{ options: { approvers: '' } },
				{},
				/^Each entry of 'Approvers' must be .* but one is empty$/,
			],
			[
				'approvers who can answer by a link only',
				{ options: { approvers, answerWith: 'link' } },
				{},
				/^'Approvers' can only answer in WhatsApp, but 'Answer With' is Link$/,
			],
			['an empty question', { message: ' ' }, {}, /^'Message' is required/],
			['an unknown type', { responseType: 'customForm' }, {}, /^'Response Type' must be/],
			[
				'labels that are the same',
				{ approvalOptions: { values: { approveLabel: 'OK', disapproveLabel: 'ok!' } } },
				{},
				/^Both labels are "OK"/,
			],
			[
				'a time that has passed',
				{
					options: {
						limitWaitTime: {
							values: { limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01T00:00:00' },
						},
					},
				},
				{},
				/^'Max Date and Time' must be a date and time in the future/,
			],
		];
		it.each(refused)('%s', async (_, parameters, more, message) => {
			const { error } = await harness.run(parameters, more);
			expect(error.message).toMatch(message);
			expect(error.description).toMatch(/\.$/);
		});

		it('an n8n that nobody reaches', async () => {
			const credential = { ...harness.credential, baseUrl: 'https://ryzeapi.example.com' };
			const { error } = await harness.run({}, { credential, n8nUrl: 'http://localhost:5678' });
			expect(error.message).toMatch(/^Answers cannot reach localhost:5678, /);
			expect(error.description).toContain('WEBHOOK_URL');
		});
	});
});
