const { idealMs, pinAtOnce } = require('../../sandbox/n8n/pinsAtOnce');
const { startRig } = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');

const CALLS = 150;
const LIMITS = { limit: 50, windowMs: 10_000 };

describe(`many executions at once on n8n ${N8N_VERSIONS[0]}`, () => {
	/** @type {import('../../sandbox/n8n/rig').Rig} */
	let rig;

	beforeAll(async () => {
		rig = await startRig({ version: N8N_VERSIONS[0], log: (line) => console.log(line) });
	});
	afterAll(async () => await rig?.stop());

	it('all pin their message, and the rate limit of the token is kept', async () => {
		rig.ryze.configure(LIMITS);
		const { ids, answers, tookMs, refused } = await pinAtOnce(rig, CALLS);
		const ideal = idealMs(CALLS, LIMITS);
		console.log(
			`${CALLS} executions at once, ${LIMITS.limit} per ${LIMITS.windowMs} ms: ` +
				`${Math.round(tookMs)} ms (ideal ${ideal} ms and a round trip), ${refused} refused`,
		);
		expect(answers).toEqual(
			ids.map((id) => ({
				status: 200,
				body: expect.objectContaining({ message_id: id, pinned: true }),
			})),
		);
		expect(rig.ryze.pinLines.map(({ messageId }) => messageId).sort()).toEqual(ids);
		expect(refused).toBeLessThanOrEqual(CALLS / 100);
	});
});
