const fc = require('fast-check');
const { pinChat } = require('../../../../build/nodes/Ryze/actions/chat/pinChat.operation');
const { anyValue } = require('../../../support/anyValue');
const { refusal } = require('../../../support/refusal');
const { requestOf } = require('../../../support/requestOf');

/** @param {Record<string, unknown>} parameters */
const request = (parameters) => requestOf(pinChat, { chat: '5511999999999', ...parameters });

describe('Pin Chat', () => {
	it.each([
		[true, 'The chat may or may not be pinned. Pinning it again is safe.'],
		[false, 'The chat may still be pinned. Unpinning it again is safe.'],
	])('becomes the request of the API docs: %s', (pin, adviceIfUncertain) => {
		expect(request({ pin })).toStrictEqual({
			method: 'POST',
			path: '/api/chat/pinChat',
			body: { number: '5511999999999', pin },
			orderKey: '5511999999999',
			idempotent: true,
			adviceIfUncertain,
			finalState: { pinned: pin },
		});
	});

	it('sends its parameters normalized, by which items are kept in order', () => {
		const { body, orderKey } = request({ pin: ' FALSE ', chat: '1:12@s.whatsapp.net ' });
		expect(body).toEqual({ number: '1@s.whatsapp.net', pin: false });
		expect(orderKey).toBe('1');
	});

	it('never pins unless the value is true or a text that says so', () => {
		const near = fc.mixedCase(fc.constantFrom('true', 'false', 'on', 'tru', 'truee'));
		fc.assert(
			fc.property(fc.oneof(anyValue, near), (pin) => {
				let pins = false;
				try {
					pins = request({ pin }).body?.pin === true;
				} catch {}
				const isTrue = typeof pin === 'string' && /^\s*true\s*$/i.test(pin);
				expect(pins).toBe(pin === true || isTrue);
			}),
		);
	});

	it('refuses a value that it cannot read, naming the field', () => {
		expect(refusal(() => request({ pin: 'on' })).message).toContain("'Pin'");
		expect(refusal(() => request({ pin: true, chat: 'Ann' })).message).toContain("'Chat'");
	});
});
