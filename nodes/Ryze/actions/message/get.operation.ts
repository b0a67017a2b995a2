import { messageIdField } from '../fields';
import type { Operation } from '../operation';
import { readMessageId } from '../parameters';

/** Looks a message up in what the instance has stored (ryze-api.md 5.4). */
export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get message',
		description: 'Get the text, sender and chat of a message that this instance has stored',
	},
	properties: [messageIdField({ resource: ['message'], operation: ['get'] })],
	request(read) {
		const messageId = readMessageId(read('messageId'));
		return {
			method: 'GET',
			path: '/api/chat/getMessage',
			query: { messageId },
			subject: messageId,
			idempotent: true,
			ifUncertain: 'Nothing was changed; asking again is safe.',
		};
	},
};
