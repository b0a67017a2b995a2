const { seeds } = require('../../sandbox/ryze');
const { startWaitHarness } = require('../support/waitEngine');

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
			/^http:\/\/127\.0\.0\.1:\d+\/webhook-waiting\/\d+\/Ryze\?q=[\w-]{12}&signature=[0-9a-f]{64}$/,
		);
	});

	it('goes on with an answer by the link', async () => {
		const { submit, output } = await harness.ask();
		const response = await submit({ answer: 'approve' });
		expect([response.status, await response.text()]).toEqual([
			200,
			expect.stringContaining('Your answer was taken'),
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
});
