const { setTimeout: sleep } = require('node:timers/promises');
const { CredentialsHelper } = require('../../sandbox/engine/credentials');
const { seeds, useHarness } = require('../support/engine');

const harness = useHarness({ fresh: true });

const boom = { status: 500, body: { success: false, error: { message: 'boom' } } };

/** @param {number} requestsAtOnce @param {(index: number) => string} chat */
const sendFour = async (requestsAtOnce, chat) =>
	await harness.run({
		items: [0, 1, 2, 3].map((index) => ({ json: { chat: chat(index), text: `text ${index}` } })),
		parameters: {
			operation: 'sendText',
			chat: '={{ $json.chat }}',
			text: '={{ $json.text }}',
			options: { requestsAtOnce },
		},
	});

describe('After an item has failed, and the node stops,', () => {
	it.each([1, 2, 20])('nothing more is sent to the same chat (%i at once)', async (atOnce) => {
		harness.ryze.setFault(({ index }) => (index === 0 ? boom : undefined));
		const { error } = await sendFour(atOnce, () => seeds.chats.private);
		expect(error.message).toBe('boom');
		expect(harness.ryze.requests).toHaveLength(1);
		expect(harness.ryze.sent).toEqual([]);
	});

	it.each([1, 2, 20])(
		'nothing more is sent of what waits for the rate limit (%i at once)',
		async (atOnce) => {
			// While nothing is known of the limit, one request goes first and the others wait for it.
			harness.ryze.setFault(({ index }) => (index === 0 ? boom : undefined));
			const { error } = await sendFour(atOnce, (index) => `551199999000${index}`);
			expect(error.message).toBe('boom');
			expect(error.context.itemIndex).toBe(0);
			expect(harness.ryze.requests).toHaveLength(1);
		},
	);

	it('a message is not unpinned that could not be pinned', async () => {
		harness.ryze.setFault(({ index }) => (index === 0 ? boom : undefined));
		const { error } = await harness.run({
			items: [{ json: { pin: true } }, { json: { pin: false } }],
			parameters: { pin: '={{ $json.pin }}', options: { requestsAtOnce: 2 } },
		});
		expect(error.message).toBe('boom');
		expect(harness.ryze.requests).toHaveLength(1);
	});

	it.each([1, 2, 20])(
		'nothing more is sent when Ryze answers with the opposite (%i at once)',
		async (atOnce) => {
			const body = { success: true, pinned: false };
			harness.ryze.setFault(({ index }) => (index === 0 ? { status: 200, body } : undefined));
			const { error } = await harness.run({
				items: [0, 1, 2, 3].map(() => ({ json: {} })),
				parameters: { options: { requestsAtOnce: atOnce } },
			});
			expect(error.message).toContain("responded with 'pinned: false'");
			expect(harness.ryze.requests).toHaveLength(1);
		},
	);
});

it('Texts to one chat keep their order, however long n8n takes to read the credential for each', async () => {
	const { getDecrypted } = CredentialsHelper.prototype;
	const reading = jest.spyOn(CredentialsHelper.prototype, 'getDecrypted');
	reading.mockImplementation(
		/** @this {any} */ async function (...given) {
			await sleep(given[6]?.itemIndex === 1 ? 100 : 0);
			return await getDecrypted.apply(this, given);
		},
	);
	const { success } = await sendFour(4, () => seeds.chats.private);
	reading.mockRestore();
	expect(success).toHaveLength(4);
	expect(harness.ryze.sent.map(({ message }) => message)).toEqual(
		[0, 1, 2, 3].map((index) => `text ${index}`),
	);
});
