const { seeds, startHarness } = require('./harness');

/** @type {Awaited<ReturnType<typeof startHarness>>} */
let harness;

beforeAll(async () => {
	harness = await startHarness();
});
afterEach(() => harness.ryze.reset());
afterAll(async () => await harness.ryze.stop());

const { group, unknown } = seeds.messages;

describe('as a tool of an AI agent', () => {
	it('is offered, as n8n makes tools of nodes that declare it', () => {
		const { description } = harness.engine.loader.getNode('ryze').type;
		expect(description).toMatchObject({ usableAsTool: true });
	});

	it('pins what the model asks for, and tells it what went wrong', async () => {
		const { success, error } = await harness.engine.runAsTool({
			items: [
				{ json: { Message_ID: group, Pin: 'true' } },
				{ json: { Message_ID: group, Pin: 'false' } },
				{ json: { Message_ID: unknown, Pin: 'true' } },
			],
			credential: harness.credential,
			parameters: {
				messageId: "={{ $fromAI('Message_ID', 'the message', 'string') }}",
				pin: "={{ $fromAI('Pin', 'whether to pin', 'string') }}",
			},
		});
		expect(error).toBeUndefined();
		expect(success.map(({ json }) => json)).toEqual([
			{ answer: [expect.objectContaining({ message_id: group, pinned: true })] },
			{ answer: [expect.objectContaining({ message_id: group, pinned: false })] },
			{
				toolFailed: expect.stringMatching(
					/^message with ID \w+ not found\n\nDetails: Only messages that this instance/,
				),
			},
		]);
	});
});
