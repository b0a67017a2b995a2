import type { INodeProperties } from 'n8n-workflow';
import { chatKeyOf } from '../../whatsapp/chatId';
import { chatField, switchField } from '../shared/fields';
import type { Operation } from '../shared/operation';
import { readChat } from '../shared/readChat';
import { readBoolean } from '../shared/readers';

const properties: INodeProperties[] = [
	{
		displayName:
			"Pins a whole chat at the top of your own chat list. Nobody else sees this. WhatsApp allows up to 3 pinned chats. To pin a message for everyone in its chat, set 'Resource' to Message.",
		name: 'pinChatNotice',
		type: 'notice',
		default: '',
	},
	switchField(
		'Pin',
		'Whether to pin the chat at the top of your own list (on) or to unpin it (off). An expression can return true or false.',
		'true pins, false unpins; there is no operation for unpinning.',
	),
	chatField,
];

/** Pins a chat in this number's own chat list, or unpins it (docs/ryze-api.md, "Pin a chat"). */
export const pinChat: Operation = {
	entry: {
		name: 'Pin Chat',
		value: 'pinChat',
		action: 'Pin or unpin WhatsApp chat for yourself',
		description: 'Pin a chat at the top of your own chat list, or unpin it',
	},
	whenOff: 'Unpin chat',
	properties,
	request(read) {
		const pin = readBoolean('Pin', read('pin'));
		const number = readChat('Chat', read('chat'));
		return {
			method: 'POST',
			path: '/api/chat/pinChat',
			body: { number, pin },
			orderKey: chatKeyOf(number),
			idempotent: true,
			adviceIfUncertain: pin
				? 'The chat may or may not be pinned. Pinning it again is safe.'
				: 'The chat may still be pinned. Unpinning it again is safe.',
			finalState: { pinned: pin },
		};
	},
};
