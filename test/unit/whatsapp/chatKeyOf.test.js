const fc = require('fast-check');
const { parsePhoneNumberFromString } = require('libphonenumber-js/max');
const { chatKeyOf, knownIdsOf } = require('../../../build/nodes/Ryze/whatsapp/chatId');

/** @param {string[]} ids */
const keys = (...ids) => new Set(ids.map(chatKeyOf)).size;

describe('One person', () => {
	it.each([
		[
			'a device',
			'5511999999999',
			'5511999999999@s.whatsapp.net',
			'5511999999999:12@s.whatsapp.net',
		],
		['a hosted device', '5511999999999', '5511999999999:99@hosted', '5511999999999@hosted'],
		['a device of a hidden person', '123@lid', '123:4@lid', '123:99@hosted.lid', '123@hosted.lid'],
		['Brazil', '5531988887777', '553188887777', '553188887777@s.whatsapp.net'],
		['Brazil, an old 7', '5548977776666', '554877776666'],
		['Brazil, an old 6', '5511966665555', '551166665555'],
		['Mexico', '525512345678', '5215512345678@s.whatsapp.net'],
		['Buenos Aires', '5491123456789', '541123456789', '54111523456789', '549111523456789'],
		['San Juan', '5492644472542', '542644472542', '54264154472542'],
		['Ushuaia', '5492901123456', '542901123456', '54290115123456'],
		['Benin', '2290197123456', '22997123456'],
	])('has one key, however they are spelled: %s', (_, ...ids) => expect(keys(...ids)).toBe(1));
});

