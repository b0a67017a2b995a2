const { readDelivery } = require('../../../../build/nodes/Ryze/trigger/delivery/delivery');
const { passes } = require('../../../../build/nodes/Ryze/trigger/delivery/filters');
const { properties } = require('../../../../build/nodes/Ryze/trigger/properties');
const { catalog, live, liveWith, others } = require('../../../support/deliveries');

/** @typedef {import('../../../../build/nodes/Ryze/trigger/delivery/filters').Filters} Filters */

/** All that the trigger offers. @type {any[]} */
const offered = properties.find(({ name }) => name === 'events')?.options ?? [];
const EVENTS = offered.map(({ value }) => value);

/**
 * @param {unknown} body
 * @param {Filters} [filters]
 * @param {string[]} [events]
 */
function lets(body, filters = {}, events = ['message.exchange']) {
	const delivery = readDelivery(body);
	if (!delivery) throw new Error('This is no event');
	return passes(events, filters, delivery);
}

/** Lets through nothing that is not known. */
const strict = {
	direction: 'outgoing',
	chats: ['private'],
	ignoreSentByApi: true,
	text: 'x',
	textMatch: 'equals',
};

describe('the choice of events', () => {
	it.each([...EVENTS])('lets only the chosen event through: %s', (chosen) => {
		const through = [live, ...others].filter((body) => lets(body, {}, [chosen]));
		expect(through.map(({ event }) => event)).toEqual([chosen]);
	});

	it('lets nothing through when none is chosen', () => {
		expect([live, ...others].filter((body) => lets(body, {}, []))).toEqual([]);
	});

	it.each(others)(
		'lets a chosen event that is no message through without filtering it: $event',
		(body) => {
			expect(lets(body, strict, [body.event])).toBe(true);
		},
	);
});

describe('without filters', () => {
	it('every message comes through, even one without any fields', () => {
		const bare = { event: 'message.exchange', data: {} };
		expect([live, catalog, bare].map((body) => lets(body))).toEqual([true, true, true]);
		expect(lets(bare, { direction: 'both', chats: [], ignoreSentByApi: false, text: '' })).toBe(
			true,
		);
	});
});

/** @param {string} value */
const byId = (value) => ({ __rl: true, mode: 'id', value });

describe('Chats', () => {
	const { jid } = live.data.chat;

	it.each([
		[[byId(jid)]],
		[[byId('1@g.us'), byId(` ${jid} `)]],
		[byId(jid)],
		[[jid]],
		[`1@g.us, ${jid}`],
		[[byId(`1@g.us,${jid}`)]],
	])('let a message through in a chosen one: %j', (chatIds) => {
		expect(lets(live, { chatIds })).toBe(true);
	});

	it.each([
		[[byId('1@g.us')]],
		[[byId('')]],
		[[byId('Team')]],
		[''],
		[[null]],
		[[{}]],
		[[byId(/** @type {any} */ ([]))]],
		[[[]]],
	])('let no message through in another one, nor when what was chosen is none: %j', (chatIds) => {
		expect(lets(live, { chatIds })).toBe(false);
	});

	it.each([undefined, null, []])('have no effect when they are %j', (chatIds) => {
		expect(lets(live, { chatIds })).toBe(true);
	});

	it('know a private chat by phone number and by ID', () => {
		const chat = { jid: '5511999999999@s.whatsapp.net', lid: '123456789012345@lid' };
		const body = liveWith({ chat });
		for (const id of ['+55 11 99999-9999', '5511999999999@s.whatsapp.net', '123456789012345@lid']) {
			expect(lets(body, { chatIds: [byId(id)] })).toBe(true);
		}
		expect(lets(body, { chatIds: [byId('5511999999998')] })).toBe(false);
	});

	it('do not apply to status posts', () => {
		const post = liveWith({ chat: { jid: 'status@broadcast' } });
		expect(lets(post, { chatIds: [byId(jid)], alsoStartOn: ['statusPosts'] })).toBe(true);
	});
});

