const fc = require('fast-check');
const { readChat } = require('../../../../build/nodes/Ryze/actions/shared/readChat');
const { RyzeError } = require('../../../../build/nodes/Ryze/errors/RyzeError');
const { anyValue } = require('../../../support/anyValue');
const { refusal } = require('../../../support/refusal');
const { expectValidOrRefused } = require('../../../support/validOrRefused');

/** @param {unknown} value */
const read = (value) => readChat('Chat', value);

/** @param {unknown} value @returns {string | undefined} */
function readOrNothing(value) {
	try {
		return read(value);
	} catch (error) {
		if (!(error instanceof RyzeError)) throw error;
		return undefined;
	}
}

describe('A phone number', () => {
	it.each([
		'5511999999999',
		' 5511999999999\n',
		'\u202a5511999999999\u202c',
		'+5511999999999',
		'+55 11 99999-9999',
		'+55 11 99999 - 9999',
		'+55 11 9 9999-9999',
		'+55 (11) 99999-9999',
		'(+55) 11 99999-9999',
		'+(55) 11 99999-9999',
		' +55.11.99999.9999\n',
		'+55 11 99999.9999',
		'+55 11/999999999',
		'+55\t11\u00a099999\u202f9999',
		'0055 11 99999 9999',
		'005511999999999',
		5511999999999,
		// What JavaScript makes of a number with .0 is exactly that number.
		5511999999999.0,
	])('is read from %j', (value) => {
		expect(read(value)).toBe('5511999999999');
	});

	it.each([
		'\u202a+55 11 99999-9999\u202c',
		'\u200e+55 11 99999-9999',
		'+55 11 99999\u20119999',
		'+55 11 99999\u22129999',
	])('is read as it is copied out of WhatsApp or a web page: %j', (value) => {
		expect(read(value)).toBe('5511999999999');
	});

	it.each([
		['+44 (0)20 7946 0958', '442079460958'],
		['+49 (0) 171 1234567', '491711234567'],
		['00491711234567', '491711234567'],
		['+33.6.12.34.56.78', '33612345678'],
		['+1 (415) 555-2671', '14155552671'],
		['+49 30 123456-78', '493012345678'],
		['+49/171/1234567', '491711234567'],
		['+49 (0)171/1234567', '491711234567'],
		['+1-415-555-2671', '14155552671'],
		['+1.4155552671', '14155552671'],
		['+351.912.345.678', '351912345678'],
		['+229 01 97 12 34 56', '2290197123456'],
		['+49(30)123456', '4930123456'],
		['(+49)30123456', '4930123456'],
		['+49  30  123456', '4930123456'],
		['+49 30. 123456', '4930123456'],
		['+49 30 .123456', '4930123456'],
		['+49 30 1234.567', '49301234567'],
		['+49 30 12.0456', '4930120456'],
		['+49 30.12.000', '493012000'],
		['+49171123.45.67', '491711234567'],
		['+49 171.123456.78', '4917112345678'],
		['+49301234/5678', '493012345678'],
		['+49 (0) 171/1234567', '491711234567'],
		['+49 30 12/34/5678', '493012345678'],
		// Not judged by its country.
		['+1 41 55 55 26 71 12', '1415555267112'],
		['+2024 12 310', '202412310'],
		['+491711000000', '491711000000'],
		['+55 (11) 99000-0000', '5511990000000'],
		['https://wa.me/491711000000', '491711000000'],
		['+1234567', '1234567'],
		['+123456789012345', '123456789012345'],
	])('is read as people write it: %s', (text, number) => expect(read(text)).toBe(number));

	it('has from 7 to 15 digits, in any groups', () => {
		const group = fc.stringMatching(/^[1-9]{2,4}$/);
		fc.assert(
			fc.property(
				fc.array(group, { minLength: 1, maxLength: 8 }),
				fc.constantFrom(' ', '-', ' - ', '\u00a0', '.', '/'),
				(groups, gap) => {
					const digits = groups.join('');
					const extension =
						gap === '/' && groups.length > 1 && groups[groups.length - 1].length <= 3;
					const valid = digits.length >= 7 && digits.length <= 15 && !extension;
					expect(readOrNothing(`+${groups.join(gap)}`)).toBe(valid ? digits : undefined);
				},
			),
		);
	});
});

