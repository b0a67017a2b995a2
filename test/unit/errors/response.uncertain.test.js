const fc = require('fast-check');
const { failureOfResponse } = require('../../../build/nodes/Ryze/errors/response');

/**
 * @param {number} statusCode
 * @param {unknown} body
 */
const judge = (statusCode, body) =>
	failureOfResponse({ statusCode, headers: {}, body }, 'a1b2c3d4-token');

/** @param {string} sentence in the form of docs/ryze-api.md, "Responses" */
const says = (sentence) => ({ success: false, error: { message: sentence } });

describe('what may have been carried out all the same', () => {
	it.each([
		[500, says('pq: too many clients')],
		[408, '<html>'],
		[408, { error: 'Request Timeout' }],
		[499, { message: 'client closed request' }],
		[501, says('not supported')],
		[502, { message: 'Bad gateway' }],
		[504, '<html>'],
		[500, ''],
		[200, '<html>'],
		[200, 'OK'],
		[204, undefined],
		[202, [{ success: true }]],
		[200, {}],
		[200, { ok: true }],
		[200, { ok: true, message: 'Message sent' }],
		[201, { status: 'sent', message: 'Queued', success: 'true' }],
	])('includes %i %j', (status, body) => {
		expect(judge(status, body)?.uncertain).toBe(true);
	});

	it.each([
		[200, says('Instance not found')],
		[200, { success: false, message: 'Nothing done' }],
		[302, ''],
		[400, says('Number is required')],
		[400, ''],
		[401, '<html>'],
		[404, says('Cannot POST /api')],
		[429, says('Rate limit exceeded. Try again later.')],
		[429, ''],
		[500, says('WhatsApp client is not connected')],
		[500, says('message with ID 3EB0 not found')],
		[503, says('Instance is not connected to WhatsApp')],
	])('does not include what Ryze refused: %i %j', (status, body) => {
		expect(judge(status, body)?.uncertain).toBe(false);
	});

	it('is exactly a server error, or a 2xx that Ryze did not write', () => {
		const status = fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constantFrom(200, 202, 500));
		const sentence = fc.oneof(fc.lorem(), fc.constantFrom('Instance not found', 'not connected'));
		const ofRyze = sentence.map(says);
		const other = fc.oneof(
			fc.string(),
			fc.array(fc.jsonValue()),
			fc.constantFrom(undefined, null, '', {}, { success: 'true' }),
			fc.record({ message: fc.lorem() }),
			fc.record({ error: fc.lorem(), success: fc.constant(1) }),
		);
		const answers = fc.record({
			status,
			body: fc.oneof(
				ofRyze.map((said) => ({ said, written: true })),
				other.map((said) => ({ said, written: false })),
			),
		});
		fc.assert(
			fc.property(answers, ({ status: code, body: { said, written } }) => {
				const failure = judge(code, said);
				const is2xx = code >= 200 && code < 300;
				const uncertain =
					failure?.reason === 'server-error' || (is2xx && !written) || [408, 499].includes(code);
				expect(failure?.uncertain).toBe(uncertain);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('an error message about the chat', () => {
	it.each([
		'Number is required',
		'number must be digits',
		'Either number or messageId is required',
		'Number 5511 is not on WhatsApp',
	])('says what Ryze needs: %s', (sentence) => {
		expect(judge(400, says(sentence))).toMatchObject({
			message: sentence,
			description: expect.stringMatching(/^Ryze needs .*country code/),
			reason: 'invalid-parameter',
		});
	});

	it.each(['Numbers are fun', 'A number is required'])(
		'begins with it, not as in: %s',
		(sentence) => expect(judge(400, says(sentence))?.description).not.toContain('country code'),
	);

	it('is not one about the message ID', () => {
		const { description } = judge(400, says('Message ID is required (use ?messageId=<id>)')) ?? {};
		expect(description).toBe('Enter the ID of a message.');
	});
});
