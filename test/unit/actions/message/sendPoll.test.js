const fc = require('fast-check');
const { sendPoll } = require('../../../../build/nodes/Ryze/actions/message/sendPoll.operation');
const { anyValue } = require('../../../support/anyValue');
const { refusal } = require('../../../support/refusal');
const { requestOf } = require('../../../support/requestOf');

const usual = {
	chat: '5511999999999',
	question: 'Which day?',
	pollOptions: 'Monday\nTuesday',
	maxAnswers: 1,
};

/** @param {Record<string, unknown>} [parameters] */
const request = (parameters) => requestOf(sendPoll, { ...usual, ...parameters });

const bare = {
	number: '5511999999999',
	question: 'Which day?',
	options: ['Monday', 'Tuesday'],
	maxAnswer: 1,
	source: 'n8n',
};

/** @param {number} count */
const days = (count) => Array.from({ length: count }, (_, at) => `Day ${at}`);

describe('Send Poll', () => {
	it('becomes the request of the API docs, and is never sent twice', () => {
		expect(request({ options: {} })).toStrictEqual({
			method: 'POST',
			path: '/api/message/poll',
			body: bare,
			orderKey: '5511999999999',
			idempotent: false,
			adviceIfUncertain:
				'The message may have been delivered anyway. Check the chat first, and send it again only if it is not there.',
			delay: 0,
			toOutput: expect.any(Function),
		});
	});

	it('sends the options of a send, but no mentions, which a poll does not have', () => {
		const options = { delay: 2, replyTo: '3EB0', mentionAll: true };
		const sent = request({ options });
		expect(sent.body).toStrictEqual({ ...bare, delay: 2, replyTo: '3EB0' });
		expect(sent.delay).toBe(2000);
	});

	it.each([
		['lines', ' Monday \n\n\r\n\tTuesday\n'],
		['a list', [' Monday', 'Tuesday ']],
	])('takes the options as %s, without the blanks around them', (_name, pollOptions) => {
		expect(request({ pollOptions }).body).toStrictEqual(bare);
	});

	it('takes numbers in a list as texts', () => {
		expect(request({ pollOptions: [1, 2.5] }).body?.options).toEqual(['1', '2.5']);
	});

	it.each([2, 12])('takes %i options', (count) => {
		expect(request({ pollOptions: days(count) }).body?.options).toEqual(days(count));
		expect(request({ pollOptions: days(count).join('\n') }).body?.options).toEqual(days(count));
	});

	it.each([0, 1, 13])('refuses %i options', (count) => {
		expect(refusal(() => request({ pollOptions: days(count) }))).toMatchObject({
			message: `'Poll Options' must have 2 to 12 options, but has ${count}`,
			reason: 'invalid-parameter',
		});
	});

	it.each([
		['Monday, Tuesday', "'Poll Options' must have 2 to 12 options, but has 1"],
		['["Monday", "Tuesday"]', "'Poll Options' must have 2 to 12 options, but has 1"],
		['', "'Poll Options' is required, but is empty"],
		[undefined, "'Poll Options' is required, but is empty"],
		[{ name: 'Monday' }, "'Poll Options' must be text, but is an object"],
		[['Monday', ''], "'Poll Options' is required, but is empty"],
		// A list with holes, as Array(2) returns it.
		[Array(2), "'Poll Options' is required, but is empty"],
		[['Monday', { name: 'Tuesday' }], "'Poll Options' must be text, but is an object"],
		['Monday\nTuesday\n Monday', '\'Poll Options\' has the option "Monday" twice'],
	])('refuses the options %j', (pollOptions, message) => {
		expect(refusal(() => request({ pollOptions })).message).toBe(message);
	});

	it('tells upper from lower case, as the count of votes does', () => {
		expect(request({ pollOptions: 'a\nA' }).body?.options).toEqual(['a', 'A']);
	});

	it.each([[1], [12], ['3'], [' 3 ']])('takes %j answers', (maxAnswers) => {
		expect(request({ maxAnswers }).body?.maxAnswer).toBe(Number(maxAnswers));
	});

	it.each([
		[0, "'Max Answers' must be a number from 1 to 12, but is 0"],
		[13, "'Max Answers' must be a number from 1 to 12, but is 13"],
		['', "'Max Answers' must be a number from 1 to 12, but is empty"],
		['all', '\'Max Answers\' must be a number from 1 to 12, but is "all"'],
		[1.5, "'Max Answers' must be a whole number, but is 1.5"],
	])('refuses %j answers', (maxAnswers, message) => {
		expect(refusal(() => request({ maxAnswers })).message).toBe(message);
	});

	it('refuses an empty question and a recipient that names no chat', () => {
		expect(refusal(() => request({ question: ' ' })).message).toContain("'Question' is required");
		expect(refusal(() => request({ chat: 'Ann' })).message).toContain("'Chat' must be");
	});

	it('sends 2 to 12 different texts, whatever is given, or refuses', () => {
		fc.assert(
			fc.property(fc.oneof(anyValue, fc.array(anyValue)), (pollOptions) => {
				let options;
				try {
					options = /** @type {string[]} */ (request({ pollOptions }).body?.options);
				} catch (error) {
					expect(/** @type {any} */ (error).failure.reason).toBe('invalid-parameter');
					return;
				}
				expect(new Set(options).size).toBe(options.length);
				expect(options.length).toBeGreaterThanOrEqual(2);
				expect(options.length).toBeLessThanOrEqual(12);
				for (const option of options) expect(option.trim()).not.toBe('');
			}),
		);
	});
});
