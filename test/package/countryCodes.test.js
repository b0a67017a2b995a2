const examples = require('libphonenumber-js/examples.mobile.json');
const { getCountryCallingCode } = require('libphonenumber-js/max');
const { chatIdOf } = require('../../build/nodes/Ryze/whatsapp/chatId');
const { makeFile, read } = require('../../sandbox/countryCodes');

describe('The table of country codes', () => {
	it('is what `node sandbox/countryCodes.js` makes of the metadata that is installed', () => {
		expect(read()).toBe(makeFile());
	});

	it('has room for a mobile number of every country', () => {
		const refused = Object.entries(examples)
			.map(([country, number]) => getCountryCallingCode(/** @type {any} */ (country)) + number)
			// Many zeros at the end tell of a number that a spreadsheet has rounded.
			.map((digits) => digits.replace(/0$/, '1'))
			.filter((digits) => chatIdOf(digits) !== digits);
		expect(refused).toEqual([]);
	});
});
