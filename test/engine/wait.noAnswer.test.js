const { setTimeout: sleep } = require('node:timers/promises');
const { seeds } = require('../../sandbox/ryze');
const { until } = require('../../sandbox/until');
const { ADMIN, byId, startWaitHarness } = require('../support/waitEngine');

const approvers = [byId(ADMIN.jid)];
const withReactions = { parameters: { options: { alsoStartOn: ['reactions'] } } };
const ANN = { sender: ADMIN };

describe('What a question does not take as its answer', () => {
	/** @type {import('../support/waitEngine').WaitHarness} */
	let harness;

	beforeAll(async () => {
		harness = await startWaitHarness();
		harness.ryze.configure({ retryDelaysMs: [20, 20] });
	});
	// Another minute for each test: so many messages are looked up within one.
	let minutes = 0;
	const { now } = Date;
	beforeEach(() => {
		minutes++;
		jest.spyOn(Date, 'now').mockImplementation(() => now() + minutes * 61_000);
	});
	afterEach(() => {
		jest.restoreAllMocks();
		harness.reset();
	});
	afterAll(async () => await harness.stop());

	/** The texts with which workflows were started. */
	const started = () =>
		harness.receiver.started.flatMap(({ items }) => items.map(({ json }) => json.text));

	/** How often Ryze was asked for a message. */
	const looks = () =>
		harness.ryze.requests.filter(({ path }) => path.includes('getMessage')).length;

	/** @param {{ deliveries: Array<{ attempts: Array<{ status?: number }> }> }} received */
	const statuses = ({ deliveries }) =>
		deliveries.map(({ attempts }) => attempts.map(({ status }) => status));

	describe('starts workflows as any other message does', () => {
		it('a reply to an open question that says something else', async () => {
			await harness.listening();
			const asked = await harness.ask();
			await asked.reply({ text: 'Buy cheap watches' });
			await asked.reply({ text: 'yes' });
			expect((await asked.output()).data.approved).toBe(true);
			expect(started()).toEqual(['Buy cheap watches']);
		});

		it('a reply of someone who may not answer, in each workflow', async () => {
			await harness.listening();
			await harness.listening();
			const asked = await harness.ask({ options: { approvers } });
			await asked.reply({ text: 'yes' });
			await until(() => started().length === 2);
			expect(asked.execution.status()).toBe('waiting');
		});

		it('a late reply', async () => {
			await harness.listening();
			const asked = await harness.ask();
			await asked.reply({ text: 'yes' });
			await asked.output();
			await asked.reply({ text: 'One more thing' });
			expect(started()).toEqual(['One more thing']);
		});

		it('a late reply in a loop, where the next question waits at the same address', async () => {
			await harness.listening();
			const first = await harness.ask({}, { runs: 2 });
			await first.reply({ text: 'yes' });
			await until(() => harness.ryze.sent.length === 2);
			await until(() => first.execution.status() === 'waiting');
			await first.reply({ text: 'no' });
			expect(started()).toEqual(['no']);
		});

		it('a reaction, only where reactions do', async () => {
			await harness.listening(withReactions);
			await harness.listening();
			const asked = await harness.ask();
			await asked.react('😂');
			await asked.react('👍', ANN);
			expect((await asked.output()).data.approved).toBe(true);
			expect(started()).toEqual(['😂']);
		});

		it('a reply while the question is not stored yet, when Ryze delivers it again', async () => {
			await harness.listening();
			const asked = await harness.ask();
			asked.execution.setRunning(true);
			expect(statuses(await asked.reply({ text: 'yes' }))).toEqual([[503, 200]]);
			expect(started()).toEqual(['yes']);
		});
	});

	describe('does not get lost when the question cannot be looked up', () => {
		/** @param {any} asked @param {object} [exchange] */
		const quoteless = async (asked, exchange) =>
			await asked.reply({ reply: { of: asked.sent.messageId, text: '' }, ...exchange });

		/** Makes each lookup fail, as long as `count` says. @param {number} count */
		const failing = (count) => harness.answerLookups(503, {}, count);

		it('it is delivered again, and is the answer then', async () => {
			await harness.listening();
			const asked = await harness.askUnnoticed();
			failing(1);
			expect(statuses(await quoteless(asked, { text: 'yes' }))).toEqual([[503, 200]]);
			expect((await asked.output()).data).toMatchObject({ approved: true, via: 'reply' });
			expect(started()).toEqual([]);
		});

		it('it starts workflows when that fails again', async () => {
			await harness.listening();
			const asked = await harness.askUnnoticed();
			failing(Infinity);
			expect(statuses(await quoteless(asked, { text: 'yes' }))).toEqual([[503, 200]]);
			expect(started()).toEqual(['yes']);
		});

		it('a reaction that starts nothing is refused as often as it comes', async () => {
			await harness.listening();
			const asked = await harness.askUnnoticed();
			failing(2);
			const data = { deliveries: await asked.react('👍') };
			expect(statuses(data)).toEqual([[503, 503, 200]]);
			expect((await asked.output()).data).toMatchObject({ approved: true, via: 'reaction' });
		});
	});

	it('does not get lost in a flood of messages that cannot be looked up either', async () => {
		harness.ryze.configure({ retryDelaysMs: [3000], deliveryTimeoutMs: 60_000 });
		await harness.listening();
		harness.answerLookups(503);
		const reply = { of: '3EB0OLDPHOTO', text: '' };
		const first = harness.ryze.receive('demo', { text: 'Important', reply });
		await sleep(50);
		const flood = [];
		for (let n = 0; n < 1001; n++) {
			flood.push(harness.ryze.receive('demo', { text: `${n}`, reply }));
			if (n % 20 === 0) await sleep(1);
		}
		await Promise.all([first, ...flood]);
		harness.ryze.configure({ retryDelaysMs: [20, 20], deliveryTimeoutMs: 10_000 });
		expect(started()).toContain('Important');
		expect(new Set(started()).size).toBe(1002);
	}, 60_000);

	describe('costs few requests', () => {
		it('none for a message that was delivered before', async () => {
			await harness.listening();
			const asked = await harness.ask();
			const { messageId } = await harness.ryze.receive('demo', {
				chat: { jid: asked.sent.number, name: 'Team' },
				text: 'Hello',
			});
			await asked.react('👍', { of: messageId });
			await asked.react('👍');
			expect((await asked.output()).data.approved).toBe(true);
			expect(looks()).toBe(0);
		});

		it('one for each message of before, however many react', async () => {
			await harness.listening();
			const asked = await harness.askUnnoticed();
			const of = seeds.messages.group;
			await Promise.all(
				['😂', '👍', '❤️', '👎'].map(async (emoji) => await asked.react(emoji, { of })),
			);
			await asked.react('👍', { of, ...ANN });
			expect(looks()).toBe(1);
			await asked.react('👍');
			expect((await asked.output()).data.approved).toBe(true);
			expect(looks()).toBe(2);
		});

		it('none for a reaction that was removed', async () => {
			await harness.listening();
			const asked = await harness.askUnnoticed();
			await asked.react('');
			await sleep(20);
			expect([looks(), asked.execution.status()]).toEqual([0, 'waiting']);
		});

		it('one for a message that Ryze does not know', async () => {
			await harness.listening();
			const asked = await harness.ask();
			for (const emoji of ['👍', '👎']) await asked.react(emoji, { of: seeds.messages.unknown });
			expect([looks(), asked.execution.status()]).toEqual([1, 'waiting']);
		});
	});

	describe('is told to the person, once', () => {
		/** What was sent after the question. @returns {any[]} */
		const told = () => harness.ryze.sent.slice(1);

		it('a reaction that is neither yes nor no', async () => {
			await harness.listening();
			const asked = await harness.ask();
			await asked.react('😂');
			await until(() => told().length > 0);
			await asked.react('❤️');
			await sleep(50);
			expect(told()).toEqual([
				expect.objectContaining({
					message: expect.stringContaining('with *yes* or *no*'),
					replyTo: asked.sent.messageId,
				}),
			]);
		});

		it('a reaction to a question for a text', async () => {
			await harness.listening();
			const asked = await harness.ask({ responseType: 'freeText' });
			await asked.react('👍');
			await until(() => told().length > 0);
			expect(told()[0].message).toBe(
				'That does not count as an answer. Reply to the question with a text.',
			);
		});

		it('nothing to someone who may not answer', async () => {
			await harness.listening();
			const asked = await harness.ask({ options: { approvers } });
			await asked.react('😂');
			await asked.reply({ text: 'hm' });
			await sleep(50);
			expect(told()).toEqual([]);
		});
	});

	it('costs at most 20 requests a minute, whatever people react to', async () => {
		await harness.listening();
		const asked = await harness.ask();
		for (let n = 0; n < 30; n++) {
			const sender = { jid: `551190000${String(n).padStart(4, '0')}@s.whatsapp.net` };
			await asked.react('👍', { of: `3EB0MADEUP${n}`, sender });
		}
		expect(looks()).toBe(20);
		await asked.react('👍');
		expect((await asked.output()).data.approved).toBe(true);
	});

	it('lets nobody use up the requests for others', async () => {
		await harness.listening();
		const asked = await harness.askUnnoticed({ options: { approvers } });
		for (let n = 0; n < 20; n++) await asked.react('👍', { of: `3EB0NOBODY${n}` });
		expect(looks()).toBe(5);
		await asked.react('👍', ANN);
		expect((await asked.output()).data.approved).toBe(true);
	});
});