describe('Digits without a plus sign', () => {
	it.each([
		['Brazil', '5511999999999'],
		['Brazil, as WhatsApp writes many numbers', '553188887777'],
		['Brazil, a landline', '551133334444'],
		['Mexico', '525512345678'],
		['Mexico, as WhatsApp writes many numbers', '5215512345678'],
		['Argentina', '541123456789'],
		['Argentina, as WhatsApp writes mobile numbers', '5491123456789'],
		['Benin', '2290197123456'],
		['Benin before 2024', '22997123456'],
		['Ivory Coast before 2021', '22507123456'],
		['Italy, with its zero', '390612345678'],
		['the United States', '14155552671'],
		['the United States, as a number of JavaScript', 14155552671],
		['Germany', '4915112345678'],
		['Egypt, which begins like a year', '201012345678'],
		['Egypt, which begins like a date', '201012312345'],
		['Germany, with a date in it', '492024011510'],
		['Russia', '79161234567'],
		['an exchange that is not assigned yet', '15550100001'],
	])('are read where such a number can exist: %s', (_, value) => {
		expect(read(value)).toBe(String(value));
	});

	it.each([
		['no such country code', '999123456789'],
		['too few digits for its country', '551199999999'.slice(0, 10)],
		['too many digits for its country', '55119999999991'],
		['the 0 of home behind the country code', '4901711234567'],
		['Sao Paulo without 55', '11999999999'],
		['the United States without 1', '4155550100'],
		['an area code with a 9 in the middle', '12995552671'],
		['an area code that is an emergency number', '19115552671'],
		['an area code that begins with 1', '11995552671'],
		['a date and three more digits', '20240115001'],
		['00 and no number that exists', '00411234567'],
		['a padded date', '0015012024'],
		['a date', '20240115'],
		['a date', 20240115],
		['a date', '15012024'],
		['a date', '27012024'],
		['a date', '31122024'],
		['a date and an hour', '2024011510'],
		['a date and a time', '202401151030'],
		['a date and a time', '20240115103000'],
		['a date and an hour', '2013101112'],
		['a date and an hour', '2013010512'],
		['a date and an hour', '2013013112'],
		['what a spreadsheet has shortened', 5.51199e12],
		['what a spreadsheet has shortened', '491711000000'],
		['what a spreadsheet has shortened', '00491711000000'],
		['seconds since 1970', '1700000000'],
		['milliseconds since 1970', 1700000000000],
	])('are refused: %s (%s)', (_, value) => expect(readOrNothing(value)).toBeUndefined());

	it.each([
		'55 11 99999-9999',
		'55-11-99999-9999',
		'(55) 11 99999 9999',
		'55.11.99999.9999',
		'11 99999-9999',
		'415-555-0100',
		'2024 - 01 - 15',
		'2024-01-15 10',
		'2024-01-15 10:30',
		'10:30',
		'1.234.567,89',
		'5511999999999-5511888888888',
		'5511999999990-99',
		'551199999 9999',
	])('are refused with anything between them: %s', (value) => {
		expect(readOrNothing(value)).toBeUndefined();
	});
});

describe('A plus sign', () => {
	it.each([
		['decimals', '+5511999999999.10'],
		['decimals', '+5511999999999.100'],
		['decimals', '+55 11 999999999.10'],
		['decimals', '+5511999999999,10'],
		['decimals', '+49171 12345.678'],
		['decimals', '+49171123.45678'],
		['decimals', '+49 30 1234567.0001'],
		['decimals', '+49 30 1234.00'],
		['a date', '+25.12.2025'],
		['a date', '00 25/12/2025'],
		['a date', '+12-25-2025'],
		['a date', '+10 2 1999'],
		['two numbers', '+49301234567/8901'],
		['two numbers', '+49 (0) 30 1234/5678'],
		['two numbers', '+43 (1) 23456/7890'],
		['two numbers', '+1 212 555 1234/5678'],
		['two numbers', '+49 30 123456/654321'],
		['two numbers', '+5511999999999 +5511888888888'],
		['two numbers', '+5511999999999,+5511888888888'],
		['two numbers', '+5511999999999-5511888888888'],
		['a range', '+1 212 555 1234-1240'],
		['a range', '+1 415 555 0100 - 02'],
		['a range', '+5511999999990-99'],
		['a range', '+55 11 99999-9990 / 99'],
		['a range', '+55 11 99999-9990 to 99'],
		['an extension', '+4721 234567 89'],
		['an extension', '+4721 234567 8'],
		['an extension', '+12125551234 89'],
		['an extension', '+1 (415) 555-2671 12'],
		['an extension', '+1 (415) 555-2671 ext. 12'],
		['an extension', '+1 415 555 2671;ext=12'],
		['a date', '+2024-01-15'],
		['a date', '+2024 1 15'],
		['a date', '+2024 12 3'],
		['a date', '+2024 12 31'],
		['an IP address', '+192.168.0.1'],
		['a time', '+10:30:00'],
		['a price', '+10.000.000,00'],
		['a leading zero', '+0171 1234567'],
		['a leading zero', '+ 049 171 1234567'],
	])('does not make a phone number of %s: %s', (_, value) => {
		expect(readOrNothing(value)).toBeUndefined();
	});

	it('takes no time, whatever stands behind it', () => {
		const before = process.cpuUsage().user;
		for (const part of ['1', ' ', '1 ', '1.', '(1)', '-', '1/']) {
			for (const start of ['+', '00', '']) {
				expect(readOrNothing(start + part.repeat(100_000))).toBeUndefined();
			}
		}
		// Of the processor, whatever else the machine does. A pattern that goes back takes far longer.
		expect(process.cpuUsage().user - before).toBeLessThan(5e6);
	});
});

