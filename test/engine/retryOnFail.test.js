const { seeds, startHarness } = require('../support/engine');
const { ANN, BOB, CAT, failsWhileOneIsOnItsWay } = require('../support/inFlight');

/** @type {Awaited<ReturnType<typeof startHarness>>} */
let harness;

beforeEach(async () => {
	harness = await startHarness();
});
afterEach(async () => await harness.ryze.stop());

const retryOnFail = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const parameters = {
	operation: 'sendText',
	chat: '={{ $json.to }}',
	text: '={{ "Hello " + $json.to }}',
};

/** @param {string[]} recipients @param {import('n8n-workflow').OnError} onError @param {object} [others] */
const send = async (recipients, onError, others = {}) =>
	await harness.run({
		items: recipients.map((to) => ({ json: { to } })),
		node: { ...retryOnFail, onError },
		parameters: { ...parameters, ...others },
	});

const recipients = () => harness.ryze.sent.map(({ number }) => number);

describe("n8n's Retry On Fail with Send Text", () => {
	it.each(/** @type {const} */ (['continueRegularOutput', 'continueErrorOutput']))(
		'sends each text once when another item is bad, with On Error %s',
		async (onError) => {
			const { success, failed } = await send(['', ANN, BOB], onError);
			expect(recipients()).toEqual([ANN, BOB]);
			expect(success.length + failed.length).toBe(3);
		},
	);

	it('sends each text once when a later item stops the workflow', async () => {
		const { error } = await send([ANN, BOB, ''], 'stopWorkflow');
		expect(error.message).toContain("'Chat' is required");
		expect(recipients()).toEqual([ANN, BOB]);
	});

	it('goes on with the items that are left, and outputs the responses of those that went before', async () => {
		let refusals = 1;
		harness.ryze.setFault(({ body }) =>
			/** @type {any} */ (body).number === BOB && refusals-- > 0
				? { status: 400, body: { success: false, error: { message: 'Not now' } } }
				: undefined,
		);
		const { success, error } = await send([ANN, BOB], 'stopWorkflow');
		expect(error).toBeUndefined();
		expect(recipients()).toEqual([ANN, BOB]);
		const ids = harness.ryze.sent.map(({ messageId }) => messageId);
		expect(success.map(({ json }) => /** @type {any} */ (json).data.messageId)).toEqual(ids);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it.each([1, 20])(
		'never sends what may have been delivered again (%i at once)',
		async (atOnce) => {
			harness.ryze.setFault(({ index }) => (index === 0 ? { reset: 'after' } : undefined));
			const { error } = await send([ANN], 'stopWorkflow', { options: { requestsAtOnce: atOnce } });
			expect(error.description).toMatch(/^The message may have been delivered anyway/);
			expect(recipients()).toEqual([ANN]);
			expect(harness.ryze.requests).toHaveLength(1);
		},
	);

	it('never sends what was still on its way when another item failed', async () => {
		harness.ryze.setFault(failsWhileOneIsOnItsWay());
		const options = { requestsAtOnce: 3 };
		const { error } = await send([CAT, ANN, BOB], 'stopWorkflow', { options });
		expect(error.description).toMatch(/^The message may have been delivered anyway/);
		expect(recipients().sort()).toEqual([CAT, BOB, ANN]);
	});

	it('sends the same text to the same chat as often as there are items', async () => {
		await send(['', ANN, ANN], 'continueErrorOutput');
		expect(recipients()).toEqual([ANN, ANN]);
	});

	// n8n takes an item with such a field for one that failed: which values, its versions differ in.
	it.each([[{}], [''], [null], [0], [false], ['text'], [{ message: 'x' }], [[]], [true]])(
		'sends each text once when its success has a field error: %j',
		async (value) => {
			harness.ryze.setFault(() => ({
				status: 200,
				afterWork: true,
				body: { success: true, status: 'sent', error: value, data: { messageId: 'M' } },
			}));
			const { success, error } = await send([ANN, BOB], 'stopWorkflow');
			expect(error).toBeUndefined();
			expect(recipients()).toEqual([ANN, BOB]);
			expect(success).toHaveLength(2);
		},
	);

	it('sends the texts of each run of a loop', async () => {
		await harness.run({
			runs: 2,
			items: ['', ANN].map((to) => ({ json: { to } })),
			node: { ...retryOnFail, onError: 'continueRegularOutput' },
			parameters,
		});
		expect(recipients()).toEqual([ANN, ANN]);
	});

	it('sends the texts of each node, also of one that has the same node ID', async () => {
		const { run } = await harness.run({
			items: [ANN, ''].map((to) => ({ json: { to } })),
			node: { ...retryOnFail, onError: 'continueRegularOutput' },
			parameters: { ...parameters, text: 'First' },
			next: { parameters: { ...parameters, resource: 'message', chat: BOB, text: 'Second' } },
		});
		const sent = harness.ryze.sent.map(({ message, messageId }) => [message, messageId]);
		expect(sent.map(([message]) => message)).toEqual(['First', 'Second', 'Second']);
		const ids = ['Ryze', 'Next'].flatMap((name) =>
			run.data.resultData.runData[name][0].data?.main[0]?.map(({ json }) => json.messageId),
		);
		expect(ids.filter((id) => id !== undefined)).toEqual(sent.map(([, id]) => id));
	});

	it('remembers nothing beyond the execution', async () => {
		await send(['', ANN], 'continueErrorOutput');
		await send(['', ANN], 'continueErrorOutput');
		expect(recipients()).toEqual([ANN, ANN]);
	});
});

describe("n8n's Retry On Fail with Pin Message", () => {
	it('pins again, which is safe', async () => {
		const items = ['', seeds.messages.group].map((id) => ({ json: { id } }));
		const { success } = await harness.run({
			items,
			node: { ...retryOnFail, onError: 'continueErrorOutput' },
			parameters: { messageId: '={{ $json.id }}' },
		});
		expect(success).toHaveLength(1);
		expect(harness.ryze.pins.size).toBe(1);
	});
});
