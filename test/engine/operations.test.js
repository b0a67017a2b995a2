const { seeds, useHarness } = require('../support/engine');
const { answering, entryOf, names, operations, shownFor } = require('../support/operations');

const harness = useHarness({ limit: 1_000_000 });

const { another, group, notice } = seeds.messages;

describe('the table of operations', () => {
	it('has an entry for each operation of the node, and no other', () => {
		expect(Object.keys(operations).sort()).toEqual([...names].sort());
	});
});

describe.each(names)('%s', (name) => {
	const { parameters, request } = entryOf(name);

	it('takes one request, as documented', async () => {
		const { error } = await harness.run({ parameters });
		expect(error).toBeUndefined();
		expect(harness.ryze.requests).toEqual([
			expect.objectContaining({ ...request, token: 'demo', status: 200 }),
		]);
	});

	it('sends nothing when a required field is empty', async () => {
		for (const { name, displayName } of shownFor(parameters).filter(({ required }) => required)) {
			const failure = await harness.failure({ parameters: { ...parameters, [name]: ' ' } });
			expect(failure).toMatchObject({ reason: 'invalid-parameter', httpCode: null });
			expect(failure.message).toContain(`'${displayName}' `);
			expect(failure.message).toMatch(/ but is empty$/);
			expect(failure.description).not.toBe('');
			expect(harness.ryze.requests).toEqual([]);
		}
	});
});

describe.each(answering)('%s', (name) => {
	const { parameters, answer, givesFile, givesPart } = entryOf(name);

	it('outputs the response of Ryze, paired with its item', async () => {
		const { success, hints } = await harness.run({ parameters });
		expect(success).toEqual([
			{
				json: expect.any(Object),
				pairedItem: { item: 0 },
				...(givesFile && { binary: { data: expect.any(Object) } }),
			},
		]);
		expect(success[0].json).toMatchObject(answer);
		expect(hints).toEqual([]);
	});

	if (!givesPart) {
		it('leaves the response unchanged, whatever is in it', async () => {
			const later = { deep: [1, null, { a: '' }] };
			const body = { success: true, later, data: null };
			const type = givesFile && { mime_type: 'image/png' };
			const file = givesFile && { base64: 'AAAA' };
			harness.ryze.setFault(() => ({ status: 200, body: { ...body, ...type, ...file } }));
			const { success } = await harness.run({ parameters });
			expect(success.map(({ json }) => json)).toEqual([{ ...body, ...type }]);
		});
	}
});

/** @param {number} count */
const paired = (count) => Array.from({ length: count }, (_, item) => ({ item }));

/**
 * Runs over several items and gives the request of each, by what tells them apart.
 *
 * @param {any[]} items
 * @param {Record<string, unknown>} parameters
 * @param {'body' | 'query'} part
 */
async function asked(items, parameters, part) {
	const result = await harness.run({ items: items.map((json) => ({ json })), parameters });
	expect(result.error).toBeUndefined();
	expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual(paired(items.length));
	return harness.ryze.requests.map((request) => /** @type {any} */ (request[part]));
}

describe('parameters are read for each item', () => {
	it('by Send Text', async () => {
		const items = [
			{ to: '+55 (11) 99999-9999', text: ' spaces and\nlines stay ' },
			{ to: 5511888888888, text: 42 },
			{ to: '5511999999999:12@s.whatsapp.net', text: 'é 🎉', answers: notice },
		];
		const parameters = {
			operation: 'sendText',
			chat: '={{ $json.to }}',
			text: '={{ $json.text }}',
			options: { replyTo: '={{ $json.answers ?? "" }}' },
		};
		const common = { source: 'n8n' };
		expect(await asked(items, parameters, 'body')).toEqual([
			{ number: '5511999999999', message: ' spaces and\nlines stay ', ...common },
			{ number: '5511888888888', message: '42', ...common },
			{ number: '5511999999999@s.whatsapp.net', message: 'é 🎉', replyTo: notice, ...common },
		]);
		expect(harness.ryze.sent.map(({ message, replyTo }) => [message, replyTo])).toEqual([
			[' spaces and\nlines stay ', ''],
			['42', ''],
			['é 🎉', notice],
		]);
	});

	it('by Send Poll', async () => {
		const items = [
			{ ask: ' Which day? ', options: ['Mon', 'Tue'], many: 2 },
			{ ask: 'Come?', options: 'Yes\nNo', many: '1', answers: notice },
		];
		const parameters = {
			operation: 'sendPoll',
			chat: seeds.chats.group,
			question: '={{ $json.ask }}',
			pollOptions: '={{ $json.options }}',
			maxAnswers: '={{ $json.many }}',
			options: { replyTo: '={{ $json.answers ?? "" }}' },
		};
		const common = { number: seeds.chats.group, source: 'n8n' };
		expect(await asked(items, parameters, 'body')).toEqual([
			{ question: 'Which day?', options: ['Mon', 'Tue'], maxAnswer: 2, ...common },
			{ question: 'Come?', options: ['Yes', 'No'], maxAnswer: 1, replyTo: notice, ...common },
		]);
	});

	it('by Get, whatever is in the ID', async () => {
		const ids = [group, `  ${another}\n`, '12345', 'a b&c=d?é#/+%'];
		harness.ryze.addMessages('demo', ['12345', 'a b&c=d?é#/+%']);
		const parameters = { operation: 'get', messageId: '={{ $json.id }}' };
		const items = ids.map((id) => ({ id: id === '12345' ? 12345 : id }));
		expect(await asked(items, parameters, 'query')).toEqual(
			ids.map((id) => ({ messageId: id.trim() })),
		);
	});

	it('by Star, for messages', async () => {
		const items = [
			{ id: group, on: true },
			{ id: another, on: ' TRUE ' },
			{ id: group, on: 'false' },
		];
		const parameters = {
			operation: 'favorite',
			messageId: '={{ $json.id }}',
			favorite: '={{ $json.on }}',
		};
		expect(await asked(items, parameters, 'body')).toEqual([
			{ favorite: true, messageId: group },
			{ favorite: true, messageId: another },
			{ favorite: false, messageId: group },
		]);
		expect([...harness.ryze.favorites.keys()]).toEqual([`demo/${another}`]);
	});

	it.each(/** @type {const} */ (['favorite', 'pinChat']))('by %s, for chats', async (operation) => {
		const field = operation === 'favorite' ? 'favorite' : 'pin';
		const items = [
			{ chat: '5511999999999', on: true },
			{ chat: seeds.chats.group, on: 'true' },
			{ chat: '+55 11 99999-9999', on: false },
		];
		const parameters = {
			resource: 'chat',
			operation,
			chat: '={{ $json.chat }}',
			[field]: '={{ $json.on }}',
		};
		expect(await asked(items, parameters, 'body')).toEqual([
			{ [field]: true, number: '5511999999999' },
			{ [field]: true, number: seeds.chats.group },
			{ [field]: false, number: '5511999999999' },
		]);
		const { favorites, pinnedChats } = harness.ryze;
		const left = operation === 'favorite' ? favorites.keys() : pinnedChats;
		expect([...left]).toEqual([`demo/${seeds.chats.group}`]);
	});
});

