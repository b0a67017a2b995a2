const { readExample, withSandboxValues } = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { until } = require('../../sandbox/until');
const { startAgents } = require('../support/agents');
const { startTriggerRig } = require('../support/triggerRig');

const team = { jid: seeds.chats.group, name: 'Team' };

/** Whom `withSandboxValues` has chosen as approver, and someone else. */
const [admin, member] = [seeds.contacts.pushName, seeds.contacts.business].map(({ jid }) => ({
	jid,
}));

describe.each(N8N_VERSIONS)('an example that asks, on n8n %s', (version) => {
	/** @type {import('../support/triggerRig').TriggerRig} */
	let rig;
	/** @type {Awaited<ReturnType<typeof startAgents>> | undefined} */
	let agents;

	beforeAll(async () => {
		rig = await startTriggerRig(version);
	});
	afterEach(async () => await rig.reset());
	afterAll(async () => {
		await rig?.stop();
		await agents?.model.stop();
	});

	/** @param {number} count */
	const sent = async (count) => {
		await until(() => rig.ryze.sent.length >= count);
		return /** @type {any} */ (rig.ryze.sent[count - 1]);
	};

	/** @param {any} question @param {string} emoji @param {object} sender */
	async function react({ messageId }, emoji, sender) {
		const reaction = { of: messageId, text: emoji, chat: team, sender };
		const data = rig.ryze.events.reaction(reaction);
		await rig.ryze.deliver('demo', 'message.exchange', data);
	}

	/** @param {any} question @param {string} text @param {object} sender */
	const reply = async ({ messageId, message }, text, sender) =>
		await rig.ryze.receive('demo', {
			chat: team,
			sender,
			reply: { of: messageId, text: message },
			text,
		});

	/** @param {string} id */
	const waits = async (id) =>
		await until(async () => {
			const [execution] = await rig.rest.listExecutions(id);
			return execution?.status === 'waiting';
		});

	describe('ask-before-pinning', () => {
		/** @type {string} */
		let id;

		beforeEach(async () => {
			id = await rig.activate(withSandboxValues(readExample('ask-before-pinning.json')));
			const form = new FormData();
			form.set('field-0', 'Dinner at 8');
			form.set('field-1', '+55 11 97777-7777');
			const url = `${rig.n8n.url}/form/ryze-propose`;
			expect((await fetch(url, { method: 'POST', body: form })).status).toBe(200);
			await sent(1);
			await waits(id);
		});

		it('sends and pins the notice after 👍 of an admin, and of nobody else', async () => {
			const question = await sent(1);
			expect(question.message).toMatch(/^Pin this notice .*\n\nDinner at 8\n\nReply \*yes\* or/);
			await react(question, '👍', member);
			await reply(question, 'yes', member);
			expect((await rig.rest.listExecutions(id))[0].status).toBe('waiting');
			await react(question, '👍', admin);
			const [execution] = await rig.executions(id, 1);
			expect(execution.status).toBe('success');
			const notice = await sent(2);
			expect(notice).toMatchObject({ number: team.jid, message: 'Dinner at 8' });
			expect([...rig.ryze.pins.keys()]).toEqual([`demo/${notice.messageId}`]);
		});

		it('tells whoever proposed it after a no', async () => {
			await reply(await sent(1), 'Não', admin);
			const [execution] = await rig.executions(id, 1);
			expect(execution.status).toBe('success');
			expect(await sent(2)).toMatchObject({
				number: '5511977777777',
				message: 'Your notice was not accepted.',
			});
			expect(rig.ryze.pins.size).toBe(0);
		});
	});

	it('agent-asks-first: sends only what a person has agreed to', async () => {
		if (version.startsWith('1.')) return;
		agents ??= await startAgents(rig);
		const workflow = withSandboxValues(readExample('agent-asks-first.json'));
		const named = (/** @type {string} */ name) =>
			workflow.nodes.find((/** @type {any} */ node) => node.name === name);
		const [model, chat] = [named('Model'), named('When chat message received')];
		model.credentials = { openAiApi: agents.openAiApi };
		chat.parameters.public = true;
		/** @param {string} Text */
		const call = (Text) => ({
			call: { toolParameters: { Phone_number: '+55 11 97777-7777', Text }, hitlParameters: {} },
		});
		const { results } = agents.model.play(model.parameters.model.value, [
			call('The meeting is at 10'),
			call('A reunião é às 10'),
			'Sent.',
		]);
		const id = await rig.activate(workflow);
		const response = fetch(`${rig.n8n.url}/webhook/${chat.webhookId}/chat`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action: 'sendMessage', sessionId: 'one', chatInput: 'Tell them.' }),
		});
		const first = await sent(1);
		expect(first.message).toMatch(
			/^The assistant wants to send this text:\n\n• Phone number: \+55 11 97777-7777\n• Text: The meeting is at 10\n\nReply/,
		);
		await waits(id);
		await reply(first, 'In Portuguese, please', member);
		const second = await sent(2);
		expect(second.message).toContain('• Text: A reunião é às 10');
		await waits(id);
		await reply(second, 'ok', member);
		const [execution] = await rig.executions(id, 1);
		expect(execution.status).toBe('success');
		await response;
		expect(rig.ryze.sent.slice(2)).toMatchObject([
			{ number: '5511977777777', message: 'A reunião é às 10' },
		]);
		expect(results()).toEqual([
			expect.stringContaining('In Portuguese, please'),
			expect.stringContaining('"status":"sent"'),
		]);
	});
});
