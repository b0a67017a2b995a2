const { startN8n } = require('../../sandbox/n8n/instance');
const { startQueueRig } = require('../../sandbox/n8n/queue');
const { startRig } = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { startQuestions } = require('../support/questions');

const { group } = seeds.chats;

const sender = { jid: '5511988880002@s.whatsapp.net', name: 'Bob' };

/** @param {any[]} questions @param {Array<[boolean, string]>} answers */
const expected = (questions, answers) =>
	Object.fromEntries(questions.map(({ messageId }, n) => [messageId, answers[n]]));

it.each(N8N_VERSIONS)('n8n %s takes answers after a restart', async (version) => {
	const rig = await startRig({ version, log: (line) => console.log(line) });
	/** @type {import('../../sandbox/n8n/instance').N8nInstance | undefined} */
	let again;
	try {
		const { ask, reply, answers } = await startQuestions(rig);
		const questions = await ask(3);
		await rig.n8n.stop();
		const port = Number(new URL(rig.n8n.url).port);
		again = await startN8n({ version, userFolder: rig.userFolder, port });
		await reply(questions[0], 'yes');
		const data = rig.ryze.events.reaction({
			of: questions[1].messageId,
			text: '👎',
			chat: { jid: group },
			sender,
		});
		await rig.ryze.deliver('demo', 'message.exchange', data);
		const link = String(/http\S+/.exec(questions[2].message)?.[0]);
		const form = new URLSearchParams({ answer: 'approve' });
		expect((await fetch(link, { method: 'POST', body: form })).status).toBe(200);
		expect(await answers(3)).toEqual(
			expected(questions, [
				[true, 'reply'],
				[false, 'reaction'],
				[true, 'link'],
			]),
		);
	} finally {
		await again?.stop();
		await rig.stop();
	}
});

it(`n8n ${N8N_VERSIONS[0]} takes answers in queue mode, those at the same moment too`, async () => {
	const rig = await startQueueRig({ version: N8N_VERSIONS[0], log: (line) => console.log(line) });
	try {
		rig.ryze.configure({ limit: 1000 });
		const { ask, reply, answers, heard } = await startQuestions(rig);
		const questions = await ask(8);
		await Promise.all(questions.map((each, n) => reply(each, n % 2 === 0 ? 'sim' : 'no')));
		expect(await answers(8)).toEqual(
			expected(
				questions,
				questions.map((_, n) => [n % 2 === 0, 'reply']),
			),
		);
		expect(await rig.rest.listExecutions(heard)).toEqual([]);
		expect(rig.ryze.webhooks('demo').filter(({ enabled }) => enabled)).toHaveLength(1);
	} finally {
		await rig.stop();
	}
});