describe('Senders', () => {
	it.each([
		'5511999999999',
		'+55 11 99999-9999',
		'5511999999999@s.whatsapp.net',
		'123456789012345@lid',
	])('let a message through from a chosen one: %s', (id) => {
		expect(lets(live, { senders: [byId('5511888888888'), byId(id)] })).toBe(true);
	});

	it.each(['5511888888888', '', 'Contact', '120363406289005073@g.us'])(
		'let no message through from another one: %j',
		(id) => {
			expect(lets(live, { senders: [byId(id)] })).toBe(false);
		},
	);

	it('let no message through that does not say who sent it', () => {
		const body = liveWith({ sender: undefined });
		expect(lets(body, { senders: [byId('5511999999999')] })).toBe(false);
	});

	it('apply to status posts too', () => {
		const post = liveWith({ chat: { jid: 'status@broadcast' } });
		const alsoStartOn = ['statusPosts'];
		expect(lets(post, { senders: [byId('5511888888888')], alsoStartOn })).toBe(false);
		expect(lets(post, { senders: [byId('5511999999999')], alsoStartOn })).toBe(true);
	});
});

describe('Direction', () => {
	it.each([
		['both', true, true, true],
		['incoming', true, false, false],
		['outgoing', false, true, false],
	])('set to %s lets only those messages through', (direction, incoming, outgoing, unknown) => {
		expect(lets(live, { direction })).toBe(incoming);
		expect(lets(catalog, { direction })).toBe(outgoing);
		expect(lets(liveWith({ direction: undefined }), { direction })).toBe(unknown);
	});
});

describe('Chats', () => {
	const inPrivate = catalog;
	const inGroup = live;
	const inChannel = liveWith({ chat: { type: 'newsletter' } });
	const inUnknown = liveWith({ chat: { type: 'new' } });
	const inBroadcast = liveWith({ chat: { jid: '1@broadcast' } });

	/** @type {Array<[string[], unknown[]]>} */
	const cases = [
		[[], [inPrivate, inGroup, inChannel, inUnknown, inBroadcast]],
		[['private'], [inPrivate]],
		[['group'], [inGroup]],
		[['channel'], [inChannel]],
		[
			['private', 'group'],
			[inPrivate, inGroup],
		],
		[
			['private', 'group', 'channel'],
			[inPrivate, inGroup, inChannel],
		],
	];
	it.each(cases)('(%j) lets only messages in these kinds of chats through', (chats, through) => {
		const all = [inPrivate, inGroup, inChannel, inUnknown, inBroadcast];
		expect(all.filter((body) => lets(body, { chats }))).toEqual(through);
	});
});

