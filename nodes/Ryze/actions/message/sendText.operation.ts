import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../operation';
import {
	readChat,
	readMessageId,
	readNumber,
	readSwitch,
	readText,
	subjectOfChat,
	trimmed,
} from '../parameters';

/** The label that Ryze keeps with each message sent here, and shows in its events (ryze-api.md 6). */
export const SOURCE = 'n8n';

const showOnlyForSendText = { resource: ['message'], operation: ['sendText'] };

const properties: INodeProperties[] = [
	{
		displayName: 'Recipient',
		name: 'number',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 5511999999999',
		displayOptions: { show: showOnlyForSendText },
		description:
			"Who gets the message: a phone number with its country code, or the ID of a group or a chat, such as 120363406289005073@g.us. A Ryze Trigger has the ID as 'data.chat.jid'.",
	},
	{
		displayName: 'Text',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. The meeting starts at 10:00.',
		displayOptions: { show: showOnlyForSendText },
		description: 'What the message says. *bold*, _italic_ and ~struck~ work as in WhatsApp.',
	},
];

const delay = {
	displayName: 'Delay',
	name: 'delay',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 600, numberPrecision: 0 },
	default: 0,
	description: 'How long Ryze waits before it sends the message, in seconds',
} satisfies INodeProperties;

const options: INodeProperties[] = [
	delay,
	{
		displayName: 'Link Preview',
		name: 'linkPreview',
		type: 'boolean',
		default: true,
		description: 'Whether WhatsApp shows a preview of the first link in the text',
	},
	{
		displayName: 'Mention All',
		name: 'mentionAll',
		type: 'boolean',
		default: true,
		description: 'Whether all members of the group are mentioned, so that each is notified',
	},
	{
		displayName: 'Reply To',
		name: 'replyTo',
		type: 'string',
		default: '',
		placeholder: 'e.g. 3EB0C767D097B7C7A54F',
		description: 'The ID of the message that this one answers',
	},
];

/** An expression that gives nothing leaves the option as if it had not been added. */
const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '';

/** Only what the user has added; for the rest Ryze has its own defaults. */
function readFields(given: Record<string, unknown>): IDataObject {
	const fields: IDataObject = {};
	if (isGiven(given.delay)) {
		const { displayName, typeOptions } = delay;
		const { minValue, maxValue } = typeOptions;
		fields.delay = Math.round(readNumber(displayName, given.delay, minValue, maxValue));
	}
	if (isGiven(given.linkPreview)) {
		fields.linkPreview = readSwitch('Link Preview', given.linkPreview);
	}
	if (isGiven(given.mentionAll)) {
		fields.mentionAll = readSwitch('Mention All', given.mentionAll);
	}
	const replyTo = trimmed(given.replyTo);
	if (isGiven(replyTo)) fields.replyTo = readMessageId(replyTo, 'Reply To');
	return fields;
}

/** Sends a text to a person, a group or a channel (ryze-api.md 6.1). */
export const sendText: Operation = {
	option: {
		name: 'Send Text',
		value: 'sendText',
		action: 'Send text message',
		description: 'Send a text to a person or a group; the answer has the ID of the new message',
	},
	properties,
	options,
	request(read) {
		const number = readChat('Recipient', read('number'));
		const message = readText('Text', read('message'));
		const fields = readFields((read('options') ?? {}) as Record<string, unknown>);
		return {
			method: 'POST',
			path: '/api/message/text',
			// By 'source' a Ryze Trigger knows the messages that n8n sent itself.
			body: { number, message, ...fields, source: SOURCE },
			subject: subjectOfChat(number),
			idempotent: false,
			ifUncertain:
				'The message may have been delivered all the same: look into the chat before you send it again.',
			delay: Number(fields.delay ?? 0) * 1000,
		};
	},
};
