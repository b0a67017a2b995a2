const { setTimeout: sleep } = require('node:timers/promises');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { until } = require('../../sandbox/until');
const { startQuestions } = require('../support/questions');
const { startTriggerRig } = require('../support/triggerRig');
const { byId, manual, triggered } = require('../support/workflows');

const { group } = seeds.chats;
const team = { jid: group, name: 'Team' };
const MEMBER = { jid: '5511988880002@s.whatsapp.net', lid: '222000222000222@lid', name: 'Bob' };

const question = {
	resource: 'message',
	operation: 'sendAndWait',
	chat: byId('={{ $json.to }}'),
	message: '={{ $json.text }}',
};

describe.each(N8N_VERSIONS)('Send and Wait for Response on n8n %s', (version) => {
	/** @type {import('../support/triggerRig').TriggerRig} */
	let rig;

	beforeAll(async () => {
		rig = await startTriggerRig(version);
	});
	afterEach(async () => await rig.reset());
	afterAll(async () => await rig?.stop());

	/** @param {string} id @param {string} status */
	const inState = async (id, status) => {
		await until(async () => (await rig.rest.getExecution(id)).status === status);
		return await rig.rest.getExecution(id);
	};

	/**
	 * Starts a workflow by hand that asks.
	 *
	 * @param {Record<string, unknown>} [parameters]
	 * @param {object[]} [items]
	 */
	async function ask(parameters, items = [{ to: group, text: 'Pin it?' }]) {
		const workflow = manual(items, { ...question, ...parameters });
		const id = await rig.addWorkflow(workflow);
		const workflowData = await rig.rest.getWorkflow(id);
		const { executionId } = await rig.rest.request('POST', `/rest/workflows/${id}/run`, {
			workflowData,
			triggerToStartFrom: { name: 'Start' },
		});
		return executionId;
	}

	/** @param {string} executionId */
	async function output(executionId) {
		const { data } = await inState(executionId, 'success');
		return data.resultData.runData.Ryze.at(-1).data.main[0][0].json;
	}

	const lastSent = () => /** @type {any} */ (rig.ryze.sent.at(-1));

	/** @param {any} sent @param {any} exchange */
	const reply = async (sent, exchange) =>
		await rig.ryze.receive('demo', {
			chat: { ...team, jid: sent.number },
			sender: MEMBER,
			reply: { of: sent.messageId, text: sent.message },
			...exchange,
		});

	it('goes on with a reply, and starts nothing with it', async () => {
		const heard = await rig.activate(triggered());
		const id = await ask();
		await inState(id, 'waiting');
		const sent = lastSent();
		expect(sent.message).toMatch(/react with 👍 or 👎, or open http/);
		const { messageId, deliveries } = await reply(sent, { text: 'Yes!' });
		expect(deliveries[0].attempts).toMatchObject([{ status: 200 }]);
		expect(await output(id)).toEqual({
			data: {
				approved: true,
				via: 'reply',
				by: MEMBER.jid,
				messageId: sent.messageId,
				answerMessageId: messageId,
				respondedAt: expect.any(String),
			},
		});
		await sleep(500);
		expect(await rig.rest.listExecutions(heard)).toEqual([]);
	});

	it('starts a workflow with what is no answer: another text, a late reply, a made-up link', async () => {
		const heard = await rig.activate(triggered());
		const id = await ask();
		await inState(id, 'waiting');
		const sent = lastSent();
		const of = `${sent.messageId}X`;
		const madeUp = sent.message.replace(/\d+(?=\/[^/]+\?q=)/, '99999');
		await reply(sent, { text: 'Cheap watches' });
		await reply(sent, { text: 'yes, madly', reply: { of, text: madeUp } });
		await reply(sent, { text: 'yes' });
		expect((await output(id)).data.approved).toBe(true);
		await reply(sent, { text: 'no' });
		/** @param {string} executionId */
		const textOf = async (executionId) => {
			const { data } = await inState(executionId, 'success');
			return Object.values(data.resultData.runData)[0][0].data.main[0][0].json.text;
		};
		await until(async () => (await rig.rest.listExecutions(heard)).length === 3);
		const texts = await Promise.all(
			(await rig.rest.listExecutions(heard)).map(async (each) => await textOf(each.id)),
		);
		expect(texts.sort()).toEqual(['Cheap watches', 'no', 'yes, madly']);
	});

	it('goes on with a reaction', async () => {
		await rig.activate(triggered());
		const id = await ask();
		await inState(id, 'waiting');
		const { messageId } = lastSent();
		const data = rig.ryze.events.reaction({
			of: messageId,
			text: '👎🏽',
			chat: team,
			sender: MEMBER,
		});
		const [{ attempts }] = await rig.ryze.deliver('demo', 'message.exchange', data);
		expect(attempts).toMatchObject([{ status: 200 }]);
		expect((await output(id)).data).toMatchObject({ approved: false, via: 'reaction' });
	});

	it('goes on with the link, which only answers when its form is sent', async () => {
		const id = await ask({ responseType: 'freeText' });
		await inState(id, 'waiting');
		const [link] = /** @type {string[]} */ (/http\S+/.exec(lastSent().message));
		for (const agent of ['WhatsApp/2.24', 'facebookexternalhit/1.1', 'Mozilla/5.0']) {
			const page = await fetch(link, { headers: { 'user-agent': agent } });
			expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
			expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
			expect(await page.text()).toContain('<textarea');
		}
		await fetch(link, { method: 'HEAD' });
		for (const wrong of [
			link.replace(/.$/, (c) => (c === '0' ? '1' : '0')),
			link.replace(/&sig.*/, ''),
		]) {
			expect((await fetch(wrong)).status).toBe(401);
			expect((await fetch(wrong, { method: 'POST' })).status).toBe(401);
		}
		expect((await fetch(link, { method: 'POST' })).status).toBe(400);
		expect((await rig.rest.getExecution(id)).status).toBe('waiting');
		const post = async () =>
			await fetch(link, { method: 'POST', body: new URLSearchParams({ text: ' Blue <b> ' }) });
		expect(await (await post()).text()).toContain('Your answer was received');
		expect((await output(id)).data).toMatchObject({ text: 'Blue <b>', via: 'link' });
		expect((await post()).status).toBe(200);
		expect((await rig.rest.getExecution(id)).data.resultData.runData.Ryze).toHaveLength(1);
	});

	it('runs once when two answers arrive at once', async () => {
		await rig.activate(triggered());
		for (let round = 0; round < 5; round++) {
			const id = await ask();
			await inState(id, 'waiting');
			const [link] = /** @type {string[]} */ (/http\S+/.exec(lastSent().message));
			const click = async () =>
				await fetch(link, { method: 'POST', body: new URLSearchParams({ answer: 'approve' }) });
			await Promise.all([click(), click(), reply(lastSent(), { text: 'no' })]);
			await inState(id, 'success');
			await sleep(300);
			const { data } = await rig.rest.getExecution(id);
			expect(data.resultData.runData.Ryze).toHaveLength(1);
		}
	});

	it('keeps fifty questions apart', async () => {
		// Each takes two requests: a look at the webhooks, and the text.
		rig.ryze.configure({ limit: 1000 });
		const { ask, reply, answers, stop } = await startQuestions(rig);
		const questions = await ask(50);
		// In another order than they were asked, ten at a time.
		const order = questions.map((_, n) => (n * 17) % 50);
		for (let from = 0; from < 50; from += 10) {
			await Promise.all(
				order
					.slice(from, from + 10)
					.map(async (n) => await reply(questions[n], n % 3 === 0 ? '👍' : 'não')),
			);
		}
		await rig.ryze.idle();
		expect(await answers(50)).toEqual(
			Object.fromEntries(questions.map(({ messageId }, n) => [messageId, [n % 3 === 0, 'reply']])),
		);
		expect(rig.enabled()).toHaveLength(1);
		await stop();
	});

	it('is refused for several items, and sends nothing', async () => {
		const id = await ask({}, [
			{ to: group, text: 'One?' },
			{ to: group, text: 'Two?' },
		]);
		const { data } = await inState(id, 'error');
		expect(data.resultData.error.message).toContain('takes 1 item at a time');
		expect(rig.ryze.sent).toEqual([]);
	});

	it('passes its input on without an earlier approval when the time is over', async () => {
		const limitWaitTime = {
			values: { limitType: 'afterTimeInterval', resumeAmount: 0.05, resumeUnit: 'minutes' },
		};
		const asked = { to: group, text: 'Pin it?' };
		const id = await ask({ options: { limitWaitTime } }, [{ ...asked, data: { approved: true } }]);
		const { data } = await rig.rest.waitForExecution(id, { timeoutMs: 120_000 });
		expect(data.resultData.runData.Ryze.at(-1).data.main[0][0].json).toEqual(asked);
	});
});
