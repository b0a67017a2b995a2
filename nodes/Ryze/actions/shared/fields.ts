import type { INodeProperties } from 'n8n-workflow';

/** A switch that is on by default; read by `readBoolean`. */
export const switchField = (
	displayName: string,
	description: string,
	propertyHint?: string,
): INodeProperties => ({
	displayName,
	name: displayName.toLowerCase(),
	type: 'boolean',
	default: true,
	...(propertyHint && { builderHint: { propertyHint } }),
	description,
});

/** The message of an operation; Ryze finds the chat by itself. */
export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 3EB0C767D097B7C7A54F',
	builderHint: {
		propertyHint:
			'Take it from an earlier node, such as messageId of Ryze WhatsApp Trigger or of a send operation. Never make one up.',
	},
	description:
		"The ID of a message that this instance has sent or received. The Ryze WhatsApp Trigger and the send operations output it as 'messageId', Pin Message as 'message_id'. Ryze finds the chat by itself.",
};

/** The person, group or channel of an operation; read by `readChat`. */
export const chatField: INodeProperties = {
	displayName: 'Chat',
	name: 'chat',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	builderHint: {
		propertyHint:
			"Required. For the chat of the Ryze WhatsApp Trigger, use mode 'id' with its chatId; for a phone number, mode 'phone' with the country code. Never guess one.",
	},
	description: 'The person, group or channel',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a group or a contact',
			typeOptions: { searchListMethod: 'searchChats', searchable: true },
		},
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			placeholder: 'e.g. +55 11 99999-9999',
			hint: 'With the country code',
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 120363406289005073@g.us',
			hint: "The Ryze WhatsApp Trigger outputs it as 'chatId'",
		},
	],
};
