import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { chosenField } from '../events/chosenField';

const options: INodeProperties[] = [
	{
		displayName: 'Also Start On',
		name: 'alsoStartOn',
		type: 'multiOptions',
		options: [
			{
				name: 'Deletions',
				value: 'deletions',
				description:
					'A message is deleted for everyone. The message ID is that of the deleted message.',
			},
			{
				name: 'Edits',
				value: 'edits',
				description: 'A message is edited. The message ID is that of the edited message.',
			},
			{
				name: 'Reactions',
				value: 'reactions',
				description:
					'Someone reacts to a message. The message ID is that of this message, if Ryze provides it.',
			},
			{
				name: 'Status Posts',
				value: 'statusPosts',
				description: "A status is posted. The options 'Chat Types' and 'Chats' do not apply to it.",
			},
			{
				name: 'Unknown Messages',
				value: 'unknown',
				description:
					'A message of a kind that Ryze does not know arrives, without any content. A pin may come as one.',
			},
		],
		// An option that was added without any choice would do nothing.
		default: ['edits'],
		builderHint: {
			propertyHint: 'New messages always start the workflow. Add only what the user has asked for.',
		},
		description: 'What starts the workflow besides new messages',
	},
	{
		displayName: 'Chat Types',
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
	chosenField({
		displayName: 'Chats',
		name: 'chatIds',
		method: 'searchChats',
		placeholder: 'Choose a group or a contact',
		description: 'Only messages in these chats start the workflow.',
	}),
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
			'Only messages that this number has received (incoming) or sent (outgoing) start the workflow. Without this option, both do.',
	},
	{
		displayName: 'Ignore Messages Sent by API',
		name: 'ignoreSentByApi',
		type: 'boolean',
		default: true,
		description:
			"Whether to skip messages sent through the API by n8n or another program, so the workflow doesn't trigger itself",
	},
	chosenField({
		displayName: 'Senders',
		name: 'senders',
		method: 'searchContacts',
		placeholder: 'Choose a contact',
		description: 'Only messages from these people start the workflow.',
	}),
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		default: '',
		placeholder: 'e.g. #pin',
		builderHint: { propertyHint: 'One text; no list and no regular expression.' },
		description:
			'Only messages with this text start the workflow. Captions and the IDs of tapped buttons count as text. Upper and lower case make no difference.',
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
		description: "How 'Text' is compared with the message",
	},
];

/** docs/ryze-api.md, "Webhooks". */
const EVENTS: INodePropertyOptions[] = [
	{
		name: 'Call Update',
		value: 'call.update',
		description: 'A call comes in, is accepted, is declined or ends',
	},
	{
		name: 'Group Change',
		value: 'group.flow',
		description: 'Members join, leave or become admins, or a group is renamed',
	},
	{
		name: 'Instance State',
		value: 'instance.state',
		description: 'The number is connected, disconnected or logged out',
	},
	{
		name: 'Label Update',
		value: 'label.update',
		description: 'A label is changed, or assigned to a chat or a message',
	},
	{
		name: 'Message',
		value: 'message.exchange',
		description:
			'A message is received or sent. The output has the message ID that Pin Message needs.',
	},
	{
		name: 'Message Status',
		value: 'message.status',
		description: 'A message is delivered, read or played',
	},
];

/** The line under the name of the node on the canvas: the chosen events, in the words of the list. */
export const subtitle = (() => {
	const words = JSON.stringify(Object.fromEntries(EVENTS.map(({ value, name }) => [value, name])));
	return `={{ [].concat($parameter["events"] ?? []).map((event) => (${words})[event] ?? event).join(", ") }}`;
})();

const WHILE_BUILDING =
	"<b>While building your workflow</b>, click the 'Execute step' button, then send a WhatsApp message to your number from another phone. The execution shows up in this editor.<br /><br />";

const IN_THE_LIST =
	'These executions show up in the <a data-key="executions">executions list</a>, but not in the editor.';

/** In place of n8n's own texts, which tell the user to go to Ryze and to create an event there. */
export const triggerPanel: INodeTypeDescription['triggerPanel'] = {
	header: 'Start the workflow with a WhatsApp message',
	executionsHelp: {
		inactive: `${WHILE_BUILDING}<b>Once you're happy with your workflow</b>, publish it (n8n 1.x: activate it). Then each new message starts it. ${IN_THE_LIST}`,
		active: `${WHILE_BUILDING}<b>Each new message also starts your workflow</b>, because it is published (n8n 1.x: active). ${IN_THE_LIST}`,
	},
};

export const properties: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		options: EVENTS,
		default: ['message.exchange'],
		required: true,
		builderHint: {
			propertyHint: 'Use message.exchange for messages. The options apply only to it.',
		},
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		description:
			'A message starts the workflow only if it matches all of these options. They do not apply to other events, which always start it.',
		placeholder: 'Add option',
		// Shown from the start, so that anyone who wants to react to n8n's own messages finds it.
		default: { ignoreSentByApi: true },
		options,
	},
	{
		displayName:
			'Ryze supports up to 3 webhooks per instance. This trigger uses one while its workflow is published (n8n 1.x: active), and another one while it listens for a test event.',
		name: 'webhooksNotice',
		type: 'notice',
		default: '',
	},
];
