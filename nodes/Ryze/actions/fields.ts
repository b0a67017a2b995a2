import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** The message that an operation is about; Ryze finds the chat by itself. */
export const messageIdField = (show: IDisplayOptions['show']): INodeProperties => ({
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 3EB0C767D097B7C7A54F',
	displayOptions: { show },
	description:
		"The ID of a message that this instance has sent or received: a Ryze Trigger gives it as 'messageId', a Send Text as 'data.messageId'. Ryze finds the chat by itself.",
});

/** The chat that an operation is about. */
export const chatField = (show: IDisplayOptions['show']): INodeProperties => ({
	displayName: 'Chat',
	name: 'number',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 5511999999999',
	displayOptions: { show },
	description:
		"The chat: the phone number of a person with its country code, or the ID of a group or a chat, such as 120363406289005073@g.us. A Ryze Trigger has the ID as 'data.chat.jid'.",
});