describe('Also Start On', () => {
	const { id, message } = catalog.data;
	const status = { jid: 'status@broadcast', type: 'private' };
	/** @type {Array<[string, object[]]>} */
	const changes = [
		[
			'edits',
			[
				liveWith({}, { type: 'message_edit' }),
				liveWith({ isEdit: true }),
				liveWith({}, { isEdit: true }),
				{ ...catalog, data: { id, message: { ...message, type: 'message_edit' } } },
			],
		],
		[
			'deletions',
			[
				liveWith({}, { type: 'message_revoke' }),
				{ ...catalog, data: { id, message: { ...message, type: 'message_revoke' } } },
			],
		],
		[
			'reactions',
			[
				liveWith({}, { type: 'reaction' }),
				{ ...catalog, data: { id, message: { ...message, type: 'reaction' } } },
			],
		],
		[
			'statusPosts',
			[
				liveWith({ chat: status }),
				liveWith({ chat: 'status@broadcast' }),
				{ ...catalog, data: { id, message: { ...message, chat: status } } },
			],
		],
	];
	const all = changes.map(([change]) => change);

	it.each(changes)('lets %s through only where they are chosen', (change, bodies) => {
		for (const body of bodies) {
			expect(lets(body)).toBe(false);
			expect(lets(body, { alsoStartOn: [] })).toBe(false);
			expect(lets(body, { alsoStartOn: null })).toBe(false);
			expect(lets(body, { alsoStartOn: all.filter((each) => each !== change) })).toBe(false);
			expect(lets(body, { alsoStartOn: [change] })).toBe(true);
		}
	});

	it.each([false, 'false', null, undefined])(
		'is not asked about a message with isEdit %j, which is a new one',
		(isEdit) => expect(lets(liveWith({}, { isEdit }))).toBe(true),
	);

	/** @type {Array<[string, object]>} */
	const unread = [
		['of an unknown type', { type: 'unknown' }],
		['of no type', { type: null }],
		['of an unsupported type', { type: 'UNSUPPORTED' }],
		['that is a pin', { type: 'pin_in_chat_message', pin: { id: 'A' } }],
		['that is a pin with another name', { type: 'PinInChatMessage' }],
		['that is a pin with a third name', { type: 'pinned_message' }],
		['that is a text without a text', { type: 'text' }],
		['that could not be read yet', { type: 'undecryptable' }],
		[
			'with what WhatsApp puts beside a pin',
			{ type: 'unknown', messageContextInfo: { a: 1 }, key: { id: 'A' }, info: { id: 'A' } },
		],
		['that is a pin with a text', { type: 'pin', content: 'Ana pinned a message' }],
		['that is a pin marked as an edit', { type: 'unknown', isEdit: true }],
		[
			'with a pin in a part of it',
			{ type: 'unknown', last_pin: { id: 'A' }, chatPin: { id: 'A' } },
		],
		[
			'with a pin and a reply in it',
			{ type: 'unknown', pinInChat: { id: 'A' }, reply: { id: 'A' } },
		],
		['with parts that say nothing', { type: 'unknown', media: { url: '', fileSize: 0 }, poll: [] }],
		['with what stands beside a content', { type: '', context: { id: 'A' }, isForwarded: true }],
	];
	it.each(unread)('lets a message %s through only where Unknown Messages are chosen', (_, more) => {
		const body = liveWith({}, { content: '', media: null, ...more });
		expect(lets(body)).toBe(false);
		expect(lets(body, { alsoStartOn: ['edits', 'deletions', 'reactions'] })).toBe(false);
		expect(lets(body, { alsoStartOn: ['unknown'] })).toBe(true);
		expect(lets(guessedPin)).toBe(false);
	});

	it.each([
		...['pin', 'unpin', 'pinned', 'pin_message', 'pin_update', 'pinInChat', 'pin_in_chat'],
		...['message_pin', 'chat_pinned', 'unpin_chat', 'pinInChatUpdate'],
	])('lets a pin through only where Unknown Messages are chosen, whatever it says: %s', (type) => {
		const body = liveWith({}, { type, content: 'Ana pinned a message' });
		expect(lets(body)).toBe(false);
		expect(lets(body, { alsoStartOn: ['unknown'] })).toBe(true);
	});

	it.each(['pinterest', 'spin', 'opinion', 'pin_up', 'repin', 'pinned_chats'])(
		'is not asked about a message whose type is no pin: %s',
		(type) => expect(lets(liveWith({}, { type, content: 'Hello' }))).toBe(true),
	);

	it.each([
		...['', 'null', 'undefined', 'empty', 'unknown_kind', 'unsupported_message'],
		...['undecryptable', 'protocol_message', 'system', 'placeholder_message'],
	])('is asked about a message without content of the type %j', (type) => {
		expect(lets(liveWith({}, { type, content: '' }))).toBe(false);
	});

	it.each(['nullable', 'not_null', 'emptying', 'is_unknown', 'ecosystem', 'my_protocol'])(
		'is not asked about a message without content of the type %j',
		(type) => expect(lets(liveWith({}, { type, content: '' }))).toBe(true),
	);

	/** @type {object[]} */
	const read = [
		{ type: 'unknown', keyboard: { a: 1 } },
		{ type: 'unknown', monkey: { a: 1 } },
		{ type: 'unknown', spinner: { a: 1 } },
		{ type: 'text', isEdit: undefined, content: undefined, body: 'Hi' },
		{ type: 'location' },
		{ type: 'contact' },
		{ type: 'poll' },
		{ type: 'sticker' },
		{ type: 'shipping' },
		{ type: 'unknown', content: 'Hi' },
		{ type: 'unknown', content: { text: 'Hi' } },
		{ type: 'unknown', location: { latitude: 1 } },
		{ type: null, poll: { name: 'Lunch?' } },
		{ media: { type: 'ptt', base64: 'T2dnUw==' }, type: undefined },
		{ type: 'unknown', interactive: { selectedButtonId: 'a' } },
		{ type: undefined, list_response: { title: 'a' } },
		{ type: undefined, something: { new: 'kind' } },
		{ type: 'text', conversation: 'Hi' },
		{ type: 'text', selectedButtonId: 'yes' },
	];
	it.each(read)('is not asked about a message without a text that can be read: %j', (message) =>
		expect(lets(liveWith({}, { content: '', ...message }))).toBe(true),
	);

	it('lets a deleted status post through only where both are chosen', () => {
		const body = liveWith({ chat: status }, { type: 'message_revoke' });
		expect(lets(body, { alsoStartOn: ['statusPosts'] })).toBe(false);
		expect(lets(body, { alsoStartOn: ['deletions'] })).toBe(false);
		expect(lets(body, { alsoStartOn: ['deletions', 'statusPosts'] })).toBe(true);
	});

	it('lets chosen status posts through whatever kinds of chats are chosen', () => {
		const chats = ['group'];
		expect(lets(liveWith({ chat: status }), { chats, alsoStartOn: ['statusPosts'] })).toBe(true);
	});

	it('leaves the other filters in force', () => {
		const edit = liveWith({}, { type: 'message_edit', content: '', edit: { text: '#pin' } });
		expect(lets(edit, { alsoStartOn: ['edits'], text: '#pin' })).toBe(true);
		expect(lets(edit, { alsoStartOn: ['edits'], text: '#unpin' })).toBe(false);
		expect(lets(edit, { alsoStartOn: ['edits'], direction: 'outgoing' })).toBe(false);
	});
});