describe('the options of Send Text', () => {
	/** @param {Record<string, unknown>} [options] */
	async function sentWith(options) {
		const parameters = {
			...operations['message/sendText'].parameters,
			...(options && { options }),
		};
		const { success, error } = await harness.run({ parameters });
		expect(error).toBeUndefined();
		expect(success).toHaveLength(1);
		return /** @type {any} */ (harness.ryze.requests[0].body);
	}
	const bare = operations['message/sendText'].request.body;

	it.each([
		['none', undefined],
		['those of every operation', { requestsAtOnce: 3, timeout: 5, maxWait: 10 }],
		['an empty Reply To', { replyTo: '' }],
		['spaces as Reply To', { replyTo: ' ' }],
		['expressions that give nothing', { linkPreview: '={{ null }}', delay: '={{ undefined }}' }],
	])('send nothing of their own for %s', async (_name, options) => {
		expect(await sentWith(options)).toEqual(bare);
	});

	it.each([
		[{ linkPreview: false }, { linkPreview: false }],
		[{ linkPreview: 'TRUE' }, { linkPreview: true }],
		[{ mentionAll: true }, { mentionAll: true }],
		[{ mentionAll: 'false' }, { mentionAll: false }],
		[{ replyTo: ` ${notice} ` }, { replyTo: notice }],
		[{ delay: 0 }, { delay: 0 }],
		[{ delay: '0.4' }, { delay: 0 }],
	])('send %j as %j', async (options, sent) => {
		expect(await sentWith(options)).toEqual({ ...bare, ...sent });
		expect(harness.ryze.sent).toMatchObject([sent]);
	});

	it.each([
		[{ delay: 601 }, "'Delay (Seconds)' must be a number from 0 to 600, but is 601"],
		[{ delay: -1 }, "'Delay (Seconds)' must be a number from 0 to 600, but is -1"],
		[{ linkPreview: 'maybe' }, '\'Link Preview\' must be true or false, but is "maybe"'],
		[{ mentionAll: 1 }, "'Mention All' must be true or false, but is 1"],
		[{ replyTo: '={{ { id: 1 } }}' }, "'Reply To' must be text, but is an object"],
	])('refuse %j before anything is sent', async (options, message) => {
		const parameters = { ...operations['message/sendText'].parameters, options };
		expect(await harness.failure({ parameters })).toMatchObject({
			message,
			reason: 'invalid-parameter',
		});
		expect(harness.ryze.requests).toEqual([]);
	});
});

describe('Mark as Read', () => {
	it('marks as unread as well, and can be repeated', async () => {
		const items = [true, 'false', ' FALSE '].map((read) => ({ json: { read } }));
		const { parameters } = operations['chat/markRead'];
		const { success } = await harness.run({
			items,
			parameters: { ...parameters, read: '={{ $json.read }}' },
		});
		expect(success.map(({ json }) => json.read)).toEqual([true, false, false]);
		expect([...harness.ryze.readChats]).toEqual([[`demo/${seeds.chats.group}`, false]]);
	});
});

describe('an unpin of a chat', () => {
	it('says so, and can be repeated', async () => {
		const parameters = { ...operations['chat/pinChat'].parameters, pin: false };
		const items = [{ json: {} }, { json: {} }];
		const { success } = await harness.run({ items, parameters });
		expect(success.map(({ json }) => json)).toEqual(
			items.map(() => expect.objectContaining({ pinned: false })),
		);
	});
});
