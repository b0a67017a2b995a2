const { startHarness } = require('../support/engine');
const { instanceData, liveWith } = require('../support/deliveries');
const { startTriggerHarness } = require('../support/triggerEngine');

/** @type {Awaited<ReturnType<typeof startTriggerHarness>>} */
let harness;

/** @type {Awaited<ReturnType<typeof startHarness>>} */
let node;

beforeAll(async () => {
	harness = await startTriggerHarness();
	node = await startHarness();
});
afterEach(() => {
	harness.reset();
	node.ryze.reset();
});
afterAll(async () => {
	await harness.stop();
	await node.ryze.stop();
});

/** @param {string} value @param {'list' | 'phone' | 'id'} [mode] */
const entry = (value, mode = 'phone') => ({ __rl: true, mode, value });

/**
 * Delivers one event to a trigger with these options.
 *
 * @param {Record<string, unknown>} options
 * @param {Record<string, unknown>} data
 * @returns {Promise<any>} its item, if it starts the workflow
 */
async function itemOf(options, data) {
	harness.reset();
	const trigger = await harness.listening({ parameters: { options } });
	await fetch(trigger.url, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			authorization: String(trigger.kept().secret),
		},
		body: JSON.stringify({
			...liveWith(data),
			instanceData: { ...instanceData, instance: 'demo' },
		}),
	});
	return harness.items()[0]?.[0];
}

/** @param {Record<string, unknown>} options @param {Record<string, unknown>} data */
const starts = async (options, data) => (await itemOf(options, data)) !== undefined;

describe('a person chosen by phone number', () => {
	it.each([
		['+55 31 98888-7777', '553188887777'],
		['+55 31 8888-7777', '5531988887777'],
		['5531988887777', '553188887777'],
		['https://wa.me/5531988887777', '553188887777'],
		['+52 55 1234 5678', '5215512345678'],
		['+52 1 55 1234 5678', '525512345678'],
		['+54 11 2345-6789', '5491123456789'],
		['+54 9 11 2345-6789', '541123456789'],
		['+54 11 15 2345-6789', '5491123456789'],
		['+229 01 97 12 34 56', '22997123456'],
	])('is met in the other spelling: %s as %s', async (chosen, digits) => {
		for (const jid of [`${digits}@s.whatsapp.net`, digits, `${digits}:7@s.whatsapp.net`]) {
			expect(await starts({ senders: [entry(chosen)] }, { sender: { jid } })).toBe(true);
		}
		const chat = { jid: `${digits}@s.whatsapp.net`, type: 'private' };
		expect(await starts({ chatIds: [entry(chosen)] }, { chat })).toBe(true);
	});

	it.each([
		['+55 31 98888-7777', '553188887778'],
		['+55 11 3333-4444', '5511933334444'],
		['+52 55 1234 5678', '5215512345679'],
		['+54 11 2345-6789', '5491123456780'],
	])('is nobody else: %s and %s', async (chosen, digits) => {
		const sender = { jid: `${digits}@s.whatsapp.net` };
		expect(await starts({ senders: [entry(chosen)] }, { sender })).toBe(false);
	});
});

describe('a contact chosen from the list', () => {
	const lid = '900000000000001@lid';
	const jid = '15550100001@s.whatsapp.net';

	/** @type {Array<[string, Record<string, unknown>, Record<string, unknown>]>} */
	const named = [
		['both IDs', { jid, lid }, { jid, lid }],
		['both IDs, the hidden one in bare digits', { jid, lid: '900000000000001' }, { jid, lid }],
		['the number only', { jid, lid }, { jid, lid: '' }],
		['the @lid only', { jid, lid }, { jid: '', lid }],
		['the @lid only, in bare digits', { jid, lid }, { lid: '900000000000001' }],
		['the @lid as jid', { jid, lid }, { jid: lid }],
		['a hosted device', { jid, lid }, { jid: '900000000000001:99@hosted.lid' }],
		['the @lid, and no other is known', { jid: lid, lid }, { jid: '', lid }],
		['the @lid, and no other is known, in digits', { jid: '900000000000001', lid }, { lid }],
	];
	it.each(named)('starts the workflow when an event has %s', async (_, contact, person) => {
		// One of its own, as a list is kept for a while.
		const { engine, ryze, credential } = await startHarness();
		ryze.setContacts('demo', [/** @type {any} */ ({ ...contact, full_name: 'Maria' })]);
		ryze.setGroups('demo', []);
		for (const method of ['searchContacts', 'searchChats']) {
			const { results } = await engine.search({ form: 'ryzeTrigger', method, credential });
			const [maria, ...others] = results.filter(({ name }) => name.startsWith('Maria'));
			expect(others).toEqual([]);
			const chosen = [entry(String(maria.value), 'list')];
			expect(await starts({ senders: chosen }, { sender: person })).toBe(true);
			const chat = { ...person, type: 'private' };
			expect(await starts({ chatIds: chosen }, { chat })).toBe(true);
			const other = { jid: '15550100002@s.whatsapp.net', lid: '900000000000002@lid' };
			expect(await starts({ senders: chosen }, { sender: other })).toBe(false);
		}
		await ryze.stop();
	});
});

