const { readDelivery } = require('../../../dist/nodes/Ryze/trigger/delivery');
const { TOKEN, catalog, live, liveWith, others } = require('../../support/deliveries');

/** @param {unknown} body */
const read = (body) =>
	/** @type {NonNullable<ReturnType<typeof readDelivery>>} */ (readDelivery(body));

/** @param {unknown} body */
const facts = (body) => read(body).message;

const cleanInstance = { baseUrl: 'https://ryzeapi.cloud', instance: 'shop' };

describe('a message', () => {
	it('in the live layout becomes an item with what is known on top and without the token', () => {
		expect(read(live)).toEqual({
			event: 'message.exchange',
			instance: 'shop',
			data: live.data,
			json: {
				messageId: '3EB0LIVE',
				chatId: '120363406289005073@g.us',
				senderId: '5511999999999@s.whatsapp.net',
				text: 'Hello',
				messageType: 'text',
				event: 'message.exchange',
				data: live.data,
				instanceData: cleanInstance,
			},
			message: {
				id: '3EB0LIVE',
				changes: [],
				direction: 'incoming',
				chatKind: 'group',
				chatIds: ['120363406289005073@g.us'],
				senderIds: ['5511999999999@s.whatsapp.net', '123456789012345@lid'],
				type: 'text',
				text: 'Hello',
			},
		});
		expect(Object.keys(read(live).json)[0]).toBe('messageId');
	});

	it("in the docs' layout becomes the same", () => {
		const { json, message } = read(catalog);
		expect(json).toEqual({
			messageId: '3EB0DOCS',
			chatId: '5511999999999@s.whatsapp.net',
			senderId: '5511888888888@s.whatsapp.net',
			text: 'Hi!',
			messageType: 'text',
			...catalog,
			instanceData: cleanInstance,
		});
		expect(message).toEqual({
			id: '3EB0DOCS',
			changes: [],
			direction: 'outgoing',
			chatKind: 'private',
			chatIds: ['5511999999999@s.whatsapp.net'],
			senderIds: ['5511888888888@s.whatsapp.net'],
			type: 'text',
			text: 'Hi!',
		});
	});

	it.each([
		['on top of its data', { reply: { message_id: '3EB0OLD', text: 'Hi' } }, {}],
		['inside the message', {}, { reply: { message_id: '3EB0OLD', text: 'Hi' } }],
	])('names the message that it answers, found %s', (_, data, message) => {
		const { json } = read(liveWith(data, message));
		expect(json).toMatchObject({ messageId: '3EB0LIVE', repliedMessageId: '3EB0OLD' });
	});

	it.each([{}, { reply: null }, { reply: 'x' }, { reply: { message_id: '' } }])(
		'answers none when its data has %j',
		(data) => expect(read(liveWith(data)).json).not.toHaveProperty('repliedMessageId'),
	);

	it('names the person, not the device that was used', () => {
		const sender = { jid: '5511999999999:12@s.whatsapp.net' };
		expect(read(liveWith({ sender })).json.senderId).toBe('5511999999999@s.whatsapp.net');
		const lid = { lid: '123456789012345:3@lid' };
		expect(read(liveWith({ sender: lid })).json.senderId).toBe('123456789012345@lid');
	});

	it.each([
		[{ id: 'A', message: { id: 'B' } }, 'A'],
		[{ message: { id: 'B' } }, 'B'],
		[{ id: '', message: { id: 'B' } }, 'B'],
		[{ id: null, message: { id: 7 } }, '7'],
		[{ id: 12345 }, '12345'],
		[{ id: 0 }, '0'],
	])('has its ID as text, found in %j', (data, id) => {
		expect(read({ event: 'message.exchange', data }).json.messageId).toBe(id);
	});

	it.each([{}, { id: '' }, { id: {} }, { message: 'B' }, { message: [{ id: 'B' }] }])(
		'has no messageId when its data is %j',
		(data) =>
			expect(read({ event: 'message.exchange', data }).json).not.toHaveProperty('messageId'),
	);

	it('has its own ID on top, even if the body has another messageId', () => {
		expect(read({ ...live, messageId: 'other', more: 1 }).json).toMatchObject({
			messageId: '3EB0LIVE',
			more: 1,
		});
	});

	it.each([
		[{ jid: 'x', type: 'private' }, 'private'],
		[{ jid: 'x', type: 'group' }, 'group'],
		[{ jid: 'x', type: 'newsletter' }, 'channel'],
		[{ jid: 'x', type: 'channel' }, 'channel'],
		[{ jid: '1@g.us', type: 'new kind' }, 'group'],
		[{ jid: '1@newsletter' }, 'channel'],
		[{ jid: 'status@broadcast' }, 'broadcast'],
		[{ jid: '5511999999999' }, 'private'],
		[{ jid: 5511999999999 }, 'private'],
		[{ jid: '5511999999999:12@s.whatsapp.net' }, 'private'],
		[{ lid: '123456789012345@lid' }, 'private'],
		[{ jid: '', lid: '1@lid' }, 'private'],
		[{ jid: '1@g.us.example' }, undefined],
		[{ type: 'constructor' }, undefined],
		[{ type: { toString: 1 } }, undefined],
		[{}, undefined],
		['5511', undefined],
	])('in the chat %j is of the kind %s', (chat, kind) => {
		expect(facts(liveWith({ chat })).chatKind).toBe(kind);
		const { id, message } = catalog.data;
		expect(facts({ ...catalog, data: { id, message: { ...message, chat } } }).chatKind).toBe(kind);
	});

	it.each([
		[{ content: 'Hi' }, 'Hi'],
		[{ content: { text: 'Hi' } }, 'Hi'],
		[{ content: '', media: { caption: 'Look' } }, 'Look'],
		[{ content: {}, media: { caption: 'Look' } }, 'Look'],
		[{ content: 42 }, '42'],
		[{ content: undefined, media: [] }, ''],
		[{ content: null }, ''],
	])('of %j has the text: %s', (message, text) => {
		expect(facts(liveWith({}, message)).text).toBe(text);
	});

	it('has the program that sent it, in either layout', () => {
		expect(facts(liveWith({}, { source: 'api' })).source).toBe('api');
		expect(facts(liveWith({ source: 'crm' })).source).toBe('crm');
		expect(facts(liveWith({ source: 'x' }, { source: 'api' })).source).toBe('api');
	});
});

