const { seeds, useHarness } = require('../support/engine');
const { operations } = require('../support/operations');

const harness = useHarness({ limit: 1_000_000 });

const { group, privateChat, unknown } = seeds.messages;
const { parameters } = operations['message/delete'];

describe('Delete', () => {
	it('deletes for everyone or for oneself, as each item says', async () => {
		const items = [
			{ id: group, who: 'everyone' },
			{ id: privateChat, who: ' ME ' },
		];
		const { success, error } = await harness.run({
			items: items.map((json) => ({ json })),
			parameters: { ...parameters, messageId: '={{ $json.id }}', deleteFor: '={{ $json.who }}' },
		});
		expect(error).toBeUndefined();
		expect(success.map(({ json }) => json.delete_type)).toEqual(['revoke', 'delete_for_me']);
		expect([...harness.ryze.deleted]).toEqual([
			[`demo/${group}`, 'revoke'],
			[`demo/${privateChat}`, 'delete_for_me'],
		]);
		// Nobody but an agent has to prove that the message is their own: an admin may delete others'.
		expect(harness.ryze.requests).toHaveLength(2);
	});

	it('deletes nothing before someone has chosen for whom', async () => {
		const { deleteFor: _, ...undecided } = parameters;
		await expect(harness.run({ parameters: undecided })).rejects.toThrow(
			'Parameter "Delete For" is required',
		);
		const byExpression = { ...parameters, deleteFor: '={{ "" }}' };
		expect(await harness.failure({ parameters: byExpression })).toMatchObject({
			message: "'Delete For' must be everyone or me, but is empty",
			reason: 'invalid-parameter',
		});
		expect(harness.ryze.requests).toEqual([]);
	});

	it('says what to do when the response was lost, and is not sent again', async () => {
		harness.ryze.setFault(() => ({ reset: 'after' }));
		const failure = await harness.failure({ parameters, node: { retryOnFail: true, maxTries: 3 } });
		expect(failure).toMatchObject({
			description: expect.stringMatching(/^The message may have been deleted anyway\. /),
			reason: 'unreachable',
		});
		expect(harness.ryze.requests).toHaveLength(1);
		expect(harness.ryze.deleted.size).toBe(1);
	});

	it('shows the error message of Ryze for what has been deleted or was never known', async () => {
		const { success, failed } = await harness.run({
			items: [group, group, unknown].map((id) => ({ json: { id } })),
			parameters: { ...parameters, messageId: '={{ $json.id }}' },
			goOn: true,
		});
		expect(success).toHaveLength(1);
		expect(failed.map(({ json }) => json.error)).toEqual([
			expect.objectContaining({ message: 'message not found', reason: 'message-not-found' }),
			expect.objectContaining({ message: 'message not found', httpCode: '404' }),
		]);
	});
});

describe('Delete as a tool of an AI agent', () => {
	/** A message that this instance has sent. */
	async function sentMessage() {
		const send = operations['message/sendText'].parameters;
		const { success } = await harness.run({ parameters: send });
		const id = String(success[0].json.messageId);
		harness.ryze.requests.length = 0;
		return id;
	}

	/** @param {Array<{ id: string, who: string }>} calls */
	async function answersOf(calls) {
		const { success, error } = await harness.engine.runAsTool({
			items: calls.map((json) => ({ json })),
			credential: harness.credential,
			parameters: {
				...parameters,
				messageId: "={{ $fromAI('id', 'the message', 'string') }}",
				deleteFor: "={{ $fromAI('who', 'everyone or me', 'string') }}",
			},
		});
		expect(error).toBeUndefined();
		return success.map(({ json }) => /** @type {any} */ (json).answer[0]);
	}

	const refused = expect.objectContaining({
		message: 'An AI agent can delete for everyone only messages that this instance has sent',
		description: expect.stringContaining('was received'),
		reason: 'invalid-parameter',
	});

	it('deletes for everyone what this instance has sent, and refuses what others have', async () => {
		const own = await sentMessage();
		const answers = await answersOf([
			{ id: own, who: 'everyone' },
			{ id: group, who: 'everyone' },
			{ id: group, who: 'me' },
		]);
		expect(answers).toEqual([
			expect.objectContaining({ success: true, delete_type: 'revoke' }),
			{ error: refused },
			expect.objectContaining({ success: true, delete_type: 'delete_for_me' }),
		]);
		expect([...harness.ryze.deleted]).toEqual([
			[`demo/${own}`, 'revoke'],
			[`demo/${group}`, 'delete_for_me'],
		]);
	});

	it.each([
		['has no direction', { status: 200, body: { success: true } }],
		['says something else', { status: 200, body: { success: true, direction: 'outgoing' } }],
		['is an error', { status: 500, body: { success: false, error: { message: 'Out of order' } } }],
	])('deletes nothing when the answer about the sender %s', async (_, answer) => {
		const own = await sentMessage();
		harness.ryze.setFault(() => answer);
		const [{ error }] = await answersOf([{ id: own, who: 'everyone' }]);
		expect(error.message).toBeTruthy();
		// Nothing of it can have been carried out.
		expect(error.description).not.toContain('may have been deleted');
		expect(harness.ryze.requests.map(({ method }) => method)).toEqual(['GET']);
		expect(harness.ryze.deleted.size).toBe(0);
	});

	it('deletes once what the model asks for twice', async () => {
		const own = await sentMessage();
		const call = { id: own, who: 'everyone' };
		const answers = await answersOf([call, call]);
		expect(answers.map(({ success }) => success)).toEqual([true, true]);
		expect(harness.ryze.requests.map(({ method }) => method)).toEqual(['GET', 'DELETE']);
	});
});