describe('A link to a chat', () => {
	it.each([
		'https://wa.me/5511999999999',
		'http://wa.me/5511999999999/',
		'wa.me/5511999999999',
		'https://www.wa.me/5511999999999',
		'https://wa.me/+5511999999999',
		'https://wa.me/5511999999999?text=Hi%20there&x=1#y',
		'https://api.whatsapp.com/send?phone=5511999999999',
		'api.whatsapp.com/send?phone=5511999999999#x',
		'https://api.whatsapp.com/send/?text=a%26b&phone=%2B55%2011%2099999-9999&type=x',
		'https://web.whatsapp.com/send?phone=+5511999999999&text',
		'whatsapp://send?phone=5511999999999',
		'WHATSAPP://send/?phone=5511999999999',
		' \u200bhttps://WA.me/5511999999999\n',
	])('names its number: %s', (link) => expect(read(link)).toBe('5511999999999'));

	it.each([
		['https://chat.whatsapp.com/AbCdEf', /^An invite link .* ends in @g\.us/],
		['chat.whatsapp.com/AbCdEf?mode=x', /^An invite link/],
		['https://wa.me/message/ABCDEF', /^This link does not name one phone number\./],
		['https://wa.me/qr/ABCDEF', /^This link/],
		['https://wa.me/c/5511999999999', /^This link/],
		['https://wa.me/', /^This link/],
		['https://wa.me/01711234567', /^This link/],
		['https://wa.me/5511999999999,5511888888888', /^This link/],
		['https://api.whatsapp.com/send?text=5511999999999', /^This link/],
		['https://api.whatsapp.com/send?phone=5511999999999&phone=5511888888888', /^This link/],
		['https://whatsapp.com/channel/0029Va', /^This link/],
		['https://wa.me.example/5511999999999', /^Choose/],
		['https://example.com/wa.me/5511999999999', /^Choose/],
		['Write to https://wa.me/5511999999999', /^Choose/],
		['Write to https://api.whatsapp.com/send?phone=5511999999999', /^Choose/],
	])('is refused when it names another thing: %s', (link, description) => {
		expect(refusal(() => read(link)).description).toMatch(description);
	});
});

describe('The ID of a chat', () => {
	it.each([
		'5511999999999@s.whatsapp.net',
		'123456789012345@lid',
		'120363406289005073@g.us',
		'5511999999999-1612345678@g.us',
		'120363422585881117@newsletter',
	])('stays as it is: %s', (id) => {
		expect(read(id)).toBe(id);
		expect(read(` ${id}\n`)).toBe(id);
		expect(read(`\u200b${id}`)).toBe(id);
	});

	it.each([
		['5511999999999:12@s.whatsapp.net', '5511999999999@s.whatsapp.net'],
		['5511999999999.0:12@s.whatsapp.net', '5511999999999@s.whatsapp.net'],
		['123456789012345:3@lid', '123456789012345@lid'],
		['5511999999999:99@hosted', '5511999999999@s.whatsapp.net'],
		['5511999999999@hosted', '5511999999999@s.whatsapp.net'],
		['123456789012345:99@hosted.lid', '123456789012345@lid'],
		['123456789012345@hosted.lid', '123456789012345@lid'],
	])('loses the device: %s', (given, id) => {
		expect(read(given)).toBe(id);
	});
});

