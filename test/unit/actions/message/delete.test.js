const { deleteMessage } = require('../../../../build/nodes/Ryze/actions/message/delete.operation');
const { refusal } = require('../../../support/refusal');
const { requestOf } = require('../../../support/requestOf');

/** @param {unknown} deleteFor @param {unknown} [messageId] */
const request = (deleteFor, messageId = '3EB0') =>
	requestOf(deleteMessage, { messageId, deleteFor });

describe('Delete', () => {
	it.each([
		['everyone', true],
		['me', false],
		[' Everyone ', true],
		['ME', false],
	])('becomes the request of the API docs for %j', (deleteFor, deleteForEveryone) => {
		expect(request(deleteFor, ' 3EB0 ')).toMatchObject({
			method: 'DELETE',
			path: '/api/chat/delete',
			body: { messageId: '3EB0', deleteForEveryone },
			orderKey: '3EB0',
			// The second of two requests may be answered with "message not found".
			idempotent: false,
		});
	});

	it.each(['', null, undefined, true, 'all', 'for everyone'])(
		'refuses %j, as nothing is deleted by guessing',
		(deleteFor) => {
			expect(refusal(() => request(deleteFor)).message).toMatch(
				/^'Delete For' must be everyone or me, but is /,
			);
		},
	);

	it('refuses an empty ID', () => {
		expect(refusal(() => request('me', '  ')).message).toContain("'Message ID' is required");
	});

	it('has no choice made for the user', () => {
		const field = deleteMessage.properties.find(({ name }) => name === 'deleteFor');
		expect(field).toMatchObject({ default: '', required: true });
	});

	it('asks who has sent a message that an agent wants to delete for everyone', () => {
		expect(request('everyone').toolCheck).toMatchObject({
			method: 'GET',
			path: '/api/chat/status',
			query: { messageId: '3EB0' },
			idempotent: true,
		});
		expect(request('me').toolCheck).toBeUndefined();
	});

	it('lets an agent delete what this instance has sent, and nothing else', () => {
		const { toolCheck } = request('everyone');
		expect(() => toolCheck?.check({ direction: 'sent' })).not.toThrow();
		for (const direction of ['received', undefined, '', true]) {
			expect(refusal(() => toolCheck?.check({ direction })).message).toBe(
				'An AI agent can delete for everyone only messages that this instance has sent',
			);
		}
	});
});
