import { chatKeyOf } from '../../whatsapp/chatId';
import { favoriteField, favoriteRequest } from '../favorite';
import { chatField } from '../fields';
import type { Operation } from '../operation';
import { readChat } from '../readChat';

/** Marks a chat as a favorite, for this number only (docs/ryze-api.md, "Favorite"). */
export const favorite: Operation = {
	entry: {
		name: 'Favorite',
		value: 'favorite',
		action: 'Favorite or unfavorite WhatsApp chat',
		description: 'Add a chat to your favorites, or remove it from them; nobody else sees it',
	},
	properties: [
		favoriteField(
			'Whether to add the chat to your favorites (on) or to remove it from them (off). Only you see it.',
		),
		chatField,
	],
	request(read) {
		const number = readChat('Chat', read('chat'));
		return favoriteRequest(read, { number }, chatKeyOf(number));
	},
};
