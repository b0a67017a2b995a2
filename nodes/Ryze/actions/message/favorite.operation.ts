import { favoriteField, favoriteRequest } from '../shared/favorite';
import { messageIdField } from '../shared/fields';
import type { Operation } from '../shared/operation';
import { readMessageId } from '../shared/readers';

/** Marks a message as a favorite, for this number only (docs/ryze-api.md, "Favorite"). */
export const favorite: Operation = {
	entry: {
		name: 'Favorite',
		value: 'favorite',
		action: 'Star or unstar WhatsApp message',
		description: 'Star a message for yourself, or remove the star; nobody else sees it',
	},
	properties: [
		favoriteField('Whether to star the message (on) or to remove the star (off). Only you see it.'),
		messageIdField,
	],
	request(read) {
		const messageId = readMessageId(read('messageId'));
		return favoriteRequest(read, { messageId }, messageId);
	},
};
