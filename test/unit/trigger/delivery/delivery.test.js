const { readDelivery } = require('../../../../build/nodes/Ryze/trigger/delivery/delivery');
const { TOKEN, catalog, live, liveWith, others } = require('../../../support/deliveries');

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

	it('says what the message said that it answers', () => {
		const reply = { message_id: '3EB0OLD', text: 'Hi' };
		expect(facts(liveWith({ reply })).repliedText).toBe('Hi');
	});

	it('of an unknown person in an unknown chat has no ID of either', () => {
		const body = { event: 'message.exchange', data: { id: 'A', message: { content: 'Hi' } } };
		expect(facts(body)).toMatchObject({ chatIds: [], senderIds: [] });
	});

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
		[{ jid: '1@newsletter.example' }, undefined],
		[{ jid: '1@broadcast.example' }, undefined],
		[{ jid: '5511999999999@s.whatsapp.net.example' }, undefined],
		[{ jid: '1@lid.example' }, undefined],
		[{ jid: '123456' }, undefined],
		[{ jid: '1234567890123456' }, undefined],
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
		[{ content: null, text: 'Hi' }, 'Hi'],
		[{ content: '', body: 'Hi' }, 'Hi'],
		[{ content: {}, Conversation: 'Hi' }, 'Hi'],
		[{ content: 'Hi', body: 'Hello' }, 'Hi'],
		[{ content: '', body: { text: 'Hi' } }, ''],
		[{ content: '', body: { text: 'Hi' }, text: 'Hello' }, 'Hello'],
		[{ content: '', body: ' ' }, ''],
		[{ content: '', somebody: 'Ann', bodyguard: 'Ann' }, ''],
		[{ content: '', edit: { text: 'Hi' } }, 'Hi'],
		[{ content: '', reaction: { text: '👍', emoji: '❤️' } }, '👍'],
	])('of %j has the text: %s', (message, text) => {
		expect(facts(liveWith({}, message)).text).toBe(text);
	});

	it.each([
		[{ interactive: { selectedButtonId: 'yes' } }, 'yes'],
		[{ content: 'Yes', interactive: { selectedButtonId: 'yes' } }, 'yes'],
		[{ button_response: { title: 'Yes', selected_button_id: 'yes' } }, 'yes'],
		[{ button_response: { title: 'Yes', selected_button_id: '' } }, 'Yes'],
		[{ buttonsResponse: { selectedButtonID: 'yes' } }, 'yes'],
		[{ template_button_reply: { selected_id: 'yes', selected_display_text: 'Yes' } }, 'yes'],
		[{ template_button_reply: { selectedDisplayText: 'Yes' } }, 'Yes'],
		[{ interactive: { button_reply: { id: 'yes', title: 'Yes' } } }, 'yes'],
		[{ list_response: { title: 'Row', single_select_reply: { option_name: 'row:1' } } }, 'row:1'],
		[{ list_response: { title: 'Row', single_select_reply: { option_name: null } } }, 'Row'],
		[{ list_response: { title: 'Row' } }, 'Row'],
		[{ interactive: { selectedReply: { selectedRowID: 'row:1' } } }, 'row:1'],
		[{ list_response: { singleSelectReply: { selectedRowId: 7 } } }, '7'],
		[{ listResponseMessage: { title: 'Row' } }, 'Row'],
		[{ interactive: { selectedRow: { id: 'row:1' } } }, 'row:1'],
		[{ interactive: { selectedButton: { id: 'yes', title: 'Yes' } } }, 'yes'],
		[{ interactive: { title: 'Choose', buttons: [{ id: 'yes' }] } }, ''],
		[{ interactive: [{ button_reply: { id: 'yes' } }] }, 'yes'],
		[{ button_response: { button_id: 'yes' } }, 'yes'],
		[{ button_response: { rowId: 'row:1', id: 'x' } }, 'row:1'],
		[{ button_response: { displayText: 'Yes' } }, 'Yes'],
		[{ button_response: { my_button_id: 'x', button_id_of: 'x' } }, ''],
		[{ button_response: { option_name_of: 'x', last_option_name: 'x' } }, ''],
		[{ button_response: { paid: 'x', idle: 'x' } }, ''],
		[{ button_response: { subtitle: 'x', title_of: 'x', my_display_text: 'x' } }, ''],
		[{ response_time: { id: 'x' }, responses: { id: 'x' }, response: { id: 'x' } }, ''],
		[{ unselected: { id: 'x' }, chosen: { selectedButtonId: 'x' } }, ''],
		[{ reply: { id: 'A', title: 'x' }, interactive: null }, ''],
	])('that is a tap has the text of what was tapped: %j is %j', (tap, text) => {
		const message = { type: 'buttons_response', content: '', ...tap };
		expect(facts(liveWith({}, message)).text).toBe(text);
		expect(facts(liveWith(tap, { type: 'list_response', content: {} })).text).toBe(text);
		const { id, message: nested } = catalog.data;
		const data = { id, message: { ...nested, content: {}, ...tap } };
		expect(facts({ ...catalog, data }).text).toBe(text);
	});

	it('has the emoji of a reaction for a text', () => {
		const reaction = { message_id: 'A', emoji: '👍' };
		expect(facts(liveWith({}, { type: 'reaction', content: null, reaction })).text).toBe('👍');
	});

	it.each([
		['  #pin ', '#pin'],
		['\u200f\u00a0#pin', '#pin'],
		['#\u2060p\u00adin\ufeff', '#pin'],
		['#\u200d\u200c\u200dpin', '#pin'],
		['#\ufe0fpin', '#pin'],
		['#pin\u00a024h', '#pin 24h'],
		['cafe\u0301', 'caf\u00e9'],
		['\u00e9\u200b\u00e9', '\u00e9\u00e9'],
		['\u00e9\u200dk', '\u00e9k'],
		['two  blanks\nand a line', 'two  blanks\nand a line'],
		['I \u2764\ufe0f #\ufe0f\u20e3', 'I \u2764\ufe0f #\ufe0f\u20e3'],
		['\u{1f469}\u200d\u{1f4bb}', '\u{1f469}\u200d\u{1f4bb}'],
		['\u0645\u06cc\u200c\u062e', '\u0645\u06cc\u200c\u062e'],
		['\u200b', undefined],
	])('shows its text without what nobody sees, and keeps it in its data: %j', (content, text) => {
		const { json } = read(liveWith({}, { content }));
		expect(json.text).toBe(text);
		expect(json.data).toMatchObject({ message: { content } });
	});

	it.each([{}, null, '', [], { jid: null, lid: '' }])(
		'reads the chat, the sender and the reply that stand in the message, beside %j',
		(empty) => {
			const { chat, sender } = live.data;
			const nested = { chat, sender, reply: { message_id: 'A' }, content: 'Hi' };
			const data = { id: 'B', chat: empty, sender: empty, reply: empty, message: nested };
			const swapped = {
				...nested,
				id: 'B',
				message: { chat: empty, sender: empty, reply: empty, content: empty },
			};
			for (const each of [data, swapped]) {
				expect(read({ event: 'message.exchange', data: each }).json).toMatchObject({
					chatId: chat.jid,
					senderId: sender.jid,
					repliedMessageId: 'A',
					text: 'Hi',
				});
				expect(facts({ event: 'message.exchange', data: each }).chatKind).toBe('group');
			}
		},
	);

	it('is read in long texts within a moment', () => {
		const before = process.cpuUsage().user;
		for (const sign of ['\u200d', ' ', '\u00a0', '\n', '\u2764\ufe0f', ' \n']) {
			const body = liveWith({}, { content: `${sign.repeat(60_000)}x` });
			read(body);
		}
		// Of the processor, whatever else the machine does.
		expect(process.cpuUsage().user - before).toBeLessThan(5e6);
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
		['a reaction with a key', { type: 'reaction', reaction: { key: 'A' } }, 'A'],
		['a reaction with a key of parts', { type: 'reaction', reaction: { key: { id: 'A' } } }, 'A'],
		[
			'a reaction with both IDs',
			{ type: 'reaction', reaction: { id: 'OWN', original_id: 'A' } },
			'A',
		],
		['a reaction as a reply', { type: 'reaction', reply: { message_id: 'A' } }, 'A'],
		['a reaction that names none', { type: 'reaction', reaction: { emoji: '👍' } }, undefined],
		['a reaction with its own ID', { type: 'reaction', reaction: { id: 'OWN' } }, undefined],
		['a reaction that is only a text', { type: 'reaction', reaction: '👍' }, undefined],
		['a reply', { type: 'text', reply: { message_id: 'A' } }, 'OWN'],
		['a pin', { type: 'pin', isEdit: true, edit: { original_id: 'A' } }, 'OWN'],
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

	it.each([
		['a word of Ryze', 'instance'],
		['a word with a dot', 'message.exchange'],
		['the name of a key', 'message_id'],
		['the number of the sender', '5511999999999'],
		['that number with a plus sign', '+5511999999999'],
		['the ID of the sender', '5511999999999@s.whatsapp.net'],
		['the ID of the chat', '120363406289005073@g.us'],
		['the ID of the message', '3EB0LIVE'],
	])('is removed under its name only when it is %s', (_what, token) => {
		const { json } = read(live);
		expect(read({ ...live, instanceData: { ...cleanInstance, token } }).json).toEqual(json);
	});

	it('leaves names and events as they are when another field is named after it', () => {
		const { json } = read(live);
		const instanceData = { ...live.instanceData, tokenType: 'instance' };
		expect(read({ ...live, instanceData }).json).toEqual(json);
	});

	/** @type {Array<[string, object]>} */
	const elsewhere = [
		['on top', { token: TOKEN }],
		['deep in what is on top', { meta: [{ auth: { 'X-Api-Key': TOKEN } }] }],
		['in data', liveWith({ token: TOKEN })],
		['deep in data', liveWith({ instance: [{ webhook: { authorization: `Bearer ${TOKEN}` } }] })],
		['in the message', liveWith({}, { apikey: TOKEN })],
	];
	it.each(elsewhere)(
		'is removed with its name, and masked elsewhere, when it stands %s',
		(_, more) => {
			const own = /** @type {any} */ (more).data ?? live.data;
			const data = { ...own, said: `It is ${TOKEN}` };
			const { json } = read({ ...live, instanceData: { instance: 'shop' }, ...more, data });
			expect(JSON.stringify(json)).not.toContain(TOKEN);
			expect(JSON.stringify(json)).not.toMatch(/"(token|apikey|X-Api-Key|authorization)"/);
			expect(json).toMatchObject({ messageId: '3EB0LIVE', data: { said: 'It is ***' } });
		},
	);

	it('is not looked for in what people have written', () => {
		const form = { flow_token: 'flow-1', password: 'of a form' };
		const body = liveWith({}, { content: { text: 'Hi' }, interactive: { response: form } });
		expect(read(body).json.data).toMatchObject({ message: { interactive: { response: form } } });
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
		['jwt', { jwt: TOKEN }],
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
			expect(JSON.stringify(json.instanceData)).not.toMatch(
				/token|key|secret|pass|auth|jwt|bearer/i,
			);
		},
	);

	it('is blotted out whole when another secret is a part of it', () => {
		const instanceData = { token: TOKEN, secret: `${TOKEN}-longer` };
		const body = { ...liveWith({}, { content: `${TOKEN}-longer` }), instanceData };
		expect(read(body).json).toMatchObject({ data: { message: { content: '***' } } });
	});
});
