import { favoriteRequest } from '../shared/favorite';
import { messageIdField, switchField } from '../shared/fields';
import type { Operation } from '../shared/operation';
import { readMessageId } from '../shared/readers';

/**
 * Stars a message, for this number only. WhatsApp says "star" of messages, and Ryze "favorite"
 * (docs/ryze-api.md, "Favorite").
 */
export const favorite: Operation = {
	entry: {
		name: 'Star',
		value: 'favorite',
		action: 'Star or unstar WhatsApp message',
		description: 'Star a message, or remove the star; only you see this',
	},
	whenOff: 'Unstar message',
	properties: [
		{
			...switchField(
				'Star',
				'Whether to star the message (on) or to remove the star (off). Only you see this.',
			),
			name: 'favorite',
		},
		messageIdField,
	],
	request(read) {
		const messageId = readMessageId(read('messageId'));
		return favoriteRequest('Star', read, { messageId }, messageId);
	},
};
