const { pinAtOnce } = require('../../sandbox/n8n/pinsAtOnce');
const { startQueueRig } = require('../../sandbox/n8n/queue');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { byId, called } = require('../support/workflows');

const CALLS = 150;
const LIMITS = { limit: 50, windowMs: 10_000 };

describe(`n8n ${N8N_VERSIONS[0]} in queue mode, with two workers`, () => {
	/** @type {import('../../sandbox/n8n/queue').QueueRig} */
	let rig;

	beforeAll(async () => {
		rig = await startQueueRig({ version: N8N_VERSIONS[0], log: (line) => console.log(line) });
	});
	afterAll(async () => await rig?.stop());

	it('pins in every execution, though no worker knows what the other one sends', async () => {
		rig.ryze.configure(LIMITS);
		const { ids, answers, tookMs, refused } = await pinAtOnce(rig, CALLS);
		const taken = rig.taken();
		console.log(
			`${CALLS} executions on ${taken.length} workers (${taken.join(' + ')}), ` +
				`${LIMITS.limit} per ${LIMITS.windowMs} ms: ` +
				`${Math.round(tookMs)} ms, ${refused} requests refused and repeated`,
		);
		expect(answers).toEqual(
			ids.map((id) => ({
				status: 200,
				body: expect.objectContaining({ message_id: id, pinned: true }),
			})),
		);
		expect(rig.ryze.pinLines.map(({ messageId }) => messageId).sort()).toEqual(ids);
		expect(taken[0] + taken[1]).toBe(CALLS);
		expect(Math.min(...taken)).toBeGreaterThan(0);
	});

	it('a worker sends each text once when n8n tries again', async () => {
		rig.ryze.configure({ limit: 100 });
		rig.ryze.reset();
		const workflow = await rig.addWorkflow(
			called(
				'send-texts',
				{ operation: 'sendText', chat: byId('={{ $json.to }}'), text: 'Hello' },
				{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1, onError: 'continueRegularOutput' },
			),
		);
		await rig.rest.activateWorkflow(workflow);
		const list = ['', '5511999999999', '5511888888888'].map((to) => ({ to }));
		const answer = await fetch(`${rig.n8n.url}/webhook/send-texts`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ list }),
		});
		expect(answer.status).toBe(200);
		await answer.text();
		expect(rig.ryze.sent.map(({ number }) => number)).toEqual(['5511999999999', '5511888888888']);
		await rig.rest.deactivateWorkflow(workflow);
	});
});
