const { seeds, startHarness } = require('../support/engine');

/** @type {Awaited<ReturnType<typeof startHarness>>} */
let harness;

beforeAll(async () => {
	harness = await startHarness();
});
afterEach(() => harness.ryze.reset());
afterAll(async () => await harness.ryze.stop());

const { group, unknown } = seeds.messages;

/** What the model reads when the tool has failed. @param {unknown} error */
const failed = (error) => ({ answer: [{ error }] });

describe('the tool for AI agents', () => {
	it('is offered by n8n, as the node declares that it can be one', () => {
		const { description } = harness.engine.loader.getNode('ryze').type;
		expect(description).toMatchObject({ usableAsTool: true });
	});

	it('pins the message that the model names, and tells the model what went wrong', async () => {
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
			failed({
				message: `message with ID ${unknown} not found`,
				description: expect.stringMatching(/^An instance only knows the messages/),
				reason: 'message-not-found',
				httpCode: '500',
			}),
		]);
	});

	/**
	 * @param {Record<string, unknown>} parameters
	 * @param {Array<Record<string, any>>} calls the arguments of each
	 */
	async function answersOf(parameters, calls) {
		const { success, error } = await harness.engine.runAsTool({
			items: calls.map((json) => ({ json })),
			credential: harness.credential,
			parameters,
		});
		expect(error).toBeUndefined();
		return success.map(({ json }) => json);
	}

	it('sends a text', async () => {
		const answers = await answersOf(
			{
				operation: 'sendText',
				chat: "={{ $fromAI('Chat', 'who gets it', 'string') }}",
				text: "={{ $fromAI('Text', 'what it says', 'string') }}",
			},
			[
				{ Chat: '+55 11 99999-9999', Text: 'Hello' },
				{ Chat: 'Maria', Text: 'Hello' },
			],
		);
		const data = expect.objectContaining({ source: 'n8n' });
		expect(answers).toEqual([
			{ answer: [expect.objectContaining({ status: 'sent', data })] },
			failed({
				message: `'Chat' must be a phone number or the ID of a chat, but is "Maria"`,
				description: expect.stringMatching(/^Choose/),
				reason: 'invalid-parameter',
				httpCode: null,
			}),
		]);
		expect(harness.ryze.sent).toMatchObject([{ number: '5511999999999', message: 'Hello' }]);
	});

	it('does not send a text twice that may have arrived, unless it goes out from another instance', async () => {
		const { demo, second } = seeds.instances;
		harness.ryze.setFault(({ index }) => (index === 0 ? { reset: 'after' } : undefined));
		const { success } = await harness.engine.runAsTool({
			items: [demo, demo, second].map(({ name }) => ({ json: { Instance: name } })),
			credential: { ...harness.credential, token: seeds.accountToken },
			parameters: {
				operation: 'sendText',
				chat: '5511999999999',
				text: 'Hello',
				options: { instance: "={{ $fromAI('Instance', 'the sender', 'string') }}" },
			},
		});
		expect(success.map(({ json }) => json)).toEqual([
			failed(expect.objectContaining({ reason: 'unreachable' })),
			failed(expect.objectContaining({ reason: 'unreachable' })),
			{ answer: [expect.objectContaining({ status: 'sent' })] },
		]);
		expect(harness.ryze.sent.map(({ instance }) => instance)).toEqual([demo.name, second.name]);
	});

	describe('sends a text once', () => {
		const text = {
			operation: 'sendText',
			chat: "={{ $fromAI('Chat', 'who gets it', 'string') }}",
			text: "={{ $fromAI('Text', 'what it says', 'string') }}",
		};
		const shipped = { Chat: '5511999999999', Text: 'Your order has shipped' };

		/**
		 * @param {Array<Record<string, any>>} calls the arguments of each
		 * @param {Record<string, any>} [agent] its parameters and settings
		 * @param {Record<string, any>} [parameters] of the tool
		 */
		async function answersTo(calls, { parameters: ofAgent, ...settings } = {}, parameters = text) {
			const { success, error } = await harness.engine.runAsTool({
				items: calls.map((json) => ({ json })),
				credential: harness.credential,
				parameters,
				agent: { ...settings, parameters: ofAgent ?? {} },
			});
			expect(error).toBeUndefined();
			return success.map(({ json }) => /** @type {any} */ (json).answer[0]);
		}

		const retry = { retryOnFail: true, maxTries: 4, waitBetweenTries: 1 };

		it.each([1, 3])(
			'although the model fails %i times after it, and the agent is run again',
			async (modelFails) => {
				const answers = await answersTo([shipped], { ...retry, parameters: { modelFails } });
				const [{ messageId }] = harness.ryze.sent;
				expect(harness.ryze.sent).toHaveLength(1);
				expect(answers).toEqual([expect.objectContaining({ success: true, messageId })]);
			},
		);

		it('although the agent is run again after a response that was lost', async () => {
			harness.ryze.setFault(() => ({ reset: 'after' }));
			const answers = await answersTo([shipped], { ...retry, parameters: { modelFails: 1 } });
			expect(harness.ryze.sent).toHaveLength(1);
			expect(answers).toEqual([{ error: expect.objectContaining({ reason: 'unreachable' }) }]);
		});

		it.each([false, true])(
			'although the model asks for it again in another spelling (at once: %s)',
			async (atOnce) => {
				const spellings = ['5511999999999', '+55 11 99999-9999', '5511999999999@s.whatsapp.net'];
				const calls = spellings.map((Chat, index) => ({
					...shipped,
					Chat,
					Text: shipped.Text + '\n'.repeat(index),
				}));
				const answers = await answersTo(calls, { parameters: { atOnce } });
				const [{ messageId }] = harness.ryze.sent;
				expect(harness.ryze.sent).toHaveLength(1);
				expect(answers.map((answer) => answer.messageId)).toEqual(spellings.map(() => messageId));
			},
		);

		it('as a poll', async () => {
			const parameters = {
				operation: 'sendPoll',
				chat: "={{ $fromAI('Chat', 'who gets it', 'string') }}",
				question: "={{ $fromAI('Question', 'what it asks', 'string') }}",
				pollOptions: "={{ $fromAI('Poll_Options', 'one on each line', 'string') }}",
				maxAnswers: "={{ $fromAI('Max_Answers', 'how many', 'number') }}",
			};
			const call = { Chat: shipped.Chat, Question: 'When?', Max_Answers: 1 };
			const calls = ['Today\nTomorrow', 'Today\n\nTomorrow\n', 'Today'].map((options) => ({
				...call,
				Poll_Options: options,
			}));
			const answers = await answersTo(calls, {}, parameters);
			const [{ messageId }] = harness.ryze.sent;
			expect(harness.ryze.sent).toMatchObject([
				{ message: 'When?', options: ['Today', 'Tomorrow'] },
			]);
			expect(answers.map((answer) => answer.messageId)).toEqual([messageId, messageId, undefined]);
			expect(answers[2].error).toMatchObject({
				message: "'Poll Options' must have 2 to 12 options, but has 1",
				description: expect.stringContaining('one option on each line'),
			});
		});

		it('with the file of one URL', async () => {
			const parameters = {
				operation: 'sendMedia',
				chat: "={{ $fromAI('Chat', 'who gets it', 'string') }}",
				mediaType: 'image',
				inputType: 'url',
				mediaUrl: "={{ $fromAI('URL', 'the picture', 'string') }}",
			};
			const calls = ['a', 'b', 'a'].map((name) => ({
				Chat: shipped.Chat,
				URL: `https://example.com/${name}.png`,
			}));
			const again = { ...retry, parameters: { modelFails: 1 } };
			expect(await answersTo(calls, again, parameters)).toHaveLength(3);
			expect(harness.ryze.sent).toHaveLength(2);
		});

		it('unless its files differ, although they have the same name', async () => {
			const calls = ['menu', 'list', 'menu'].map((Text) => ({ ...shipped, Text }));
			const parameters = {
				operation: 'sendMedia',
				chat: "={{ $fromAI('Chat', 'c', 'string') }}",
				mediaType: 'document',
				inputType: 'binary',
				binaryPropertyName:
					"={{ ({ mimeType: 'text/plain', fileName: 'a.txt', data: $fromAI('Text', 't', 'string').base64Encode() }) }}",
			};
			const again = { ...retry, parameters: { modelFails: 1 } };
			expect(await answersTo(calls, again, parameters)).toHaveLength(3);
			expect(harness.ryze.sent.map(({ bytes }) => bytes)).toHaveLength(2);
		});

		it('but each text and each chat, and again what cannot have been sent', async () => {
			const refused = { status: 400, body: { success: false, error: { message: 'Not now' } } };
			harness.ryze.setFault(({ index }) => (index === 0 ? refused : undefined));
			const [other, elsewhere] = [
				{ ...shipped, Text: 'Thank you' },
				{ ...shipped, Chat: seeds.chats.group },
			];
			const answers = await answersTo([shipped, shipped, other, elsewhere]);
			expect(answers.map(({ success }) => success)).toEqual([undefined, true, true, true]);
			expect(harness.ryze.sent).toHaveLength(3);
		});

		it('in each execution', async () => {
			await answersTo([shipped]);
			await answersTo([shipped]);
			expect(harness.ryze.sent).toHaveLength(2);
		});
	});

	it('looks a message up', async () => {
		const answers = await answersOf(
			{ operation: 'get', messageId: "={{ $fromAI('Message_ID', 'the message', 'string') }}" },
			[{ Message_ID: group }, { Message_ID: unknown }],
		);
		expect(answers).toEqual([
			{ answer: [expect.objectContaining({ status: 'found', messageId: group })] },
			failed(
				expect.objectContaining({ message: 'Message not found', reason: 'message-not-found' }),
			),
		]);
	});

	it('marks a message or a chat as favorite', async () => {
		const favorite = "={{ $fromAI('Favorite', 'whether to', 'boolean') }}";
		const ofMessage = await answersOf(
			{
				operation: 'favorite',
				messageId: "={{ $fromAI('Message_ID', 'the message', 'string') }}",
				favorite,
			},
			[{ Message_ID: group, Favorite: true }],
		);
		const chat = "={{ $fromAI('Chat', 'the chat', 'string') }}";
		const ofChat = await answersOf({ resource: 'chat', operation: 'favorite', chat, favorite }, [
			{ Chat: seeds.chats.group, Favorite: false },
		]);
		expect([...ofMessage, ...ofChat]).toEqual([
			{ answer: [expect.objectContaining({ type: 'message', favorite: true })] },
			{ answer: [expect.objectContaining({ type: 'chat', favorite: false })] },
		]);
	});

	it('pins a chat', async () => {
		const answers = await answersOf(
			{
				resource: 'chat',
				operation: 'pinChat',
				chat: "={{ $fromAI('Chat', 'the chat', 'string') }}",
				pin: "={{ $fromAI('Pin', 'whether to', 'boolean') }}",
			},
			[{ Chat: seeds.chats.group, Pin: true }],
		);
		expect(answers).toEqual([{ answer: [expect.objectContaining({ pinned: true })] }]);
	});

	it('marks a chat as read', async () => {
		const answers = await answersOf(
			{
				resource: 'chat',
				operation: 'markRead',
				chat: "={{ $fromAI('Chat', 'the chat', 'string') }}",
				read: "={{ $fromAI('Read', 'whether to', 'boolean') }}",
			},
			[
				{ Chat: seeds.chats.group, Read: true },
				{ Chat: 'Maria', Read: true },
			],
		);
		expect(answers).toEqual([
			{ answer: [expect.objectContaining({ read: true })] },
			failed(expect.objectContaining({ reason: 'invalid-parameter' })),
		]);
	});
});
