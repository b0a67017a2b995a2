const { markRead } = require('../../../../build/nodes/Ryze/actions/chat/markRead.operation');
const { refusal } = require('../../../support/refusal');
const { requestOf } = require('../../../support/requestOf');

/** @param {Record<string, unknown>} parameters */
const request = (parameters) => requestOf(markRead, { chat: '5511999999999', ...parameters });

describe('Mark as Read', () => {
	it.each([true, false])('becomes the request of the API docs: %s', (read) => {
		expect(request({ read })).toStrictEqual({
			method: 'POST',
			path: '/api/chat/markChatRead',
			body: { number: '5511999999999', read },
			orderKey: '5511999999999',
			idempotent: true,
			adviceIfUncertain: 'It may or may not have taken effect. Trying again is safe.',
			finalState: { read },
		});
	});

	it('sends its parameters normalized, by which items are kept in order', () => {
		const { body, orderKey } = request({ read: ' FALSE ', chat: '1:12@s.whatsapp.net ' });
		expect(body).toEqual({ number: '1@s.whatsapp.net', read: false });
		expect(orderKey).toBe('1');
	});

	it('refuses a value that it cannot read, naming the field', () => {
		expect(refusal(() => request({ read: 'unread' })).message).toContain("'Read'");
		expect(refusal(() => request({ read: true, chat: 'Ann' })).message).toContain("'Chat'");
	});
});
