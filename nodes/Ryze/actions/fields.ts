import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** The message of an operation; Ryze finds the chat by itself. */
export const messageIdField = (show: IDisplayOptions['show']): INodeProperties => ({
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 3EB0C767D097B7C7A54F',
	displayOptions: { show },
	description:
		"The ID of a message that this instance has sent or received. The Ryze Trigger gives it as 'messageId', Send Text as 'data.messageId'. Ryze finds the chat by itself.",
});

/** The person, group or channel of an operation. */
export const chatField = (show: IDisplayOptions['show']): INodeProperties => ({
	displayName: 'Chat',
	name: 'chat',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 5511999999999',
	displayOptions: { show },
	description:
		"The phone number of a person with its country code, or the ID of a group or channel, such as 120363406289005073@g.us. The Ryze Trigger gives the ID as 'data.chat.jid'.",
});
