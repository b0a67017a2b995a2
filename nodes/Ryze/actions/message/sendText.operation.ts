import type { INodeProperties } from 'n8n-workflow';
import { chatField } from '../shared/fields';
import type { Operation } from '../shared/operation';
import { optionsOf } from '../shared/options';
import { isGiven, readBoolean, readText } from '../shared/readers';
import { mentionAll, readMentionAll, sendOptions, sendRequestOf } from '../shared/send';

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
		builderHint: { propertyHint: 'Bold is *one star*; no Markdown links or headings, no HTML.' },
		description:
			'The text of the message. Use *bold*, _italic_ and ~strikethrough~ as in WhatsApp.',
	},
];

const linkPreview: INodeProperties = {
	displayName: 'Link Preview',
	name: 'linkPreview',
	type: 'boolean',
	default: true,
	description: 'Whether WhatsApp shows a preview of the first link in the text',
};

/** Sends a text to a person, a group or a channel (docs/ryze-api.md, "Send a text"). */
export const sendText: Operation = {
	entry: {
		name: 'Send Text',
		value: 'sendText',
		action: 'Send WhatsApp text message',
		description:
			'Send a text to a person, group or channel; the output has the ID of the new message',
	},
	properties,
	options: [linkPreview, mentionAll, ...sendOptions],
	request(read) {
		const options = optionsOf(read);
		const given = options.linkPreview;
		return sendRequestOf(read, '/api/message/text', {
			message: readText('Text', read('text')),
			...(isGiven(given) && { linkPreview: readBoolean('Link Preview', given) }),
			...readMentionAll(options),
		});
	},
};
