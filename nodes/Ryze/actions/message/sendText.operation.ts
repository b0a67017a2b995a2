import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { SOURCE } from '../../transport/source';
import { chatField } from '../fields';
import type { Operation } from '../operation';
import { readNumberOption, type NumberOption } from '../options';
import { isGiven, readMessageId, readSwitch, readText, trimmed } from '../parameters';
import { orderKeyOfChat, readChat } from '../readChat';

const properties: INodeProperties[] = [
	chatField,
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. The meeting starts at 10:00.',
		description:
			'The text of the message. Use *bold*, _italic_ and ~strikethrough~ as in WhatsApp.',
	},
];

const delay: NumberOption = {
	min: 0,
	max: 600,
	property: {
		displayName: 'Delay (Seconds)',
		name: 'delay',
		type: 'number',
		default: 0,
		description: 'How long Ryze waits before it sends the message',
	},
};

const options: INodeProperties[] = [
	delay.property,
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
		description: 'Whether to mention all members of the group, so that each of them is notified',
	},
	{
		displayName: 'Reply To',
		name: 'replyTo',
		type: 'string',
		default: '',
		placeholder: 'e.g. 3EB0C767D097B7C7A54F',
		description: 'The ID of the message to reply to',
	},
];

/** Only what the user has added; Ryze has its own defaults for the rest. */
function readFields(given: Record<string, unknown>): IDataObject {
	const fields: IDataObject = {};
	if (isGiven(given.delay)) fields.delay = Math.round(readNumberOption(given, delay));
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

/** Sends a text to a person, a group or a channel (docs/ryze-api.md, "Send a text"). */
export const sendText: Operation = {
	option: {
		name: 'Send Text',
		value: 'sendText',
		action: 'Send text message',
		description:
			'Send a text to a person, group or channel; the output has the ID of the new message',
	},
	properties,
	options,
	request(read) {
		const number = readChat('Chat', read('chat'));
		const message = readText('Text', read('text'));
		const fields = readFields((read('options') ?? {}) as Record<string, unknown>);
		return {
			method: 'POST',
			path: '/api/message/text',
			// The Ryze Trigger recognizes messages from n8n by their 'source'.
			body: { number, message, ...fields, source: SOURCE },
			orderKey: orderKeyOfChat(number),
			idempotent: false,
			ifUncertain:
				'The message may have been delivered all the same: look at the chat before you send it again.',
			delay: Number(fields.delay ?? 0) * 1000,
		};
	},
};
