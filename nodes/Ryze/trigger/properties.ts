import type { INodeProperties } from 'n8n-workflow';

const onlyForMessages = { show: { events: ['message.exchange'] } };

const options: INodeProperties[] = [
	{
		displayName: 'Chats',
		name: 'chats',
		type: 'multiOptions',
		options: [
			{ name: 'Channels', value: 'channel' },
			{ name: 'Groups', value: 'group' },
			{ name: 'Private Chats', value: 'private' },
		],
		default: ['group', 'private'],
		description: 'Only messages in these kinds of chats start the workflow',
	},
	{
		displayName: 'Direction',
		name: 'direction',
		type: 'options',
		options: [
			{ name: 'Both', value: 'both' },
			{ name: 'Incoming', value: 'incoming' },
			{ name: 'Outgoing', value: 'outgoing' },
		],
		default: 'incoming',
		description:
			'Only messages that this number received (incoming) or sent (outgoing) start the workflow',
	},
	{
		displayName: 'Ignore Messages Sent by API',
		name: 'ignoreSentByApi',
		type: 'boolean',
		default: true,
		description:
			'Whether messages that n8n, or another program without a label of its own, has sent through Ryze start nothing. Else a workflow that sends a message could start itself again and again.',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		default: '',
		placeholder: 'e.g. #pin',
		description:
			"Only messages with this text start the workflow, as 'Text Match' says; the caption of a picture counts as well. Upper and lower case do not matter.",
	},
	{
		displayName: 'Text Match',
		name: 'textMatch',
		type: 'options',
		options: [
			{ name: 'Contains', value: 'contains' },
			{ name: 'Is Exactly', value: 'equals' },
			{ name: 'Starts With', value: 'startsWith' },
		],
		default: 'contains',
		description: "Where the message must have what 'Text' says",
	},
];

export const properties: INodeProperties[] = [
	{
		displayName:
			'Ryze delivers to up to 3 webhooks per instance. This trigger uses one while its workflow is active, and one more while it listens for a test event.',
		name: 'webhooksNotice',
		type: 'notice',
		default: '',
	},
	{
		// ryze-api.md 8.1.
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		options: [
			{
				name: 'Call Update',
				value: 'call.update',
				description: 'A call comes in, is taken, refused or ended',
			},
			{
				name: 'Group Change',
				value: 'group.flow',
				description: 'Members join, leave, or become admins; a group gets another name',
			},
			{
				name: 'Instance State',
				value: 'instance.state',
				description: 'The number is connected, disconnected or logged out',
			},
			{
				name: 'Label Update',
				value: 'label.update',
				description: 'A label is changed, or put on a chat or a message',
			},
			{
				name: 'Message',
				value: 'message.exchange',
				description: 'A message is received or sent; it has the ID that Pin Message takes',
			},
			{
				name: 'Message Status',
				value: 'message.status',
				description: 'A message is delivered, read or played',
			},
		],
		default: ['message.exchange'],
		required: true,
		description: 'The events that start the workflow',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		// Shown from the start, so that who wants to react to n8n's own messages finds the switch.
		default: { ignoreSentByApi: true },
		displayOptions: onlyForMessages,
		options,
	},
];
