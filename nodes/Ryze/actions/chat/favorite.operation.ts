import { chatKeyOf } from '../../whatsapp/chatId';
import { favoriteRequest } from '../shared/favorite';
import { chatField, switchField } from '../shared/fields';
import type { Operation } from '../shared/operation';
import { readChat } from '../shared/readChat';

/** Marks a chat as a favorite, for this number only (docs/ryze-api.md, "Favorite"). */
export const favorite: Operation = {
	entry: {
		name: 'Favorite',
		value: 'favorite',
		action: 'Favorite or unfavorite WhatsApp chat',
		description: 'Add a chat to your favorites, or remove it; only you see this',
	},
	whenOff: 'Unfavorite chat',
	properties: [
		switchField(
			'Favorite',
			'Whether to add the chat to your favorites (on) or to remove it (off). Only you see this.',
		),
		chatField,
	],
	request(read) {
		const number = readChat('Chat', read('chat'));
		return favoriteRequest('Favorite', read, { number }, chatKeyOf(number));
	},
};
