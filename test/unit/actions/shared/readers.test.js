const fc = require('fast-check');
const parameters = require('../../../../build/nodes/Ryze/actions/shared/readers');
const { shown } = require('../../../../build/nodes/Ryze/errors/text');
const { anyValue } = require('../../../support/anyValue');
const { refusal } = require('../../../support/refusal');
const { expectValidOrRefused } = require('../../../support/validOrRefused');

const { isGiven, readChoice, readMessageId, readNumber, readBoolean, readText } = parameters;

/** @type {Array<[unknown, string]>} */
const nothings = [
	[undefined, 'empty'],
	[null, 'empty'],
	['', 'empty'],
	[' \n\t', 'empty'],
	[{ pin: true }, 'an object'],
	[['true'], 'a list'],
	[[], 'a list'],
];

describe('a switch', () => {
	const readPin = (/** @type {unknown} */ value) => readBoolean('Pin', value);

	it.each([true, 'true', ' True ', 'TRUE\n'])('is on when it is %j', (value) => {
		expect(readPin(value)).toBe(true);
	});

	it.each([false, 'false', ' False ', 'FALSE\n'])('is off when it is %j', (value) => {
		expect(readPin(value)).toBe(false);
	});

	it.each([
		...nothings,
		[1, '1'],
		[0, '0'],
		['yes', '"yes"'],
		['1', '"1"'],
		['falsey', '"falsey"'],
		['true false', '"true false"'],
		[new Date(0), 'an object'],
	])('refuses %j as %s', (value, name) => {
		expect(refusal(() => readPin(value))).toEqual({
			message: `'Pin' must be true or false, but is ${name}`,
			description: "Turn 'Pin' on or off, or make its expression return true (on) or false (off).",
			reason: 'invalid-parameter',
			httpCode: null,
		});
	});

	it('refuses objects that turn into the text true', () => {
		expect(refusal(() => readPin(Object(true))).reason).toBe('invalid-parameter');
		expect(refusal(() => readPin({ toString: () => 'true' })).reason).toBe('invalid-parameter');
	});

	it('is read or refused, whatever is given', () => {
		expectValidOrRefused('Pin', readPin, (result) => typeof result === 'boolean');
	});

	it('is never on unless it is true or a text that says so', () => {
		const textNearTrue = fc.mixedCase(fc.constantFrom('true', 'false', 'on', 'tru', 'truee'));
		fc.assert(
			fc.property(fc.oneof(anyValue, textNearTrue), (value) => {
				let pins = false;
				try {
					pins = readPin(value);
				} catch {}
				const isTrue = typeof value === 'string' && /^\s*true\s*$/i.test(value);
				expect(pins).toBe(value === true || isTrue);
			}),
		);
	});
});

describe('Message ID', () => {
	it.each([
		['3EB0C767D097B7C7A54F', '3EB0C767D097B7C7A54F'],
		[' \t3EB0C7\r\n', '3EB0C7'],
		['a/b c?"<>', 'a/b c?"<>'],
		['0', '0'],
		['null', 'null'],
		[12345, '12345'],
		[0, '0'],
	])('takes %j as %j', (value, id) => {
		expect(readMessageId(value)).toBe(id);
	});

	it.each([...nothings, [true, 'true'], [NaN, 'NaN'], [Infinity, 'Infinity'], [7n, '7']])(
		'refuses %p as %s and says where to find it',
		(value, name) => {
			expect(refusal(() => readMessageId(value))).toEqual({
				message:
					name === 'empty'
						? "'Message ID' is required, but is empty"
						: `'Message ID' must be text, but is ${name}`,
				description: expect.stringMatching(
					/Ryze WhatsApp Trigger and the send operations output the ID as 'messageId'/,
				),
				reason: 'invalid-parameter',
				httpCode: null,
			});
		},
	);

	it('is read as text with no spaces around or refused, whatever is given', () => {
		const isId = (/** @type {unknown} */ id) =>
			typeof id === 'string' && id !== '' && id === id.trim();
		expectValidOrRefused('Message ID', readMessageId, isId);
	});
});

