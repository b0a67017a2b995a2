const fc = require('fast-check');
const chat = require('../../../../build/nodes/Ryze/actions/chat/favorite.operation');
const message = require('../../../../build/nodes/Ryze/actions/message/favorite.operation');
const { anyValue } = require('../../../support/anyValue');
const { refusal } = require('../../../support/refusal');
const { requestOf } = require('../../../support/requestOf');

/** @type {Array<[string, typeof chat.favorite, string, string, string, string]>} */
const both = [
	['Favorite', chat.favorite, 'chat', 'number', '5511999999999', ' +55 11 99999-9999'],
	['Star', message.favorite, 'messageId', 'messageId', '3EB0', ' 3EB0\n'],
];

describe.each(both)('%s', (shown, operation, parameter, field, id, untidy) => {
	/** @param {Record<string, unknown>} parameters */
	const request = (parameters) => requestOf(operation, { [parameter]: id, ...parameters });

	it.each([true, false])('becomes the request of the API docs: %s', (favorite) => {
		expect(request({ favorite })).toStrictEqual({
			method: 'POST',
			path: '/api/chat/favorite',
			body: { favorite, [field]: id },
			orderKey: id,
			idempotent: true,
			adviceIfUncertain: 'It may or may not have taken effect. Trying again is safe.',
			finalState: { favorite },
		});
	});

	it('sends its parameters normalized, by which items are kept in order', () => {
		const { body, orderKey } = request({ favorite: ' FALSE ', [parameter]: untidy });
		expect([body, orderKey]).toEqual([{ favorite: false, [field]: id }, id]);
	});

	it('never marks as favorite unless the value is true or a text that says so', () => {
		const near = fc.mixedCase(fc.constantFrom('true', 'false', 'on', 'tru', 'truee'));
		fc.assert(
			fc.property(fc.oneof(anyValue, near), (favorite) => {
				let favors = false;
				try {
					favors = request({ favorite }).body?.favorite === true;
				} catch {}
				const isTrue = typeof favorite === 'string' && /^\s*true\s*$/i.test(favorite);
				expect(favors).toBe(favorite === true || isTrue);
			}),
		);
	});

	it('refuses a value that it cannot read, naming the field', () => {
		expect(refusal(() => request({ favorite: 'yes' })).message).toContain(`'${shown}'`);
		const label = operation.properties.find(({ name }) => name === parameter)?.displayName;
		const { message: told } = refusal(() => request({ favorite: true, [parameter]: '' }));
		expect(told).toContain(`'${label}'`);
	});
});
