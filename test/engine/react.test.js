const { events } = require('../../sandbox/ryze');
const { seeds, skipPauses, useHarness } = require('../support/engine');
const { operations } = require('../support/operations');
const { packed } = require('../support/packed');

const harness = useHarness({ fresh: true });

const { group, privateChat, own, another } = seeds.messages;
const { chats, instances } = seeds;

const { emoji: _emoji, ...fields } = operations['message/react'].parameters;

/** @param {Record<string, unknown>} [others] */
const react = (others) => ({ ...fields, emoji: '👍', ...others });

const reactions = () => Object.fromEntries(harness.ryze.reactions);

/** @param {Record<string, unknown>} [others] @returns {Promise<any>} the body of the one request */
async function bodyOf(others) {
	const { error } = await harness.run({ parameters: react(others) });
	expect(error).toBeUndefined();
	expect(harness.ryze.requests).toHaveLength(1);
	return harness.ryze.requests[0].body;
}

describe('a reaction', () => {
	it('is shown, replaced and removed', async () => {
		const items = ['👍', '❤️', ''].map((emoji) => ({ json: { emoji } }));
		const parameters = react({ emoji: '={{ $json.emoji }}' });
		expect(await harness.run({ items: items.slice(0, 2), parameters })).toMatchObject({
			error: undefined,
		});
		expect(reactions()).toEqual({ [`demo/${group}`]: '❤️' });
		const { success } = await harness.run({ items: items.slice(2), parameters });
		expect(success[0].json).toMatchObject({ message: 'Reaction removed successfully' });
		expect(reactions()).toEqual({});
	});

	it('has the author in groups only', async () => {
		expect(await bodyOf()).toMatchObject({ fromMe: false, participant: chats.private });
		harness.ryze.reset();
		const parameters = { messageId: privateChat, chat: chats.private };
		const body = await bodyOf(parameters);
		expect(body).toMatchObject({ number: chats.private, fromMe: false });
		expect(body).not.toHaveProperty('participant');
		expect(reactions()).toEqual({ [`demo/${privateChat}`]: '👍' });
	});

	it.each(['', ' '])('is one to an own message when the sender is "%s"', async (sender) => {
		const body = await bodyOf({ messageId: own, sender });
		expect(body).toMatchObject({ number: chats.group, fromMe: true });
		expect(body).not.toHaveProperty('participant');
		expect(reactions()).toEqual({ [`demo/${own}`]: '👍' });
	});

	it.each([
		['5511999999999', '5511999999999@s.whatsapp.net'],
		['+55 11 99999-9999', '5511999999999@s.whatsapp.net'],
		['5511999999999:12@s.whatsapp.net', '5511999999999@s.whatsapp.net'],
		[' 123456789012345@lid ', '123456789012345@lid'],
	])('names the author %s as a JID', async (sender, participant) => {
		expect(await bodyOf({ sender })).toMatchObject({ fromMe: false, participant });
	});

	it.each(['👍', '👍🏽', '❤', '❤️', '🇧🇷', '1️⃣', '👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', ' 🎉\n'])('can be %s', async (emoji) => {
		expect(await bodyOf({ emoji })).toMatchObject({ reaction: emoji.trim() });
	});

	it.each(['ok', '👍👍', '👍 yes', ':thumbsup:', 'remove', '1', '#', '🇧', null, 5, true])(
		'cannot be %j, and nothing is sent',
		async (emoji) => {
			const parameters = react({ emoji: `={{ ${JSON.stringify(emoji)} }}` });
			expect(await harness.failure({ parameters })).toMatchObject({
				message: expect.stringMatching(/^'Emoji' must be one emoji, but is /),
				description: expect.stringContaining('Leave it empty to remove'),
				reason: 'invalid-parameter',
			});
			expect(harness.ryze.requests).toEqual([]);
		},
	);

	/** @type {Array<[string, string, RegExp]>} */
	const senders = [
		['={{ $json.nothing }}', "'Sender of the Message' is unknown", /'senderId'.*Leave the field/],
		[chats.group, "'Sender of the Message' must be a person", /not 'chatId'/],
		['Maria', "'Sender of the Message' must be a phone number or", /./],
	].map(([sender, message, description]) => [String(sender), String(message), RegExp(description)]);
	it.each(senders)('is refused for the sender %s', async (sender, message, description) => {
		const failure = await harness.failure({ parameters: react({ sender }) });
		expect(failure).toMatchObject({
			message: expect.stringContaining(message),
			description: expect.stringMatching(description),
			reason: 'invalid-parameter',
		});
		expect(harness.ryze.requests).toEqual([]);
	});

	it('is sent again when the connection was lost, as it replaces itself', async () => {
		skipPauses();
		harness.ryze.setFault(({ index }) => (index === 0 ? { reset: 'after' } : undefined));
		const { success } = await harness.run({ parameters: react() });
		expect(success).toHaveLength(1);
		expect(harness.ryze.requests).toHaveLength(2);
		expect(reactions()).toEqual({ [`demo/${group}`]: '👍' });
	});

	it('says what Ryze needs when it misses the author', async () => {
		const body = { success: false, error: { message: 'missing_participant' } };
		harness.ryze.setFault(() => ({ status: 400, body }));
		expect(await harness.failure({ parameters: react() })).toEqual({
			message: 'missing_participant',
			description: expect.stringContaining("outputs it as 'senderId'"),
			reason: 'invalid-parameter',
			httpCode: '400',
		});
	});
});