describe('Ignore Messages Sent by API', () => {
	it.each(['api', 'n8n', 'N8N', 'crm', '0'])('holds back a message with the label %j', (source) => {
		for (const body of [
			liveWith({ direction: 'outgoing' }, { source }),
			liveWith({ direction: 'outgoing', source }),
			{ ...catalog, data: { id: 'A', message: { ...catalog.data.message, source } } },
		]) {
			expect(lets(body, { ignoreSentByApi: true })).toBe(false);
			expect(lets(body, { ignoreSentByApi: false })).toBe(true);
			// Without the option as well: no workflow starts itself by mistake.
			expect(lets(body)).toBe(false);
		}
	});

	it('holds back a message that has a label and no direction', () => {
		expect(lets(liveWith({ direction: undefined }, { source: 'crm' }))).toBe(false);
	});

	it('lets a received message through, whatever its label', () => {
		const body = liveWith({ direction: 'incoming' }, { source: 'api' });
		expect(lets(body, { ignoreSentByApi: true })).toBe(true);
	});

	it.each([undefined, null, '', ' '])(
		'lets a message through that the phone sent: %j',
		(source) => {
			const body = liveWith({ direction: 'outgoing', source }, { source });
			expect(lets(body, { ignoreSentByApi: true })).toBe(true);
		},
	);
});

/** A live message whose members say nothing, as a pin may come. */
const guessedPin = {
	event: 'message.exchange',
	data: {
		id: '3EB0PIN',
		direction: 'incoming',
		timestamp: '2026-09-28T20:45:00-03:00',
		chat: { jid: '120363000000000001@g.us', name: 'Team', type: 'group' },
		sender: { jid: '5511999999999@s.whatsapp.net', lid: '100000000000001@lid', name: 'Ana' },
		recipient: null,
		message: { type: 'unknown', content: '', source: '', isEdit: false, edit: null, media: null },
	},
};

describe('A list that an expression has given another form', () => {
	/** @type {any[]} */
	const forms = [true, 1, {}, [], '', null];

	it.each(forms)('is empty, and raises no error: %j', (form) => {
		const revoked = liveWith({}, { type: 'message_revoke' });
		expect(lets(live, { alsoStartOn: form, chats: form })).toBe(true);
		expect(lets(revoked, { alsoStartOn: form })).toBe(false);
	});

	it('may be a single value', () => {
		const revoked = liveWith({}, { type: 'message_revoke' });
		/** @type {any} */
		const one = { alsoStartOn: 'deletions', chats: 'group' };
		expect(lets(revoked, one)).toBe(true);
		expect(lets(live, { ...one, chats: 'private' })).toBe(false);
	});
});