describe('Two people', () => {
	it.each([
		['the last digit', '5531988887777', '553188887778'],
		['the area code', '5531988887777', '553288887777'],
		['a landline and a mobile number of Brazil', '551133334444', '5511933334444'],
		['Brazil and another country', '5531988887777', '531988887777'],
		['Mexico and the United States', '525512345678', '15512345678'],
		['an area code of Argentina that has 15 in it', '543715123456', '5437156'],
		['a hidden person and a phone number of the same digits', '5511999999999', '5511999999999@lid'],
		['a person and what is no person', '553188887777', '553188887777@s.whatsapp.net.example'],
		['a person and a group of the same digits', '5511999999999', '5511999999999@g.us'],
		['a person and a channel of the same digits', '5511999999999', '5511999999999@newsletter'],
		['Mexico, a number that begins with 1', '5211512345678', '521512345678'],
		['Brazil, an area code with a 0', '551088887777', '5510988887777'],
		['Brazil, a landline that begins with 5', '551155554444', '5511955554444'],
		['Benin, a number that begins with 1', '22917123456', '2290117123456'],
		['Argentina, an area code that begins with 4', '5494101234567', '544101234567'],
		['old numbers of Ivory Coast and new ones', '22507123456', '2250107123456', '2250507123456'],
	])('have two keys: %s', (_, ...ids) => expect(keys(...ids)).toBe(ids.length));

	it.each([
		'553188887777',
		'5215512345678',
		'5491123456789',
		'54111523456789',
		'54264154472542',
		'54290115123456',
		'22997123456',
	])('have two keys when one has a digit more than %s', (digits) => {
		expect(chatKeyOf(digits)).not.toBe(digits);
		for (const longer of [`1${digits}`, `${digits}0`]) expect(chatKeyOf(longer)).toBe(longer);
	});

	/** Numbers as WhatsApp and people write them, mostly of the countries with two spellings. */
	const number = fc
		.tuple(
			fc.constantFrom('55', '52', '521', '54', '549', '229', '22901', '1', '44', '225'),
			fc.stringMatching(/^[1-9]\d{7,11}$/),
		)
		.map(([code, rest]) => (code + rest).slice(0, 15));

	it('have no key in common that libphonenumber takes for two valid numbers', () => {
		fc.assert(
			fc.property(number, (digits) => {
				const key = chatKeyOf(digits);
				const [one, other] = [digits, key].map((each) => parsePhoneNumberFromString(`+${each}`));
				if (key === digits || !one?.isValid() || !other?.isValid()) return;
				// Only the mark of a mobile number may differ: 9 in Argentina and Brazil.
				const plain = [one, other].map((each) => each.number.slice(1).replace(/^(54)9/, '$1'));
				expect(plain[0] === plain[1] || /^55..[67]\d{7}$/.test(plain[0])).toBe(true);
			}),
			{ numRuns: 5000 },
		);
	});

	it('have keys that are keys of themselves, and no country changes', () => {
		fc.assert(
			fc.property(number, (digits) => {
				const key = chatKeyOf(digits);
				expect(chatKeyOf(key)).toBe(key);
				expect(key.slice(0, 2)).toBe(digits.slice(0, 2));
				expect(key.slice(-6)).toBe(digits.slice(-6));
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('The IDs that Ryze gives', () => {
	it.each([
		[['5511900000001'], ['5511900000001@s.whatsapp.net']],
		[['5511900000001@S.WhatsApp.net'], ['5511900000001@s.whatsapp.net']],
		[['5511900000001', undefined, 'User'], ['5511900000001@s.whatsapp.net']],
		[['900000000000001', '900000000000001@LID'], ['900000000000001@lid']],
		[['', '900000000000001@S.WHATSAPP.NET'], ['900000000000001@lid']],
		[['1700000000', undefined, 'broadcast'], ['1700000000@broadcast']],
		[['status'], ['status@broadcast']],
		[['status', undefined, 'Status'], ['status@broadcast']],
		[['1700000000', undefined, 'Newsletter'], ['1700000000@newsletter']],
		// Of a kind that nobody knows; nothing that could be dialled.
		[['1700000000', undefined, 'list'], ['1700000000@list']],
		[[5511900000001], ['5511900000001@s.whatsapp.net']],
		// Such a number cannot exist, but the message came from it.
		[['99912345678'], ['99912345678@s.whatsapp.net']],
		[
			['5511900000001:3@s.whatsapp.net', '12:3@lid'],
			['5511900000001@s.whatsapp.net', '12@lid'],
		],
		[
			['5511900000001@hosted', '12@hosted.lid'],
			['5511900000001@s.whatsapp.net', '12@lid'],
		],
		[['', '123456789012345'], ['123456789012345@lid']],
		[[undefined, 123456789012345], ['123456789012345@lid']],
		[[null, '123456789012345@s.whatsapp.net'], ['123456789012345@lid']],
		[[null, '123456789012345:7'], ['123456789012345@lid']],
		[['123456789012345', '123456789012345'], ['123456789012345@lid']],
		[['123456789012345@s.whatsapp.net', '123456789012345@lid'], ['123456789012345@lid']],
		[['123456789012345@lid', '123456789012345@lid'], ['123456789012345@lid']],
		[['120363406289005073', '', 'group'], ['120363406289005073@g.us']],
		[['5511999999999-1612345678'], ['5511999999999-1612345678@g.us']],
		[['120363422585881117', null, 'newsletter'], ['120363422585881117@newsletter']],
		[['120363406289005073'], ['120363406289005073']],
		[['status@broadcast'], ['status@broadcast']],
		[['something'], ['something']],
		[
			[' 5511900000001 ', ' 12@lid\n'],
			['5511900000001@s.whatsapp.net', '12@lid'],
		],
		[
			['\u200e5511900000001', '\u200e12@lid'],
			['5511900000001@s.whatsapp.net', '12@lid'],
		],
		[['123456'], ['123456']],
		[['1234567'], ['1234567@s.whatsapp.net']],
		[['123456789012345'], ['123456789012345@s.whatsapp.net']],
		[['1234567890123456'], ['1234567890123456']],
		[['120363422585881117', null, 'channel'], ['120363422585881117@newsletter']],
		[['5511999999999-1612345678', null, 'group'], ['5511999999999-1612345678@g.us']],
		[['x1', null, 'group'], ['x1']],
		[['1x', null, 'group'], ['1x']],
		[['5511900000001.12:3@s.whatsapp.net'], ['5511900000001@s.whatsapp.net']],
		[['12:3@lid.example'], ['12:3@lid.example']],
		[['5511900000001:12'], ['5511900000001@s.whatsapp.net']],
		[['5511900000001.0:12', null, 'private'], ['5511900000001@s.whatsapp.net']],
		[['100000000000001:12', '100000000000001@lid'], ['100000000000001@lid']],
		[['5511900000001:12', null, 'group'], ['5511900000001:12']],
		[[null, '12.34:56@lid'], ['12@lid']],
		[[null, '12@hosted'], ['12@lid']],
		[[null, '12@hosted.lid'], ['12@lid']],
		[[null, 'x12@lid'], ['x12@lid']],
		[[null, '12@lid.example'], ['12@lid.example']],
		[[true, false], []],
		[[{}, []], []],
	])('are completed: %j', (given, ids) => {
		const [jid, lid, type] = given;
		expect(knownIdsOf(jid, lid, type)).toEqual(ids);
	});
});
