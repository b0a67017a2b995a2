const fc = require('fast-check');
const { sendText } = require('../../../../build/nodes/Ryze/actions/message/sendText.operation');
const { refusal } = require('../../../support/refusal');
const { requestOf } = require('../../../support/requestOf');

const usual = { chat: '5511999999999', text: 'Hello' };

/** @param {Record<string, unknown>} [parameters] */
const request = (parameters) => requestOf(sendText, { ...usual, ...parameters });

/** @param {Record<string, unknown>} options */
const body = (options) => request({ options }).body;

const bare = { number: '5511999999999', message: 'Hello', source: 'n8n' };

describe('Send Text', () => {
	it('becomes the request of the API docs, and is never sent twice', () => {
		expect(request({ options: {} })).toStrictEqual({
			method: 'POST',
			path: '/api/message/text',
			body: bare,
			orderKey: '5511999999999',
			idempotent: false,
			adviceIfUncertain:
				'The message may have been delivered anyway. Check the chat first, and send it again only if it is not there.',
			delay: 0,
			toOutput: expect.any(Function),
		});
	});

	it.each([undefined, null, {}, 'text', 5, [], { timeout: 5, maxWait: 1, requestsAtOnce: 3 }])(
		'sends no option that is not set: %j',
		(options) => {
			expect(request({ options }).body).toStrictEqual(bare);
			expect(request({ options }).delay).toBe(0);
		},
	);

	it('sends every option that is set, in the unit of Ryze', () => {
		const options = { delay: 2.5, linkPreview: true, mentionAll: true, replyTo: '3EB0' };
		expect(body(options)).toStrictEqual({ ...bare, ...options, delay: 3 });
	});

	it('sends each combination of options, and no other field', () => {
		const options = fc.record(
			{
				delay: fc.integer({ min: 0, max: 600 }),
				linkPreview: fc.boolean(),
				mentionAll: fc.boolean(),
				replyTo: fc.stringMatching(/^[0-9A-F]{8,20}$/),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(options, (given) => {
				const sent = request({ options: { ...given } });
				expect(sent.body).toStrictEqual({ ...bare, ...given });
				expect(sent.delay).toBe((given.delay ?? 0) * 1000);
				expect(sent.idempotent).toBe(false);
			}),
		);
	});

	it('lets the request take as many milliseconds longer as Ryze waits in seconds', () => {
		expect(request({ options: { delay: 600 } }).delay).toBe(600_000);
		expect(request({ options: { delay: ' 3 ' } })).toMatchObject({
			body: { delay: 3 },
			delay: 3000,
		});
	});

	it.each([-1, 601, 'soon', NaN, true])('refuses a delay of %j', (delay) => {
		const { message, reason } = refusal(() => body({ delay }));
		expect(message).toContain("'Delay (Seconds)' must be a number from 0 to 600");
		expect(reason).toBe('invalid-parameter');
	});

	it.each(['linkPreview', 'mentionAll'])('takes the text "false" for %s as false', (name) => {
		for (const off of [false, 'false', ' False '])
			expect(body({ [name]: off })?.[name]).toBe(false);
		for (const on of [true, 'TRUE']) expect(body({ [name]: on })?.[name]).toBe(true);
	});

	it.each([
		["'Link Preview'", { linkPreview: 'no' }],
		["'Mention All'", { mentionAll: 0 }],
		["'Reply To'", { replyTo: {} }],
	])('refuses an option that cannot be read: %s', (field, options) => {
		expect(refusal(() => body(options)).message).toContain(field);
	});

	it.each(['', null, undefined])('takes options of %j as if they had not been added', (nothing) => {
		const names = ['delay', 'linkPreview', 'mentionAll', 'replyTo'];
		for (const name of names) expect(body({ [name]: nothing })).toStrictEqual(bare);
		expect(body({ replyTo: ' ' })).toStrictEqual(bare);
	});

	it.each(['', ' \n', null, undefined])('refuses the text %j', (text) => {
		expect(refusal(() => request({ text })).message).toContain("'Text' is required");
	});

	it('refuses a recipient that names no chat', () => {
		expect(refusal(() => request({ chat: 'Ann' })).message).toContain("'Chat' must be");
	});

	it('sends the text unchanged and the recipient normalized, by which messages are kept in order', () => {
		const sent = request({ chat: '+55 (11) 99999-9999', text: ' Hi\n', options: {} });
		expect(sent.body).toStrictEqual({ ...bare, message: ' Hi\n' });
		expect(sent.orderKey).toBe(usual.chat);
		// The same chat in another spelling must not overtake it.
		expect(request({ chat: `${usual.chat}@s.whatsapp.net` }).orderKey).toBe(usual.chat);
	});
});