describe('what the trigger outputs as chatId and senderId', () => {
	const hidden = '123456789012345@lid';
	/** @type {Array<[string, Record<string, unknown>, string]>} */
	const people = [
		['a hidden ID in digits', { lid: '123456789012345' }, hidden],
		['a hidden ID as a number', { lid: 123456789012345 }, hidden],
		['a hidden ID that looks like a JID', { lid: '123456789012345@s.whatsapp.net' }, hidden],
		['a hidden ID with a device', { lid: '123456789012345:8' }, hidden],
		['a hidden ID twice', { jid: '123456789012345', lid: '123456789012345' }, hidden],
		['a hosted device', { jid: '123456789012345:99@hosted.lid' }, hidden],
		['a number in digits', { jid: '5511900000001' }, '5511900000001@s.whatsapp.net'],
		// Nobody could type this number; but the message came from it.
		['a number nobody knows', { jid: '99912345678' }, '99912345678@s.whatsapp.net'],
		['a hosted number', { jid: '5511900000001:99@hosted' }, '5511900000001@s.whatsapp.net'],
	];
	it.each(people)('reaches whom it came from: %s', async (_, person, id) => {
		const item = await itemOf({}, { chat: { ...person, type: 'private' }, sender: person });
		expect(item).toMatchObject({ chatId: id, senderId: id });
		await node.run({
			items: [{ json: item }],
			parameters: {
				operation: 'sendText',
				chat: { __rl: true, mode: 'id', value: '={{ $json.chatId }}' },
				text: 'Hi',
			},
		});
		expect(node.ryze.sent).toMatchObject([{ number: id }]);
	});

	it.each([
		['a group', { jid: '120363406289005073', type: 'group' }, '120363406289005073@g.us'],
		[
			'a channel',
			{ jid: '120363422585881117', type: 'newsletter' },
			'120363422585881117@newsletter',
		],
	])('is the ID of %s, also in digits', async (_, chat, id) => {
		expect(await itemOf({}, { chat })).toMatchObject({ chatId: id });
	});
});

it("a reply to someone's broadcast list is refused, and the error says whom to reply to", async () => {
	const chat = { jid: '1700000000@broadcast', type: 'private' };
	const item = await itemOf({}, { chat, sender: { jid: '15550100001@s.whatsapp.net' } });
	const failure = await node.failure({
		parameters: { operation: 'sendText', chat: entry(item.chatId, 'id'), text: 'Hi' },
	});
	expect(failure.description).toMatch(/^This is the ID of a broadcast list\. .*'senderId'/);
	expect(node.ryze.requests).toEqual([]);
	await node.run({
		parameters: { operation: 'sendText', chat: entry(item.senderId, 'id'), text: 'Hi' },
	});
	expect(node.ryze.sent).toMatchObject([{ number: '15550100001@s.whatsapp.net' }]);
});

it('two spellings of one person are one chat, whose items keep their order', async () => {
	await node.run();
	node.ryze.reset();
	const chats = ['+55 31 98888-7777', '553188887777@s.whatsapp.net', '5531988887777'];
	node.ryze.setFault(() => ({ delayMs: 150 }));
	await node.run({
		items: chats.map((chat) => ({ json: { chat } })),
		parameters: {
			operation: 'sendText',
			chat: '={{ $json.chat }}',
			text: '={{ $itemIndex }}',
			options: { requestsAtOnce: 20 },
		},
	});
	const asked = node.ryze.requests.map(({ body, at }) => ({ at, .../** @type {any} */ (body) }));
	// What is sent stays as it was written.
	expect(asked.map(({ number }) => number)).toEqual([
		'5531988887777',
		'553188887777@s.whatsapp.net',
		'5531988887777',
	]);
	expect(asked[1].at - asked[0].at).toBeGreaterThanOrEqual(145);
	expect(asked[2].at - asked[1].at).toBeGreaterThanOrEqual(145);
});
