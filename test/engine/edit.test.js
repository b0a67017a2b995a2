const { seeds, skipPauses, useHarness } = require('../support/engine');
const { operations } = require('../support/operations');

const harness = useHarness({ fresh: true });

const { group, unknown } = seeds.messages;

const { parameters } = operations['message/edit'];

afterEach(() => jest.restoreAllMocks());

/** @param {Record<string, unknown>} of the item @returns {Promise<any>} */
async function sent(of) {
	const { success } = await harness.run({
		parameters: { ...operations['message/sendText'].parameters, ...of },
	});
	return success[0].json;
}

describe('an edit', () => {
	it('changes a text that was sent, and leaves its pin alone', async () => {
		const { messageId } = await sent({ text: 'Dinner at 8' });
		await harness.run({ parameters: { operation: 'pinMessage', messageId, pin: true } });
		const content = 'Dinner at 9\n *Bring wine*  ';
		const { success } = await harness.run({ parameters: { ...parameters, messageId, content } });
		expect(success[0].json).toMatchObject({
			messageId,
			oldContent: 'Dinner at 8',
			newContent: content,
		});
		expect([...harness.ryze.pins.keys()]).toEqual([`demo/${messageId}`]);
		expect(harness.ryze.pinLines).toHaveLength(1);
	});

	it('is sent again when the connection was lost, with the same text', async () => {
		skipPauses();
		harness.ryze.setFault(({ index }) => (index === 0 ? { reset: 'after' } : undefined));
		const { success } = await harness.run({ parameters });
		expect(success[0].json).toMatchObject({ newContent: parameters.content });
		expect(harness.ryze.requests).toHaveLength(2);
	});

	it('is refused after about 15 minutes, and says so', async () => {
		const { messageId } = await sent({});
		const later = Date.now() + 16 * 60_000;
		jest.spyOn(Date, 'now').mockReturnValue(later);
		expect(await harness.failure({ parameters: { ...parameters, messageId } })).toEqual({
			message: expect.stringContaining('too old to edit'),
			description: expect.stringMatching(/about 15 minutes.*Send a new one/),
			reason: 'invalid-parameter',
			httpCode: '400',
		});
	});

	it.each([
		['someone else has sent', async () => group],
		[
			'is no text',
			async () =>
				(
					await sent({
						operation: 'sendMedia',
						mediaType: 'image',
						inputType: 'url',
						mediaUrl: 'https://example.com/menu.jpg',
						caption: 'The menu',
					})
				).messageId,
		],
	])('is refused for a message that %s, and says so', async (_what, messageIdOf) => {
		const messageId = await messageIdOf();
		expect(await harness.failure({ parameters: { ...parameters, messageId } })).toEqual({
			message: expect.stringContaining('can only edit'),
			description: expect.stringMatching(/^Only a text can be edited, and only one that this/),
			reason: 'invalid-parameter',
			httpCode: '400',
		});
	});

	it('is refused for a message that Ryze does not know', async () => {
		const failure = await harness.failure({ parameters: { ...parameters, messageId: unknown } });
		expect(failure).toMatchObject({ message: 'message not found', reason: 'message-not-found' });
	});

	it('explains that Ryze misses the text', async () => {
		const body = { success: false, error: { message: 'content is required' } };
		harness.ryze.setFault(() => ({ status: 400, body }));
		expect(await harness.failure({ parameters })).toMatchObject({
			description: 'Enter the new text of the message.',
			reason: 'invalid-parameter',
		});
	});
});
