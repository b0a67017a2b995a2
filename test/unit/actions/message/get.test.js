const { get } = require('../../../../build/nodes/Ryze/actions/message/get.operation');
const { refusal } = require('../../../support/refusal');
const { requestOf } = require('../../../support/requestOf');

/** @param {unknown} messageId */
const request = (messageId) => requestOf(get, { messageId });

describe('Get', () => {
	it('becomes the request of the API docs, with the ID in the query', () => {
		expect(request('3EB0')).toStrictEqual({
			method: 'GET',
			path: '/api/chat/getMessage',
			query: { messageId: '3EB0' },
			orderKey: '3EB0',
			idempotent: true,
			adviceIfUncertain: 'Nothing was changed. You can try again.',
		});
	});

	it('asks for the ID as text, without spaces around', () => {
		expect(request(' a&b=c/? ').query).toEqual({ messageId: 'a&b=c/?' });
		expect(request(12345).query).toEqual({ messageId: '12345' });
	});

	it('refuses an empty ID', () => {
		expect(refusal(() => request('  ')).message).toContain("'Message ID' is required");
	});
});