describe('What was chosen in the field', () => {
	it.each([
		['list', '120363406289005073@g.us', '120363406289005073@g.us'],
		['phone', '+55 11 99999-9999', '5511999999999'],
		['id', '123456789012345@lid', '123456789012345@lid'],
		['phone', '123456789012345@lid', '123456789012345@lid'],
	])('is read in the mode %s', (mode, value, id) => {
		expect(read({ __rl: true, mode, value })).toBe(id);
	});

	it('is the number where the list of the trigger has given both IDs of a contact', () => {
		const value = '15550100001@s.whatsapp.net,900000000000001@lid';
		expect(read({ __rl: true, mode: 'list', value })).toBe('15550100001@s.whatsapp.net');
		// Typed or joined by an expression, these can be two people.
		for (const given of [value, { __rl: true, mode: 'id', value }]) {
			expect(refusal(() => read(given)).description).toMatch(/^These are several IDs\./);
		}
		const two = '15550100001@s.whatsapp.net,15550100002@s.whatsapp.net';
		expect(refusal(() => read({ __rl: true, mode: 'list', value: two })).description).toMatch(
			/^These are several IDs\./,
		);
	});

	it.each(['list', 'phone', 'id'])('is refused when nothing was, in the mode %s', (mode) => {
		expect(refusal(() => read({ __rl: true, mode, value: '' })).message).toBe(
			"'Chat' is required, but is empty",
		);
	});
});

describe('Anything else', () => {
	it.each([
		[undefined, 'empty'],
		[null, 'empty'],
		[' \n', 'empty'],
		['1234', '"1234"'],
		['123456', '"123456"'],
		['120363406289005073', '"120363406289005073"'],
		['1'.repeat(21), `"${'1'.repeat(21)}"`],
		['my sister', '"my sister"'],
		['55119999x9999', '"55119999x9999"'],
		['@g.us', '"@g.us"'],
		['120363406289005073@', '"120363406289005073@"'],
		['1 2@g.us', '"1 2@g.us"'],
		['1@2@g.us', '"1@2@g.us"'],
		[':12@s.whatsapp.net', '":12@s.whatsapp.net"'],
		['+5511999999999@s.whatsapp.net', '"+5511999999999@s.whatsapp.net"'],
		['tel:+5511999999999', '"tel:+5511999999999"'],
		['-5511999999999', '"-5511999999999"'],
		["'5511999999999", '"\'5511999999999"'],
		[-5511999999999, '-5511999999999'],
		[55119.5, '55119.5'],
		[Number.MAX_SAFE_INTEGER + 1, '9007199254740992'],
		[true, 'true'],
		[['5511999999999'], 'a list'],
		[{ jid: '1@g.us' }, 'an object'],
	])('is refused: %j', (value, name) => {
		expect(refusal(() => read(value))).toEqual({
			message:
				name === 'empty'
					? "'Chat' is required, but is empty"
					: `'Chat' must be a phone number or the ID of a chat, but is ${name}`,
			description: expect.stringMatching(/^Choose 'Chat' .*country code.*'chatId'\.$/),
			reason: 'invalid-parameter',
			httpCode: null,
		});
	});

	it.each([
		[
			'the number of a spreadsheet',
			'5511999999999.0',
			/^A spreadsheet has turned it into a decimal number/,
		],
		['the number of a spreadsheet', '15551234567.00', /^A spreadsheet/],
		['the number of a European spreadsheet', '5511999999999,0', /^A spreadsheet/],
		['that number after a plus sign', '+5511999999999.0', /^A spreadsheet/],
		['that number after a plus sign', '+15551234567.00', /^A spreadsheet/],
		['that number after a plus sign', '+5511999999999.000', /^A spreadsheet/],
		['a number of all its digits', '5.511999999999e12', /^A spreadsheet may have rounded/],
		['the same in digits', '491711000000', /rounded .* with a plus sign\./],
		['the same as a spreadsheet shows it', '5.51199E+12', /^A spreadsheet may have rounded/],
		['the same in Europe', '+5,51199e+12', /^A spreadsheet may have rounded/],
		['a number without its country code', '01711234567', /^A number that starts with 0/],
		['a number without its country code', '0171 1234567', /^A number that starts with 0/],
		['a number with an exit code', '011 49 171 1234567', /^A number that starts with 0/],
		['a trunk prefix in parentheses', '+55 (011) 99999-9999', /^Choose 'Chat'/],
		['a number that begins with its area code', '(415) 555-2671', /^Choose 'Chat'/],
		['an extension', '+1 555 123 4567 x89', /^Choose 'Chat'/],
		['an extension', '+1 555 123 4567/8', /^Choose 'Chat'/],
		['an extension', '+1 555 123 4567/89', /^Choose 'Chat'/],
		['an extension', '+49 30 123456 / 789', /^Choose 'Chat'/],
		['a date', '12/11/2026', /^Choose 'Chat'/],
		['a date', '12-11-2026', /^Choose 'Chat'/],
		['a date', '2026-11-24', /^Choose 'Chat'/],
		['a date', '11 12 2026', /^Choose 'Chat'/],
		['an IP address', '192.168.0.1', /^Choose 'Chat'/],
		['an amount', '10.000.000', /^Choose 'Chat'/],
		['an email address', 'joe@example.com', /^This looks like an email address\. Choose/],
		['two numbers', '5511999999999;5511888888888', /^Choose 'Chat'/],
		['two numbers', '1234567\n7654321', /^Choose 'Chat'/],
		['digits of another script', '５５１１９９９９９９９９９', /^Choose 'Chat'/],
		['a person in another gateway', '15550100001@c.us', /write \+15550100001 or 15550100001@s/],
		['a person in another gateway', '+15550100001@c.us', /write \+15550100001 or 15550100001@s/],
		['a person in another gateway', '15550100001:2@C.US', /write \+15550100001 or 15550100001@s/],
		['a person in another gateway', '15550100001:12@c.us', /write \+15550100001 or 15550100001@s/],
		['an email address that ends like an ID', 'x15550100001@c.us', /^This looks like an email/],
		['an email address that begins like an ID', '1@g.us.com', /^This looks like an email/],
		[
			'an email address that begins like an ID',
			'joe@s.whatsapp.net.br',
			/^This looks like an email/,
		],
		[
			'an email address that begins like an ID',
			'status@broadcast.com',
			/^This looks like an email/,
		],
		['an email address with 200 characters', `${'x'.repeat(188)}@example.com`, /^This looks like/],
		['a longer text', `${'x'.repeat(189)}@example.com`, /^Choose 'Chat'/],
		['several IDs', '1@g.us ; 2@g.us', /^These are several IDs/],
		['a broadcast list', 'mystatus@broadcast', /^This is the ID of a broadcast list/],
		['a broadcast list', '1612345678@broadcast', /^This is the ID of a broadcast list.*'senderId'/],
		['everyone who reads status posts', 'status@broadcast', /^'status@broadcast' stands for/],
	])('is refused, and it says what to write: %s (%s)', (_, value, description) => {
		const failure = refusal(() => read(value));
		expect(failure.message).toContain(`but is "${value.replace('\n', ' ').slice(0, 60)}`);
		expect(failure.description).toMatch(description);
		expect(failure.description).toMatch(/country code, such as 5511999999999/);
	});

	it('is refused as a number like as a text', () => {
		expect(refusal(() => read(491711000000)).description).toMatch(
			/^A spreadsheet may have rounded/,
		);
	});
});