describe('the fields of React as they are when the node is added', () => {
	const untouched = { resource: 'message', operation: 'react', messageId: undefined };

	/** What stands before the node. @param {import('n8n-workflow').IDataObject} json */
	async function reactedTo(json) {
		const { error } = await harness.run({ items: [{ json }], parameters: untouched });
		expect(error).toBeUndefined();
		return reactions();
	}

	it.each(['data', 'data.message'])(
		'fit behind the trigger, with the direction in %s',
		async (at) => {
			const direction = (/** @type {string} */ value) =>
				at === 'data' ? { direction: value } : { message: { direction: value } };
			const inGroup = { messageId: group, chatId: chats.group, senderId: chats.private };
			expect(await reactedTo({ ...inGroup, data: direction('incoming') })).toEqual({
				[`demo/${group}`]: '👍',
			});
			const ofOwn = { messageId: own, chatId: chats.group, senderId: instances.demo.numberJid };
			expect(await reactedTo({ ...ofOwn, data: direction('outgoing') })).toHaveProperty([
				`demo/${own}`,
			]);
			const alone = { messageId: another, chatId: chats.private, senderId: chats.private };
			expect(await reactedTo({ ...alone, data: direction('incoming') })).toHaveProperty([
				`demo/${another}`,
			]);
		},
	);

	it('fit behind Send Text', async () => {
		const { success } = await harness.run({
			parameters: operations['message/sendText'].parameters,
		});
		const json = /** @type {any} */ (success[0].json);
		expect(await reactedTo(json)).toEqual({ [`demo/${json.messageId}`]: '👍' });
	});
});

describe('React, with its fields as they are when nobody has changed them', () => {
	/** @type {any[]} */
	const properties = new (packed('Ryze.node').Ryze)().description.properties;
	const ofReact = properties.filter(({ displayOptions }) =>
		displayOptions?.show?.operation?.includes('react'),
	);
	const untouched = {
		operation: 'react',
		...Object.fromEntries(ofReact.map((each) => [each.name, each.default])),
	};

	it.each(/** @type {const} */ (['live', 'docs']))(
		'reacts to the message of the trigger, in the %s layout',
		async (layout) => {
			const data = events.messageExchange({
				id: seeds.messages.group,
				layout,
				chat: { jid: seeds.chats.group },
			});
			const json = {
				messageId: seeds.messages.group,
				chatId: seeds.chats.group,
				senderId: seeds.chats.private,
				data,
			};
			const { error } = await harness.run({ items: [{ json }], parameters: untouched });
			expect(error).toBeUndefined();
			expect(harness.ryze.requests.map(({ body }) => body)).toEqual([
				{
					number: seeds.chats.group,
					messageId: seeds.messages.group,
					reaction: '👍',
					fromMe: false,
					participant: seeds.chats.private,
					source: 'n8n',
				},
			]);
		},
	);
});
