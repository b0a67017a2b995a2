const fc = require('fast-check');
const { pinMessage } = require('../../../../build/nodes/Ryze/actions/message/pinMessage.operation');
const { refusal } = require('../../../support/refusal');
const { requestOf } = require('../../../support/requestOf');

/** @param {Record<string, unknown>} parameters */
const request = (parameters) => requestOf(pinMessage, parameters);

describe('Pin Message', () => {
	it('becomes the request of the API docs when it pins', () => {
		expect(request({ pin: true, messageId: '3EB0', duration: '7d' })).toEqual({
			method: 'POST',
			path: '/api/chat/pinMessage',
			body: { pin: true, messageId: '3EB0', duration: '7d' },
			orderKey: '3EB0',
			idempotent: true,
			adviceIfUncertain: expect.stringMatching(
				/^The message may or may not be pinned\. .* a second line/,
			),
			finalState: { pinned: true },
		});
	});

	it('sends no duration when it unpins, and does not read it', () => {
		const unpin = request({
			pin: 'false',
			messageId: '3EB0',
			get duration() {
				throw new Error('the editor hides it');
			},
		});
		expect(unpin.body).toEqual({ pin: false, messageId: '3EB0' });
		expect(unpin.adviceIfUncertain).toMatch(
			/^The message may still be pinned\. Unpinning it again is safe\.$/,
		);
	});

	it('offers the durations that WhatsApp has', () => {
		const duration = pinMessage.properties.find(({ name }) => name === 'duration');
		expect(duration?.options?.map((option) => 'value' in option && option.value)).toEqual([
			'24h',
			'7d',
			'30d',
		]);
	});

	it('sends its parameters normalized', () => {
		const { body } = request({ pin: ' TRUE ', messageId: 12345, duration: ' 30D\n' });
		expect(body).toEqual({ pin: true, messageId: '12345', duration: '30d' });
	});

	it('keeps items in order that write the same ID in two ways', () => {
		const pin = request({ pin: true, messageId: ' 3EB0', duration: '7d' });
		expect(request({ pin: false, messageId: '3EB0\n' }).orderKey).toBe(pin.orderKey);
	});

	it.each([
		["'Pin'", { pin: 'on', messageId: '3EB0', duration: '7d' }],
		["'Message ID'", { pin: true, messageId: null, duration: '7d' }],
		["'Message ID'", { pin: false, messageId: ' ' }],
		["'Duration'", { pin: true, messageId: '3EB0', duration: '1h' }],
	])('names the field %s that cannot be read', (field, parameters) => {
		expect(refusal(() => request(parameters)).message).toContain(field);
	});

	it('sends any ID as it is, without spaces around', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (id) => {
				fc.pre(id.trim() !== '');
				expect(request({ pin: false, messageId: id }).body?.messageId).toBe(id.trim());
			}),
		);
	});
});