describe('a choice', () => {
	const DURATIONS = /** @type {const} */ (['24h', '7d', '30d']);
	/** @param {unknown} value */
	const readDuration = (value) => readChoice('Duration', value, DURATIONS);

	it.each([
		['24h', '24h'],
		['7d', '7d'],
		['30d', '30d'],
		[' 24H\n', '24h'],
		['7D', '7d'],
	])('takes %j as %s', (value, duration) => {
		expect(readDuration(value)).toBe(duration);
	});

	it.each([...nothings, ['1h', '"1h"'], ['7 d', '"7 d"'], [7, '7'], [['7d'], 'a list']])(
		'refuses %j as %s',
		(value, name) => {
			expect(refusal(() => readDuration(value))).toEqual({
				message: `'Duration' must be 24h, 7d or 30d, but is ${name}`,
				description: expect.stringContaining('24h, 7d or 30d'),
				reason: 'invalid-parameter',
				httpCode: null,
			});
		},
	);

	it('is one of the list or refused, whatever is given', () => {
		const known = /** @type {readonly unknown[]} */ (DURATIONS);
		expectValidOrRefused('Duration', readDuration, (result) => known.includes(result));
	});
});

describe('a number', () => {
	const read = (/** @type {unknown} */ value) => readNumber('Answers', value, 1, 20);

	it.each([
		[1, 1],
		[20, 20],
		[2.5, 2.5],
		['7', 7],
		[' 7 ', 7],
	])('takes %j as %d', (value, number) => {
		expect(read(value)).toBe(number);
	});

	it.each([...nothings, [0.99, '0.99'], [20.01, '20.01'], [NaN, 'NaN'], [true, 'true']])(
		'refuses %p as %s',
		(value, name) => {
			expect(refusal(() => read(value))).toEqual({
				message: `'Answers' must be a number from 1 to 20, but is ${name}`,
				description: expect.stringMatching(
					/^Set 'Answers' to a number from 1 to 20\. (?!.*options)/,
				),
				reason: 'invalid-parameter',
				httpCode: null,
			});
		},
	);

	it.each(['', ' \n'])('is not 0 when it is the blank text %j', (text) => {
		expect(refusal(() => readNumber('Delay', text, 0, 20)).message).toContain('but is empty');
	});

	it.each(['21', '0', '7 s', 'Infinity', '1,5'])('refuses the text %j', (text) => {
		expect(refusal(() => read(text)).message).toContain(`but is "${text}"`);
	});

	it('is in range or refused, whatever is given', () => {
		const inRange = (/** @type {unknown} */ result) =>
			typeof result === 'number' && result >= 1 && result <= 20;
		expectValidOrRefused('Answers', read, inRange);
	});
});

describe('an option', () => {
	it.each([undefined, null, ''])('is not given when its expression returns %j', (value) => {
		expect(isGiven(value)).toBe(false);
	});

	it.each([0, false, ' ', NaN, []])('is given when it is %j', (value) => {
		expect(isGiven(value)).toBe(true);
	});
});

describe('a value shown to the user', () => {
	it('is cut when it is long', () => {
		expect(shown('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`);
		expect(shown('x'.repeat(61))).toBe(`"${'x'.repeat(60)}…"`);
	});
});

describe('Text', () => {
	it.each([
		['Hello', 'Hello'],
		['  *Hi*\n\n', '  *Hi*\n\n'],
		['0', '0'],
		[0, '0'],
		[12.5, '12.5'],
	])('takes %j just as it is', (value, text) => {
		expect(readText('Text', value)).toBe(text);
	});

	it.each([
		[undefined, 'empty'],
		[null, 'empty'],
		['', 'empty'],
		[' \n\t\u00a0', 'empty'],
		[true, 'true'],
		[NaN, 'NaN'],
		[['Hello'], 'a list'],
		[{ text: 'Hello' }, 'an object'],
	])('refuses %p as %s', (value, name) => {
		expect(refusal(() => readText('Text', value))).toEqual({
			message:
				name === 'empty'
					? "'Text' is required, but is empty"
					: `'Text' must be text, but is ${name}`,
			description: expect.stringMatching(/^Fill in 'Text'\. .*input panel/),
			reason: 'invalid-parameter',
			httpCode: null,
		});
	});

	it('refuses a number that JavaScript has rounded', () => {
		expect(refusal(() => readText('Text', 551199999999999999)).message).toContain(
			"'Text' is a number with too many digits",
		);
	});

	it('is a text with something in it or refused, whatever is given', () => {
		const isText = (/** @type {unknown} */ text) => typeof text === 'string' && /\S/.test(text);
		expectValidOrRefused('Text', (value) => readText('Text', value), isText);
	});
});

describe('the ID of another message', () => {
	it('is refused by the name that the user sees', () => {
		expect(readMessageId(' 3EB0 ', 'Reply To')).toBe('3EB0');
		const { message } = refusal(() => readMessageId(null, 'Reply To'));
		expect(message).toBe("'Reply To' is required, but is empty");
	});
});
