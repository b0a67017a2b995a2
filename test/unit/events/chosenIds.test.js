const {
	isChosen,
	readChosenIds,
	refuseWrongIds,
} = require('../../../build/nodes/Ryze/events/chosenIds');
const { refusal } = require('../../support/refusal');

/** @param {string} value */
const byId = (value) => ({ __rl: true, mode: 'id', value });

describe('What was chosen in a field of chats', () => {
	it.each([
		['one', byId('5511999999999'), ['5511999999999'], []],
		['several', [byId('5511999999999'), byId('1@g.us')], ['5511999999999', '1@g.us'], []],
		['several in one text', '5511999999999, 1@g.us', ['5511999999999', '1@g.us'], []],
		['a list in an entry', [byId(/** @type {any} */ (['1@g.us']))], ['1@g.us'], []],
		['another spelling', '+55 31 8888-7777', ['5531988887777'], []],
		['one that is no ID', ['Team', '1@g.us'], ['1@g.us'], ['Team']],
		['an empty text', '', [], ['']],
		['an empty list in an entry', [[]], [], [undefined]],
	])('has the keys of what is an ID, and keeps what is none: %s', (_, option, keys, wrong) => {
		// `toEqual` takes a list of nothing for an empty one.
		expect(readChosenIds(option)).toStrictEqual({ keys: new Set(keys), wrong });
	});

	it.each([undefined, null, []])('is nothing when the option is %j', (option) => {
		expect(readChosenIds(option)).toBeUndefined();
	});

	it('fits one of the IDs of a person in any spelling, and everyone when nobody was chosen', () => {
		const chosen = readChosenIds('5531988887777');
		expect(isChosen(chosen, ['1@lid', '553188887777@s.whatsapp.net'])).toBe(true);
		expect(isChosen(chosen, ['1@lid'])).toBe(false);
		expect(isChosen(chosen, [])).toBe(false);
		expect(isChosen(undefined, [])).toBe(true);
	});
});

describe('An option of chats or people', () => {
	it.each([undefined, [], [byId('1@g.us')], '+55 31 8888-7777'])('is not refused: %j', (option) => {
		expect(() => refuseWrongIds('Senders', option)).not.toThrow();
	});

	it.each([
		['Chats', ['1@g.us', 'Team']],
		['Senders', byId('Team')],
	])('is refused when an entry of %s can never be met', (name, option) => {
		expect(refusal(() => refuseWrongIds(name, option))).toEqual({
			message: `Each entry of '${name}' must be a phone number or an ID, but one is "Team"`,
			description: `Choose each entry of '${name}' from the list, or enter a phone number with its country code or an ID. Remove the entries that you do not need.`,
			reason: 'invalid-parameter',
			httpCode: null,
		});
	});

	it('says what to write where it is known', () => {
		expect(refusal(() => refuseWrongIds('Senders', 'joe@example.com')).description).toMatch(
			/^This looks like an email address\. Choose each entry of 'Senders' /,
		);
	});
});
