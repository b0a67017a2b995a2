const fc = require('fast-check');
const {
	readChat,
	readMessageId,
	readText,
} = require('../../../dist/nodes/Ryze/actions/parameters');
const { refusal } = require('../../support/refusal');
const { expectValidOrRefused } = require('../../support/validOrRefused');

/** @param {unknown} value */
const read = (value) => readChat('Recipient', value);

describe('a phone number', () => {
	it.each([
		'5511999999999',
		'+5511999999999',
		'+55 11 99999-9999',
		'+55 (11) 99999-9999',
		' 55.11.99999.9999\n',
		'55/11/999999999',
		'55\t11\u00a099999\u202f9999',
		5511999999999,
	])('is read from %j', (value) => {
		expect(read(value)).toBe('5511999999999');
	});

	it.each(['\u202a+55 11 99999-9999\u202c', '\u200e+55 11 99999-9999', '+55 11 99999\u20119999'])(
		'is read as it is copied out of WhatsApp or a web page: %j',
		(value) => {
			expect(read(value)).toBe('5511999999999');
		},
	);

	it('has from 7 to 15 digits, whatever stands between them', () => {
		const apart = fc.constantFrom('', ' ', '-', '.', '/', '(', ')', ' - ', '\u00a0');
		const digit = fc.integer({ min: 1, max: 9 }).map(String);
		fc.assert(
			fc.property(
				fc.array(fc.tuple(digit, apart), { minLength: 7, maxLength: 15 }),
				fc.constantFrom('', '+', ' +'),
				(parts, plus) => {
					const text = plus + parts.map(([one, gap]) => one + gap).join('');
					expect(read(text)).toBe(parts.map(([one]) => one).join(''));
				},
			),
		);
	});
});

describe('a phone number in a usual spelling', () => {
	it.each([
		['+44 (0)20 7946 0958', '442079460958'],
		['0055 11 99999 9999', '5511999999999'],
	])('%s is read as %s', (text, number) => expect(read(text)).toBe(number));

	it.each(['123456', '120363406289005073'])(
		'is refused with too few or too many digits: %s',
		(text) => {
			expect(refusal(() => read(text)).reason).toBe('invalid-parameter');
		},
	);
});

describe('the ID of a chat', () => {
	it.each([
		'5511999999999@s.whatsapp.net',
		'123456789012345@lid',
		'120363406289005073@g.us',
		'5511999999999-1612345678@g.us',
		'120363422585881117@newsletter',
		'status@broadcast',
	])('stays as it is: %s', (id) => {
		expect(read(id)).toBe(id);
		expect(read(` ${id}\n`)).toBe(id);
	});

	it.each([
		['5511999999999:12@s.whatsapp.net', '5511999999999@s.whatsapp.net'],
		['123456789012345:3@lid', '123456789012345@lid'],
	])('loses the device: %s', (given, id) => {
		expect(read(given)).toBe(id);
	});
});

describe('a value that names no chat', () => {
	it.each([
		[undefined, 'nothing'],
		[null, 'nothing'],
		[' \n', 'an empty text'],
		['1234', '"1234"'],
		['1'.repeat(21), `"${'1'.repeat(21)}"`],
		['my sister', '"my sister"'],
		['55119999x9999', '"55119999x9999"'],
		['5.511999999999e12', '"5.511999999999e12"'],
		['@g.us', '"@g.us"'],
		['120363406289005073@', '"120363406289005073@"'],
		['1 2@g.us', '"1 2@g.us"'],
		['1@2@g.us', '"1@2@g.us"'],
		[':12@s.whatsapp.net', '":12@s.whatsapp.net"'],
		[-5511999999999, '-5511999999999'],
		[55119.5, '55119.5'],
		[Number.MAX_SAFE_INTEGER + 1, '9007199254740992'],
		[true, 'true'],
		[['5511999999999'], 'a list'],
		[{ jid: '1@g.us' }, 'an object'],
	])('is refused: %j', (value, name) => {
		expect(refusal(() => read(value))).toEqual({
			message: `'Recipient' must be a phone number or the ID of a chat, but is ${name}`,
			description: expect.stringMatching(/^Give 'Recipient' .*country code.*'data\.chat\.jid'\.$/),
			reason: 'invalid-parameter',
			httpCode: null,
		});
	});

	it('is never accepted, whatever it is', () => {
		const near = fc
			.array(fc.constantFrom('5', '55119', '@', ':12', 'g.us', ' ', '+'), { maxLength: 5 })
			.map((parts) => parts.join(''));
		const isChat = (/** @type {unknown} */ chat) =>
			typeof chat === 'string' && /^(\d{5,20}|[^\s@]+@[^\s@]+)$/.test(chat);
		expectValidOrRefused('Recipient', read, isChat, near);
	});
});

describe('Text', () => {
	it.each([
		['Hello', 'Hello'],
		['  *Hi*\n\n', '  *Hi*\n\n'],
		['0', '0'],
		[0, '0'],
		[12.5, '12.5'],
	])('takes %j unchanged', (value, text) => {
		expect(readText('Text', value)).toBe(text);
	});

	it.each([
		[undefined, 'nothing'],
		[null, 'nothing'],
		['', 'an empty text'],
		[' \n\t\u00a0', 'an empty text'],
		[true, 'true'],
		[NaN, 'NaN'],
		[['Hello'], 'a list'],
		[{ text: 'Hello' }, 'an object'],
	])('refuses %p as %s', (value, name) => {
		expect(refusal(() => readText('Text', value))).toEqual({
			message: `'Text' is required, but is ${name}`,
			description: expect.stringMatching(/^Write a text into 'Text'\. .*input of this node/),
			reason: 'invalid-parameter',
			httpCode: null,
		});
	});

	it('is a text with something in it or refused, whatever is given', () => {
		const isText = (/** @type {unknown} */ text) => typeof text === 'string' && /\S/.test(text);
		expectValidOrRefused('Text', (value) => readText('Text', value), isText);
	});
});

describe('the ID of a quoted message', () => {
	it('is refused with the field name that the user sees', () => {
		expect(readMessageId(' 3EB0 ', 'Reply To')).toBe('3EB0');
		const { message } = refusal(() => readMessageId(null, 'Reply To'));
		expect(message).toBe("'Reply To' is required, but is nothing");
	});
});
