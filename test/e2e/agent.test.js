const { readExample, startRig } = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { fromAi } = require('../support/agentWorkflow');
const { LAST_WORDS, startAgents } = require('../support/agents');
const { byId } = require('../support/workflows');

/** @typedef {import('../support/agentWorkflow').Conversation} Conversation */

const { group, unknown, ofSecond } = seeds.messages;
const { demo, second } = seeds.instances;

const somebodyElses = '3EB0E15E000000000000';

const pinFields = {
	pin: fromAi('Pin', 'boolean'),
	messageId: fromAi('Message_ID'),
	duration: fromAi('Duration'),
};
const textFields = { operation: 'sendText', chat: byId(fromAi('Chat')), text: fromAi('Text') };

/** @param {string} messageId */
const pin = (messageId, Duration = '24h') => ({ Pin: true, Message_ID: messageId, Duration });

/** @param {string} chat @returns {Conversation} */
const sendTo = (chat) => ({ parameters: textFields, calls: [{ Chat: chat, Text: 'Hello' }] });

/** @type {Conversation} */
const notFound = { parameters: pinFields, calls: [pin(unknown)] };

describe.each(N8N_VERSIONS)('an AI agent on n8n %s', (version) => {
	/** @type {import('../../sandbox/n8n/rig').Rig} */
	let rig;
	/** @type {Awaited<ReturnType<typeof startAgents>>} */
	let agents;

	beforeAll(async () => {
		rig = await startRig({ version, log: (line) => console.log(line) });
		agents = await startAgents(rig);
	});
	afterEach(() => rig.ryze.reset());
	afterAll(async () => {
		await rig?.stop();
		await agents?.model.stop();
	});

	/** @param {Record<string, string>} fields that differ from those of the rig's credential */
	const credentialWith = async (fields) =>
		await rig.rest.createCredential({
			name: 'Another',
			type: 'ryzeApi',
			data: { token: demo.token, instance: demo.name, baseUrl: rig.ryze.url, ...fields },
		});

	/** Whatever the Agent, the model reads all that a user sees. @param {any[]} seen */
	const readInFull = (seen) =>
		agents.every({ read: [JSON.stringify(seen)], said: LAST_WORDS, error: undefined });

	it('comes in the versions that these tests are about', () => {
		expect(agents.versions).toEqual(expect.arrayContaining([1.7, 2, 2.2, 3]));
	});

	it("pins and unpins a message, and reads Ryze's responses", async () => {
		const idFor = (/** @type {number} */ agent) => `3EB0A6${agent}`;
		rig.ryze.addMessages('demo', agents.versions.map(idFor));
		const held = await agents.byAgent(async (agent) => {
			const id = idFor(agent);
			const calls = [pin(id, '30d'), { ...pin(id), Pin: false }, pin(id)];
			const { results, said } = await agents.talk(agent, { parameters: pinFields, calls });
			return { answers: results().map((text) => JSON.parse(text)), said };
		});
		const pinned = { success: true, message: 'Message pinned successfully', pinned: true };
		const answers = [
			[expect.objectContaining({ ...pinned, duration: '30d' })],
			[expect.objectContaining({ success: true, pinned: false })],
			[expect.objectContaining({ ...pinned, duration: '24h' })],
		];
		expect(held).toEqual(agents.every({ answers, said: LAST_WORDS }));
		const pinnedIds = rig.ryze.pinLines.map(({ messageId }) => messageId).sort();
		expect(pinnedIds).toEqual(
			agents.versions
				.map(idFor)
				.flatMap((id) => [id, id])
				.sort(),
		);
	});

	it("reacts to a message with the author that it is told, and reads Ryze's response", async () => {
		const held = await agents.outcomes({
			parameters: {
				...{ operation: 'react', emoji: fromAi('Emoji'), messageId: fromAi('Message_ID') },
				...{ chat: byId(fromAi('Chat')), sender: fromAi('Sender') },
			},
			calls: [
				{
					...{ Emoji: '🎉', Message_ID: group },
					...{ Chat: seeds.chats.group, Sender: seeds.chats.private },
				},
			],
		});
		const read = [expect.stringMatching(/"success":true.*"replyTo"/)];
		expect(held).toEqual(agents.every({ read, said: LAST_WORDS, error: undefined }));
		expect([...rig.ryze.reactions]).toEqual([[`demo/${group}`, '🎉']]);
	});

	it("edits what it has sent, and reads that it cannot edit someone else's message", async () => {
		const sending = agents.versions.map(async (agent) => {
			const chat = { jid: `1203630001${agent * 10}@g.us` };
			const of = { chat, direction: /** @type {const} */ ('outgoing'), text: 'At 8' };
			return [agent, (await rig.ryze.receive('demo', of)).messageId];
		});
		const ids = Object.fromEntries(await Promise.all(sending));
		const held = await agents.byAgent(async (agent) => {
			const { results, said } = await agents.talk(agent, {
				parameters: {
					...{ operation: 'edit', messageId: fromAi('Message_ID') },
					content: fromAi('New_Text'),
				},
				calls: [
					{ Message_ID: ids[agent], New_Text: 'At 9' },
					{ Message_ID: group, New_Text: 'At 9' },
				],
			});
			return { answers: results().map((text) => JSON.parse(text)[0]), said };
		});
		const answers = [
			expect.objectContaining({ success: true, oldContent: 'At 8', newContent: 'At 9' }),
			{
				error: expect.objectContaining({
					message: expect.stringContaining('can only edit'),
					description: expect.stringContaining('only one that this instance has sent'),
					reason: 'invalid-parameter',
				}),
			},
		];
		expect(held).toEqual(agents.every({ answers, said: LAST_WORDS }));
	});

	it('reads that a tool gets no files, and what to do instead', async () => {
		const held = await agents.outcomes({
			parameters: {
				...{ operation: 'sendMedia', chat: byId(seeds.chats.group), mediaType: 'document' },
				...{ inputType: 'binary', binaryPropertyName: 'data', caption: fromAi('Caption') },
			},
			calls: [{ Caption: 'The menu' }],
		});
		const read = [expect.stringMatching(/gets no files in its input.*Set 'Input Type' to URL/)];
		expect(held).toEqual(agents.every({ read, said: LAST_WORDS, error: undefined }));
	});

	it('sends a text once for each call', async () => {
		const held = await agents.outcomes(sendTo('+55 11 99999-9999'));
		const read = [expect.stringContaining('"status":"sent"')];
		expect(held).toEqual(agents.every({ read, said: LAST_WORDS, error: undefined }));
		expect(rig.ryze.sent).toHaveLength(agents.versions.length);
	});

	it('sends a poll, and marks a chat as read', async () => {
		const poll = await agents.outcomes({
			parameters: {
				operation: 'sendPoll',
				chat: byId(fromAi('Chat')),
				question: fromAi('Question'),
				pollOptions: fromAi('Poll_Options'),
				maxAnswers: fromAi('Max_Answers', 'number'),
			},
			calls: [
				{
					...{ Chat: seeds.chats.group, Question: 'When?', Max_Answers: 1 },
					Poll_Options: 'Today\nTomorrow',
				},
			],
		});
		const sent = [expect.stringContaining('"status":"sent"')];
		expect(poll).toEqual(agents.every({ read: sent, said: LAST_WORDS, error: undefined }));
		expect(rig.ryze.sent.map(({ options }) => options)).toEqual(
			agents.versions.map(() => ['Today', 'Tomorrow']),
		);
		const mark = await agents.outcomes({
			parameters: {
				resource: 'chat',
				operation: 'markRead',
				chat: byId(fromAi('Chat')),
				read: fromAi('Read', 'boolean'),
			},
			calls: [{ Chat: seeds.chats.group, Read: true }],
		});
		const marked = [expect.stringContaining('"read":true')];
		expect(mark).toEqual(agents.every({ read: marked, said: LAST_WORDS, error: undefined }));
	});

	it('reads whether the number is connected, and no token', async () => {
		const credential = await credentialWith({ token: seeds.accountToken });
		const parameters = { resource: 'instance', operation: 'get' };
		const held = await agents.byAgent(async (agent) => {
			const conversation = { parameters, calls: [{}], credential };
			const { results, sent, said } = await agents.talk(agent, conversation);
			const secrets = [seeds.accountToken, demo.token].filter((text) => sent().includes(text));
			return { read: results(), said, secrets };
		});
		const read = [expect.stringMatching(/"name":"demo".*"state":"connected"/)];
		expect(held).toEqual(agents.every({ read, said: LAST_WORDS, secrets: [] }));
	});

	it("deletes its own message for everyone, and refuses someone else's", async () => {
		rig.ryze.addMessages('demo', [somebodyElses]);
		const held = await agents.byAgent(async (agent) => {
			const chat = `1203630001${agent * 10}@g.us`;
			const own = rig.ryze.addSent('demo', `3EB0DE1E7E${agent * 10}`, chat);
			const calls = [own, somebodyElses].map((id) => ({ Message_ID: id, Delete_For: 'everyone' }));
			const parameters = {
				operation: 'delete',
				messageId: fromAi('Message_ID'),
				deleteFor: fromAi('Delete_For'),
			};
			const { results, said, sent } = await agents.talk(agent, { parameters, calls });
			const isDeleted = rig.ryze.deleted.get(`demo/${own}`) === 'revoke';
			return { read: results(), said, isDeleted, hasToken: sent().includes(demo.token) };
		});
		const read = [
			expect.stringContaining('"delete_type":"revoke"'),
			expect.stringContaining('can delete for everyone only messages that this instance has sent'),
		];
		expect(held).toEqual(
			agents.every({ read, said: LAST_WORDS, isDeleted: true, hasToken: false }),
		);
		expect(rig.ryze.deleted.size).toBe(agents.versions.length);
	});

	it('reads the name, type and size of a file, and neither base64 nor a token', async () => {
		const held = await agents.byAgent(async (agent) => {
			const parameters = { operation: 'downloadMedia', messageId: fromAi('Message_ID') };
			const calls = [{ Message_ID: seeds.messages.picture }];
			const { results, said, sent } = await agents.talk(agent, { parameters, calls });
			const secrets = [seeds.picture.base64, demo.token].filter((text) => sent().includes(text));
			return { read: results(), said, secrets };
		});
		const size = Buffer.from(seeds.picture.base64, 'base64').length;
		const file = `"fileName":"${seeds.messages.picture}.png","mimeType":"image/png","fileSize":${size}`;
		const read = [expect.stringContaining(file)];
		expect(held).toEqual(agents.every({ read, said: LAST_WORDS, secrets: [] }));
	});

	it('sends a text once with Retry On Fail when the response is lost, and reads so', async () => {
		rig.ryze.setFault(() => ({ reset: 'after' }));
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const held = await agents.outcomes({ ...sendTo('5511999999999'), settings });
		const read = [expect.stringMatching(/may have been delivered .*"reason":"unreachable"/)];
		expect(held).toEqual(agents.every({ read, said: LAST_WORDS, error: undefined }));
		expect(rig.ryze.sent).toHaveLength(agents.versions.length);
	});

	/**
	 * What each agent has sent, in its own chat, to tell them apart.
	 *
	 * @param {(chat: string) => Conversation} conversationIn
	 */
	const sentBy = async (conversationIn) =>
		await agents.byAgent(async (agent) => {
			const chat = `1203630000${agent * 10}@g.us`;
			const { requests, results, said } = await agents.talk(agent, conversationIn(chat));
			const sent = rig.ryze.sent.filter(({ number }) => number === chat);
			const read = new Set(results().map((text) => JSON.parse(text)[0].messageId));
			const isWhatWasSent = read.size === 1 && read.has(sent[0]?.messageId);
			return { sent: sent.length, isWhatWasSent, said, asked: requests().length };
		});

	// Agent 3 with On Error Stop is run again in another way than with Continue.
	it.each(['stopWorkflow', 'continueRegularOutput'])(
		'sends a text once when the model fails after it, with Retry On Fail and On Error %s',
		async (onError) => {
			const agent = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1, onError };
			const held = await sentBy((chat) => ({ ...sendTo(chat), agent, modelFails: true }));
			const once = { sent: 1, isWhatWasSent: true, said: LAST_WORDS, asked: 4 };
			expect(held).toEqual(agents.every(once));
		},
	);

	it('sends a text once when the model asks for it twice at once', async () => {
		const held = await sentBy((chat) => {
			const { calls, ...conversation } = sendTo(chat);
			return { ...conversation, calls: [[...calls, ...calls].flat()] };
		});
		const once = { sent: 1, isWhatWasSent: true, said: LAST_WORDS, asked: 2 };
		expect(held).toEqual(agents.every(once));
	});

	/** @type {Array<[string, Conversation, Record<string, any>]>} */
	const failures = [
		[
			'a message that is not found',
			notFound,
			{
				message: `message with ID ${unknown} not found`,
				reason: 'message-not-found',
				httpCode: '500',
			},
		],
		[
			'a duration that there is not',
			{ parameters: pinFields, calls: [pin(group, 'forever')] },
			{ message: expect.stringContaining('"forever"'), reason: 'invalid-parameter' },
		],
		[
			'a name in place of a phone number',
			sendTo('Maria'),
			{ message: expect.stringContaining('"Maria"'), reason: 'invalid-parameter' },
		],
	];
	it.each(failures)('reads in full what is wrong with %s', async (_what, conversation, error) => {
		const seen = await agents.seenByAUser(conversation);
		const description = expect.stringMatching(/\.$/);
		expect(seen).toEqual([{ error: { httpCode: null, description, ...error } }]);
		expect(await agents.outcomes(conversation)).toEqual(readInFull(seen));
		expect([rig.ryze.pins.size, rig.ryze.sent]).toEqual([0, []]);
	});

	it('reads in full that the phone is not connected', async () => {
		rig.ryze.setConnected('second', false);
		const credential = await credentialWith({ token: second.token, instance: second.name });
		const conversation = { parameters: pinFields, calls: [pin(ofSecond)], credential };
		const seen = await agents.seenByAUser(conversation);
		const held = await agents.outcomes(conversation);
		rig.ryze.setConnected('second', true);
		expect(seen).toEqual([{ error: expect.objectContaining({ reason: 'not-connected' }) }]);
		expect(held).toEqual(readInFull(seen));
	});

	it('reads a failure in full while it streams', async () => {
		const seen = await agents.seenByAUser(notFound);
		const streaming = agents.versions.filter((agent) => agent > 2);
		const held = await Promise.all(
			streaming.map(async (agent) => {
				const { results, requests, said } = await agents.stream(agent, notFound);
				return { read: results(), said, streams: requests().map((request) => request.stream) };
			}),
		);
		const expected = { read: [JSON.stringify(seen)], said: LAST_WORDS, streams: [true, true] };
		expect(held).toEqual(streaming.map(() => expected));
	});

	describe('is not told a secret', () => {
		const secret = 'secret-of-somebody';
		/** @type {Array<[string, (url: string) => Record<string, string>, string]>} */
		const rows = [
			['that is a wrong token', () => ({ token: secret }), 'unauthorized'],
			[
				'in the path of an address',
				(url) => ({ baseUrl: `${url}/${secret}` }),
				'unexpected-response',
			],
			[
				'in an address with a password',
				(url) => ({ baseUrl: url.replace('://', `://ryze:${secret}@`) }),
				'invalid-credential',
			],
		];
		it.each(rows)('%s', async (_what, fields, reason) => {
			// A proxy may repeat what it was sent.
			const error = { message: `Invalid token ${secret}` };
			rig.ryze.setFault(({ token }) =>
				token === 'unknown' ? { status: 401, body: { success: false, error } } : undefined,
			);
			const conversation = { ...notFound, credential: await credentialWith(fields(rig.ryze.url)) };
			const seen = await agents.seenByAUser(conversation);
			expect(seen).toEqual([{ error: expect.objectContaining({ reason }) }]);
			const told = await agents.byAgent(async (agent) => {
				const { sent, results } = await agents.talk(agent, conversation);
				return {
					read: results(),
					secrets: [secret, demo.token].filter((text) => sent().includes(text)),
				};
			});
			expect(told).toEqual(agents.every({ read: [JSON.stringify(seen)], secrets: [] }));
		});
	});

	it.each([
		['pinMessage', { ...textFields, ...pinFields }, ['Duration', 'Message_ID', 'Pin']],
		['sendText', { ...pinFields, ...textFields }, ['Chat', 'Reply_To', 'Text']],
	])('is offered only the fields and options of %s', async (operation, fields, own) => {
		// A workflow may hold values of another operation, which was chosen before.
		const options = { replyTo: fromAi('Reply_To'), timeout: fromAi('Timeout', 'number') };
		const parameters = { ...fields, operation, options };
		const offered = await agents.byAgent(async (agent) => {
			const { tools } = await agents.talk(agent, { parameters, calls: [] });
			return tools().map(({ name, description, schema }) => [
				name,
				description,
				Object.keys(schema.properties).sort(),
			]);
		});
		const description = expect.stringMatching(/^\w.* in Ryze WhatsApp$/);
		expect(offered).toEqual(agents.every([['Ryze', description, [...own, 'Timeout'].sort()]]));
	});

	it('pins and unpins in the example, as a user asks for in the chat', async () => {
		const workflow = readExample('ai-agent-pins.json');
		const named = (/** @type {string} */ name) =>
			workflow.nodes.find((/** @type {any} */ node) => node.name === name);
		const [model, chat] = [named('Model'), named('When chat message received')];
		model.credentials = { openAiApi: agents.openAiApi };
		// The chat in the editor needs a browser; a public one is the same node.
		chat.parameters.public = true;
		// It finds the ID where the user has written it: the second time, in what was said before.
		const { tools, results } = agents.model.play(
			model.parameters.model.value,
			({ messages }, index) => {
				const Message_ID = /3EB0\w+/.exec(JSON.stringify(messages))?.[0];
				const pinIt = { call: { Pin: true, Message_ID, Duration: '24h' } };
				const unpinIt = { call: { Pin: false, Message_ID } };
				return [pinIt, 'Pinned.', unpinIt, 'Unpinned.'][index];
			},
		);
		const id = await rig.addWorkflow(workflow);
		await rig.rest.activateWorkflow(id);
		/** @param {string} chatInput */
		const write = async (chatInput) => {
			const response = await fetch(`${rig.n8n.url}/webhook/${chat.webhookId}/chat`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ action: 'sendMessage', sessionId: 'one', chatInput }),
			});
			return await response.json();
		};
		expect(await write(`Pin the message ${group} for 24 hours`)).toEqual({ output: 'Pinned.' });
		expect(rig.ryze.pins.get(`demo/${group}`)).toMatchObject({ duration: '24h' });
		expect(await write('Unpin it')).toEqual({ output: 'Unpinned.' });
		expect(rig.ryze.pins.size).toBe(0);
		expect(results().at(-1)).toContain('"pinned":false');
		const [{ schema }] = tools();
		for (const { description } of Object.values(schema.properties))
			expect(description).toMatch(/\w/);
		await rig.rest.deactivateWorkflow(id);
	});
});
