import { favoriteField, favoriteRequest } from '../favorite';
import { chatField } from '../fields';
import type { Operation } from '../operation';
import { readChat, subjectOfChat } from '../parameters';

const showOnlyForFavorite = { resource: ['chat'], operation: ['favorite'] };

/** Marks a chat as a favorite of this number, which nobody else sees (ryze-api.md 5.3). */
export const favorite: Operation = {
	option: {
		name: 'Favorite',
		value: 'favorite',
		action: 'Favorite chat',
		description: 'Put a chat among your favorites, or take it out; nobody else sees it',
	},
	properties: [
		favoriteField(
			'Whether to put the chat among your favorites (on) or to take it out (off). Only you see it.',
			showOnlyForFavorite,
		),
		chatField(showOnlyForFavorite),
	],
	request(read) {
		const number = readChat('Chat', read('number'));
		return favoriteRequest(read, { number }, subjectOfChat(number));
	},
};
