const { setTimeout: sleep } = require('node:timers/promises');
const { isProof, PROOF_HEADER, proofOf } = require('../../build/nodes/Ryze/events/questionLink');
const { seeds } = require('../../sandbox/ryze');
const { until } = require('../../sandbox/until');
const { ADMIN, byId, MEMBER, startWaitHarness } = require('../support/waitEngine');

const { token } = seeds.instances.demo;
const approvers = [byId(ADMIN.jid)];

describe('A question on WhatsApp', () => {
	/** @type {import('../support/waitEngine').WaitHarness} */
	let harness;

	beforeAll(async () => {
		harness = await startWaitHarness();
	});
	afterEach(() => harness.reset());
	afterAll(async () => await harness.stop());

	/** The texts that were sent after the question. */
	const told = () => harness.ryze.sent.slice(1).map(({ message }) => message);

	/** @param {{ execution: { status(): string } }} asked */
	const staysOpen = async ({ execution }) => {
		await harness.ryze.idle();
		await sleep(50);
		expect(execution.status()).toBe('waiting');
	};

	/** @param {{ message: string }} sent */
	const linkIn = ({ message }) => String(/http\S+/.exec(message)?.[0]);

	/** What a trigger would pass on. @param {any} sent @param {object} [changes] @returns {any} */
	const passedOn = (sent, changes) => ({
		via: 'reply',
		questionId: sent.messageId,
		id: '3EB0ANSWER',
		text: 'yes',
		chatIds: [sent.number],
		senderIds: [ADMIN.jid],
		...changes,
	});

	/** @param {string} link @param {object} answer @param {string} [proof] */
	const post = async (link, answer, proof) =>
		await fetch(link, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				...(proof !== undefined && { [PROOF_HEADER]: proof }),
			},
			body: JSON.stringify(answer),
		});

	describe('is answered once', () => {
		it('a late reply changes nothing', async () => {
			await harness.listening();
			const { reply, output } = await harness.ask();
			await reply({ text: 'yes' });
			const first = await output();
			const { deliveries } = await reply({ text: 'no' });
			expect(deliveries[0].attempts).toMatchObject([{ status: 200 }]);
			expect(await output()).toEqual(first);
			expect(told()).toEqual([]);
		});

		it('a delivery that comes again changes nothing, and starts nothing', async () => {
			await harness.listening();
			const { reply, output } = await harness.ask();
			await reply({ id: '3EB0TWICE', text: 'yes' });
			await reply({ id: '3EB0TWICE', text: 'yes' });
			expect((await output()).data.approved).toBe(true);
			expect(harness.receiver.started).toEqual([]);
		});

		it('two triggers pass on one answer', async () => {
			await harness.listening();
			await harness.listening();
			const { reply, output } = await harness.ask();
			const { deliveries } = await reply({ text: 'yes' });
			expect(deliveries.map(({ attempts }) => attempts.map(({ status }) => status))).toEqual([
				[200],
				[200],
			]);
			expect((await output()).data.approved).toBe(true);
			expect(harness.receiver.started).toEqual([]);
		});

		it('an edited answer: the first one counts', async () => {
			await harness.listening();
			const asked = await harness.ask();
			const { messageId } = await asked.reply({ text: 'hm' });
			const edited = {
				of: messageId,
				text: 'yes',
				reply: { of: asked.sent.messageId, text: asked.sent.message },
				chat: { jid: asked.sent.number },
				sender: MEMBER,
			};
			const data = harness.ryze.events.messageEdit(edited);
			await harness.ryze.deliver('demo', 'message.exchange', data);
			await staysOpen(asked);
		});

		it('the page says that no answer is needed anymore', async () => {
			const asked = await harness.ask();
			await asked.submit({ answer: 'decline' });
			const first = await asked.output();
			expect(first.data.approved).toBe(false);
			expect(await (await asked.submit({ answer: 'approve' })).text()).toContain('No action');
			expect(await asked.output()).toEqual(first);
		});
	});

	describe('is answered by those who may', () => {
		it.each([
			['the phone number', { jid: ADMIN.jid }],
			['the hidden ID and the number', ADMIN],
		])('an approver is known by %s', async (_, sender) => {
			await harness.listening();
			const { reply, output } = await harness.ask({ options: { approvers } });
			await reply({ text: 'yes', sender });
			expect((await output()).data).toMatchObject({ approved: true, by: ADMIN.jid });
		});

		it('someone else does not answer', async () => {
			await harness.listening();
			const asked = await harness.ask({ options: { approvers } });
			await asked.reply({ text: 'yes' });
			await asked.react('👍');
			await staysOpen(asked);
			expect(told()).toEqual([]);
		});

		it('nobody answers by the link then, as everyone in the chat sees it', async () => {
			await harness.listening();
			const asked = await harness.ask({ options: { approvers } });
			const page = await fetch(asked.link);
			expect([page.status, await page.text()]).toEqual([200, expect.not.stringContaining('<form')]);
			expect((await asked.submit({ answer: 'approve' })).status).toBe(403);
			await staysOpen(asked);
		});

		it('the phone of the instance answers like anyone, and a program never does', async () => {
			await harness.listening();
			const asked = await harness.ask();
			const own = { jid: seeds.instances.demo.numberJid };
			for (const source of ['api', 'n8n', 'crm']) {
				await asked.reply({ direction: 'outgoing', sender: own, source, text: 'yes' });
			}
			await staysOpen(asked);
			await asked.reply({ direction: 'outgoing', sender: own, text: 'yes' });
			expect((await asked.output()).data).toMatchObject({ approved: true, by: own.jid });
		});
	});

	describe('takes no answer to something else', () => {
		it('not a reply to another message, though it quotes this one', async () => {
			await harness.listening();
			const asked = await harness.ask();
			await asked.reply({
				text: 'yes',
				reply: { of: seeds.messages.group, text: asked.sent.message },
			});
			await staysOpen(asked);
			expect(harness.receiver.started).toHaveLength(1);
		});

		it('not a reply in another chat, where the question was forwarded to', async () => {
			await harness.listening();
			const asked = await harness.ask();
			await asked.reply({ chat: { jid: '120363999999999999@g.us' }, text: 'yes' });
			await staysOpen(asked);
		});

		it('not a message that answers nothing', async () => {
			await harness.listening();
			const asked = await harness.ask();
			await asked.reply({ text: 'yes', reply: undefined });
			await staysOpen(asked);
			expect(harness.receiver.started).toHaveLength(1);
		});

		it('not an answer to the question before it in a loop', async () => {
			await harness.listening();
			const first = await harness.ask({}, { runs: 2 });
			await first.reply({ text: 'yes' });
			await until(() => harness.ryze.sent.length === 2);
			await until(() => first.execution.status() === 'waiting');
			const [before, now] = harness.ryze.sent;
			expect(new URL(first.link).pathname).toBe(new URL(linkIn(now)).pathname);

			await first.reply({ text: 'no' });
			await first.react('👎');
			expect(await (await fetch(first.link)).text()).toContain('No answer is needed anymore');
			expect(await (await first.submit({ answer: 'decline' })).text()).toContain('No answer is');
			const answer = passedOn(before);
			const proof = proofOf(token, first.link, answer);
			expect(await (await post(first.link, answer, proof)).json()).toEqual({
				ryzeAnswer: 'closed',
			});
			await staysOpen(first);

			await first.submit({ answer: 'approve' }, linkIn(now));
			expect((await first.output()).data).toMatchObject({ approved: true, via: 'reply' });
			const runs = first.execution.result()?.run.data.resultData.runData.Ryze;
			expect(runs?.map(({ data }) => data?.main[0]?.[0].json)).toMatchObject([
				{ data: { via: 'reply', messageId: before.messageId } },
				{ data: { via: 'link', messageId: now.messageId } },
			]);
		});

		it('a question that was deleted takes no reaction, and waits on', async () => {
			await harness.listening();
			const asked = await harness.ask();
			const chat = { jid: asked.sent.number };
			const data = harness.ryze.events.messageRevoke({ of: asked.sent.messageId, chat });
			await harness.ryze.deliver('demo', 'message.exchange', data);
			await staysOpen(asked);
			harness.answerLookups(404, { success: false, error: { message: 'Message not found' } });
			await asked.react('👍');
			await staysOpen(asked);
		});
	});

	describe('is only passed on by a trigger with the same token', () => {
		it.each([
			['without a proof', undefined, 400],
			['with a made-up proof', 'a'.repeat(64), 401],
			['with the proof of another token', 'another', 401],
		])('%s it stays open', async (_, kind, status) => {
			const asked = await harness.ask();
			const answer = passedOn(asked.sent);
			const proof = kind === 'another' ? proofOf('token-of-bob', asked.link, answer) : kind;
			expect((await post(asked.link, answer, proof)).status).toBe(status);
			await staysOpen(asked);
		});

		it('what was passed on to one question is not taken by another', async () => {
			await harness.listening();
			const [one, other] = [await harness.ask(), await harness.ask()];
			const answer = passedOn(one.sent);
			const proof = proofOf(token, one.link, answer);
			expect((await post(other.link, answer, proof)).status).toBe(401);
			expect((await post(other.link, passedOn(other.sent), proof)).status).toBe(401);
			await staysOpen(other);
			expect((await post(one.link, answer, proof)).status).toBe(200);
			expect((await one.output()).data.approved).toBe(true);
			expect(await (await post(one.link, answer, proof)).text()).toContain('No action');
		});

		it.each([
			{ via: 'mail' },
			{ questionId: 7 },
			{ chatIds: 'all' },
			{ senderIds: [null] },
			{ text: null },
		])('with the proof of something that is no answer it stays open: %j', async (changes) => {
			const asked = await harness.ask();
			const answer = passedOn(asked.sent, changes);
			const proof = proofOf(token, asked.link, answer);
			expect((await post(asked.link, answer, proof)).status).toBe(401);
			await staysOpen(asked);
		});

		it('a trigger with another token says so in the log, and its workflow starts', async () => {
			const asked = await harness.ask({ options: { answerWith: 'link' } });
			expect(isProof('', token, asked.link, passedOn(asked.sent))).toBe(false);
			const trigger = await harness.listening({
				credential: { ...harness.credential, token: seeds.accountToken },
			});
			await asked.reply({ text: 'yes' });
			await until(() => harness.receiver.started.length === 1);
			expect(trigger.warnings).toEqual([expect.stringContaining('use one credential')]);
			await staysOpen(asked);
		});
	});

	describe('tells a person who was not understood', () => {
		it('once', async () => {
			await harness.listening();
			const asked = await harness.ask();
			const { messageId } = await asked.reply({ text: 'hm, why?' });
			await until(() => told().length > 0);
			await asked.reply({ text: 'yes, but not today' });
			await asked.reply({ type: 'sticker', text: '' });
			await staysOpen(asked);
			expect(told()).toEqual([expect.stringContaining('Reply to the question with *yes* or *no*')]);
			expect(harness.ryze.sent[1]).toMatchObject({
				number: asked.sent.number,
				replyTo: messageId,
				source: 'n8n',
			});
			await asked.reply({ text: 'Sim.' });
			expect((await asked.output()).data.approved).toBe(true);
		});

		it('not with a failure when the text cannot be sent', async () => {
			await harness.listening();
			const asked = await harness.ask();
			harness.ryze.setFault(() => ({ status: 500, body: {} }));
			await asked.reply({ text: 'hm' });
			harness.ryze.setFault(undefined);
			await staysOpen(asked);
			await asked.reply({ text: 'yes' });
			expect((await asked.output()).data.approved).toBe(true);
		});
	});

	it.each(/** @type {const} */ (['live', 'docs']))(
		'is found when the reply does not repeat it, in the %s layout',
		async (layout) => {
			await harness.listening();
			const asked = await harness.ask();
			await asked.reply({ layout, text: 'no', reply: { of: asked.sent.messageId, text: '' } });
			expect((await asked.output()).data).toMatchObject({ approved: false, via: 'reply' });
		},
	);

	it('calls no address but its own', async () => {
		await harness.listening();
		const asked = await harness.askUnnoticed();
		const strange = asked.sent.message.replaceAll('127.0.0.1', '127.0.0.2');
		await asked.reply({ text: 'yes', reply: { of: asked.sent.messageId, text: strange } });
		await staysOpen(asked);
		expect(harness.receiver.started).toHaveLength(1);
	});

	it('gives no workflow its link', async () => {
		await harness.listening({ parameters: { options: { ignoreSentByApi: false } } });
		const asked = await harness.ask();
		await asked.reply({
			text: 'no',
			reply: { of: seeds.messages.group, text: asked.sent.message },
		});
		await staysOpen(asked);
		const items = harness.receiver.started.flatMap((each) => each.items.map(({ json }) => json));
		expect(items.map(({ text, repliedMessageId }) => [text, repliedMessageId])).toEqual([
			[asked.sent.message.replace(/signature=\w+/, 'signature=***'), undefined],
			['no', seeds.messages.group],
		]);
		const signature = String(new URL(asked.link).searchParams.get('signature'));
		expect(JSON.stringify(items)).not.toContain(signature);
	});

	it('holds the token nowhere', async () => {
		await harness.listening();
		const asked = await harness.ask();
		const page = await (await fetch(asked.link)).text();
		await asked.reply({ text: 'yes' });
		const all = JSON.stringify([asked.sent, page, asked.execution.stored(), await asked.output()]);
		expect(all).not.toContain(token);
	});
});