describe('the message ID on top', () => {
	/** @type {Array<[string, object, string | undefined]>} */
	const rows = [
		['an edit', { type: 'message_edit', edit: { original_id: 'A', text: 'x' } }, 'A'],
		['an edit that names none', { type: 'message_edit' }, 'OWN'],
		['a deletion', { type: 'message_revoke' }, 'OWN'],
		['a reaction', { type: 'reaction', reaction: { message_id: 'A' } }, 'A'],
		['a reaction, spelled otherwise', { type: 'reaction', reaction: { messageId: 'A' } }, 'A'],
		[
			'a reaction with both IDs',
			{ type: 'reaction', reaction: { id: 'OWN', original_id: 'A' } },
			'A',
		],
		['a reaction as a reply', { type: 'reaction', reply: { message_id: 'A' } }, 'A'],
		['a reaction that names none', { type: 'reaction', reaction: { emoji: '👍' } }, undefined],
		['a reaction that is only a text', { type: 'reaction', reaction: '👍' }, undefined],
		['a reply', { type: 'text', reply: { message_id: 'A' } }, 'OWN'],
	];
	it.each(rows)('is that of the message meant, for %s', (_name, message, id) => {
		const data = { ...live.data, id: 'OWN', message };
		const nested = { id: 'OWN', message: { id: 'OWN', ...message } };
		const { type, ...beside } = /** @type {any} */ (message);
		const flat = { id: 'OWN', message: { type }, ...beside };
		for (const each of [data, nested, flat]) {
			const { json } = read({ event: 'message.exchange', data: each });
			expect(json.messageId).toBe(id);
			expect(/** @type {any} */ (json.data).id).toBe('OWN');
		}
	});
});

describe('another event', () => {
	it.each(others)('becomes an item without messageId: $event', (body) => {
		const { event, data, json } = read(body);
		expect([event, data]).toEqual([body.event, body.data]);
		expect(json).toEqual({ ...body, instanceData: cleanInstance });
	});

	it('may lack instanceData, and may have unknown fields', () => {
		expect(read({ event: 'new.event', data: {}, more: [1] }).json).toEqual({
			event: 'new.event',
			data: {},
			more: [1],
		});
	});
});

describe('a body that is no event', () => {
	it.each([
		undefined,
		null,
		'text',
		[],
		[live],
		{},
		{ event: 'message.exchange' },
		{ event: 'message.exchange', data: null },
		{ event: 'message.exchange', data: [] },
		{ event: 'message.exchange', data: 'x' },
		{ event: '', data: {} },
		{ event: 5, data: {} },
		{ data: {} },
	])('is refused: %j', (body) => expect(readDelivery(body)).toBeUndefined());
});

describe('the token', () => {
	it('is removed wherever it appears', () => {
		const body = {
			...liveWith({ raw: [{ auth: `Bearer ${TOKEN}` }] }, { content: TOKEN }),
			also: TOKEN,
		};
		expect(read(body).json).toMatchObject({
			data: { raw: [{ auth: 'Bearer ***' }], message: { content: '***' } },
			also: '***',
		});
	});

	it('is removed from keys as well', () => {
		const text = JSON.stringify(read(liveWith({ [TOKEN]: { [`x${TOKEN}`]: 1 } })).json);
		expect(text).not.toContain(TOKEN);
	});

	it('is not removed when it is too short to be one', () => {
		const body = { ...live, instanceData: { token: 'o' } };
		expect(read(body).json).toEqual({ ...read(live).json, instanceData: {} });
	});

	/** @type {Array<[string, object]>} */
	const namedLikeSecrets = [
		['Token', { Token: TOKEN }],
		['APIKEY', { APIKEY: TOKEN }],
		['api_key beside an empty token', { token: '', api_key: TOKEN }],
		['client-secret', { 'client-secret': TOKEN }],
		['password', { password: TOKEN }],
		['Authorization', { Authorization: TOKEN }],
		['instanceToken in an object', { account: { instanceToken: TOKEN } }],
		['token that is an object', { token: { value: TOKEN, list: [TOKEN] } }],
	];
	it.each(namedLikeSecrets)(
		'is removed with its name and blotted out elsewhere when instanceData holds %s',
		(_name, secrets) => {
			const body = { ...liveWith({}, { content: `It is ${TOKEN}` }) };
			const { json } = read({ ...body, instanceData: { instance: 'shop', ...secrets } });
			expect(JSON.stringify(json)).not.toContain(TOKEN);
			expect(json).toMatchObject({ data: { message: { content: 'It is ***' } } });
			expect(json.instanceData).toMatchObject({ instance: 'shop' });
			expect(JSON.stringify(json.instanceData)).not.toMatch(/token|key|secret|password|auth/i);
		},
	);

	it('is blotted out whole when another secret is a part of it', () => {
		const instanceData = { token: TOKEN, secret: `${TOKEN}-longer` };
		const body = { ...liveWith({}, { content: `${TOKEN}-longer` }), instanceData };
		expect(read(body).json).toMatchObject({ data: { message: { content: '***' } } });
	});
});