it('A hint does not depend on the spaces around a value', () => {
	expect(refusal(() => read(' joe@example.com\n')).description).toMatch(
		/^This looks like an email/,
	);
});

describe('Whatever is given', () => {
	const near = fc
		.array(
			fc.constantFrom('5', '55119', '0', '.0', '@', ':12', 'g.us', ' ', '+', '-', '/', '(0)', '.'),
			{ maxLength: 8 },
		)
		.map((parts) => parts.join(''));

	it('becomes digits, an ID or a refusal', () => {
		const isChat = (/** @type {unknown} */ chat) =>
			typeof chat === 'string' && /^([1-9]\d{6,14}|[\d-]+@[a-z.]+)$/.test(chat);
		expectValidOrRefused('Chat', read, isChat, near);
	});

	it('never sends a digit that was not written, nor leaves one out', () => {
		const written = fc.oneof(
			near,
			fc.double({ noNaN: true }),
			fc.integer({ min: -(2 ** 53), max: 2 ** 53 }),
			fc.double({ min: 1e6, max: 1e15, noNaN: true }).map(String),
			fc.integer({ min: 1e6, max: 2 ** 53 }).map((number) => `${number}.0`),
			fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
			fc.ipV4(),
			fc.emailAddress(),
			anyValue,
		);
		fc.assert(
			fc.property(written, (value) => {
				const chat = readOrNothing(value);
				if (chat === undefined) return;
				const text = String(value).trim();
				// Only the exit code and the (0) between country and area code are not part of a number.
				const digits = text.replace(/^00|\(0\)|(\.\d+)?:\d+(?=@)/g, '').replace(/\D/g, '');
				expect(chat.replace(/\D/g, '')).toBe(digits);
				expect(text).not.toMatch(/[.,]0+$|^0[1-9]|^\d{1,4}([-/ ])\d{1,2}\1\d{1,4}$/);
			}),
			{ numRuns: 2000 },
		);
	});
});