describe('Text', () => {
	const said = liveWith({}, { content: '  #Pin this,\nÄnne ' });

	it.each([
		['contains', 'pin THIS', true],
		['contains', 'änne', true],
		['contains', ' #pin ', true],
		['contains', 'unpin', false],
		['startsWith', '#PIN', true],
		['startsWith', 'pin', false],
		['equals', ' #pin this,\nänne', true],
		['equals', '#pin', false],
		[undefined, 'this', true],
		[undefined, 'that', false],
	])('(%s %j) lets the message through: %s', (textMatch, text, through) => {
		expect(lets(said, { text, ...(textMatch && { textMatch }) })).toBe(through);
	});

	it.each(['contains', 'startsWith', 'equals'])(
		'that is blank lets every message through: %s',
		(textMatch) => {
			expect(lets(said, { textMatch, text: ' ' })).toBe(true);
			expect(lets(said, { textMatch })).toBe(true);
			const picture = liveWith({}, { type: 'image', content: '' });
			expect(lets(picture, { textMatch })).toBe(true);
			expect(lets(picture, { textMatch, text: 'x' })).toBe(false);
		},
	);

	it.each([
		['a no-break space in front', '\u00a0#pin', '#pin'],
		['a mark of the direction', '\u200f#pin', '#pin'],
		['isolates', '\u2068#pin\u2069', '#pin'],
		['a word joiner', '#\u2060pin', '#pin'],
		['a zero-width space', '#p\u200bin', '#pin'],
		['joiners', '#\u200d\u200c\u200dpin', '#pin'],
		['a byte order mark inside', '#\ufeffpin', '#pin'],
		['a soft hyphen', '#p\u00adin', '#pin'],
		['a capital I of Turkish', '#P\u0130N', '#pin'],
		['a capital I with its dot apart', '#PI\u0307N', '#pin'],
		['a small i of Turkish', '#p\u0131n', '#PIN'],
		['a variation selector', '#\ufe0fpin', '#pin'],
		['a control character', '\u0000#pin', '#pin'],
		['a Braille blank', '\u2800#pin', '#pin'],
		['other and more spaces', '#pin \u2009\u3000 now', '#pin now'],
		['spaces around a line break', '#pin \r\n now', '#pin\nnow'],
		['a decomposed accent', 'Cafe\u0301', 'caf\u00e9'],
		['another case', 'STRASSE', 'Stra\u00dfe'],
		[
			'a final sigma',
			'\u039f\u0394\u039f\u03a3',
			'\u03bf\u03b4\u03cc\u03c2'.replace('\u03cc', '\u03bf'),
		],
		['an emoji of several', '\u{1f469}\u200d\u{1f4bb} works', '\u{1f469}\u200d\u{1f4bb} works'],
		['a heart with or without its selector', '\u2764\ufe0f', '\u2764'],
	])('sees no difference in %s', (_what, content, text) => {
		for (const [one, other] of [
			[content, text],
			[text, content],
		]) {
			for (const textMatch of ['equals', 'startsWith', 'contains']) {
				expect(lets(liveWith({}, { content: one }), { text: other, textMatch })).toBe(true);
			}
		}
	});

	it.each([
		['#pin', '#unpin'],
		['caf\u00e9', 'cafe'],
		['#pin now', '#pinnow'],
		['#pin\nnow', '#pin now'],
	])('sees the difference of %j and %j', (content, text) => {
		expect(lets(liveWith({}, { content }), { text, textMatch: 'equals' })).toBe(false);
	});

	it('that nobody sees lets every message through', () =>
		expect(lets(said, { textMatch: 'equals', text: '\u200b\u00a0' })).toBe(true));

	it('is also compared with the caption of a picture, in either layout', () => {
		const picture = liveWith({}, { content: '', media: { caption: 'Look: #pin' } });
		expect(lets(picture, { text: '#pin' })).toBe(true);
		expect(lets(catalog, { text: 'hi!', textMatch: 'equals' })).toBe(true);
	});
});

it('a filter whose expression returns nothing is ignored', () => {
	const nothing = { direction: null, chats: null, text: null, textMatch: null };
	expect(lets(live, /** @type {any} */ ({ ...nothing, ignoreSentByApi: null }))).toBe(true);
});

describe('several filters', () => {
	const own = { direction: 'outgoing', chat: { type: 'private' } };
	const wanted = liveWith(own, { content: 'X' });

	it('let a message through that passes all of them', () =>
		expect(lets(wanted, strict)).toBe(true));

	it.each([
		['direction', liveWith({ ...own, direction: 'incoming' }, { content: 'x' })],
		['chats', liveWith({ ...own, chat: { type: 'group' } }, { content: 'x' })],
		['source', liveWith(own, { content: 'x', source: 'api' })],
		['text', liveWith(own, { content: 'y' })],
	])('hold back a message that fails one of them: %s', (_, body) =>
		expect(lets(body, strict)).toBe(false),
	);
});
