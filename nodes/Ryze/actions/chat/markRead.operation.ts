import { chatKeyOf } from '../../whatsapp/chatId';
import { chatField, switchField } from '../shared/fields';
import type { Operation } from '../shared/operation';
import { readChat } from '../shared/readChat';
import { readBoolean } from '../shared/readers';

/** Marks a whole chat as read or as unread (docs/ryze-api.md, "Mark a chat as read"). */
export const markRead: Operation = {
	entry: {
		name: 'Mark as Read',
		value: 'markRead',
		action: 'Mark WhatsApp chat as read or unread',
		description: 'Mark all messages of a chat as read, or the chat as unread in your own list',
	},
	whenOff: 'Mark as unread',
	properties: [
		switchField(
			'Read',
			'Whether to mark all messages of the chat as read, as opening it on the phone does (on), or to mark the chat as unread in your own list (off)',
			'true marks as read, false as unread; there is no operation for unread.',
		),
		chatField,
	],
	request(read) {
		const isRead = readBoolean('Read', read('read'));
		const number = readChat('Chat', read('chat'));
		return {
			method: 'POST',
			path: '/api/chat/markChatRead',
			body: { number, read: isRead },
			orderKey: chatKeyOf(number),
			idempotent: true,
			adviceIfUncertain: 'It may or may not have taken effect. Trying again is safe.',
			finalState: { read: isRead },
		};
	},
};
