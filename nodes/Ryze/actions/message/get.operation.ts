import { messageIdField } from '../shared/fields';
import type { Operation } from '../shared/operation';
import { readMessageId } from '../shared/readers';

/** Looks up a message that the instance has stored (docs/ryze-api.md, "Find a message"). */
export const get: Operation = {
	entry: {
		name: 'Get',
		value: 'get',
		action: 'Get WhatsApp message',
		description: 'Get the text, sender and chat of a message that this instance has stored',
	},
	properties: [messageIdField],
	request(read) {
		const messageId = readMessageId(read('messageId'));
		return {
			method: 'GET',
			path: '/api/chat/getMessage',
			query: { messageId },
			orderKey: messageId,
			idempotent: true,
			adviceIfUncertain: 'Nothing was changed. You can try again.',
		};
	},
};
