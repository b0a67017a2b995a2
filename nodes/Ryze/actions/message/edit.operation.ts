import type { INodeProperties } from 'n8n-workflow';
import { messageIdField } from '../shared/fields';
import type { Operation } from '../shared/operation';
import { readMessageId, readText } from '../shared/readers';

const properties: INodeProperties[] = [
	{
		...messageIdField,
		builderHint: {
			propertyHint:
				'messageId of a Send Text that ran less than 15 minutes ago. Never make one up.',
		},
		description:
			"The ID of a text message that this instance has sent. Send Text outputs it as 'messageId'.",
	},
	{
		displayName: 'New Text',
		name: 'content',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. The meeting starts at 11:00.',
		builderHint: { propertyHint: 'The whole new text. Bold is *one star*; no Markdown, no HTML.' },
		description:
			'The text that replaces the old one. Use *bold*, _italic_ and ~strikethrough~ as in WhatsApp.',
	},
];

/** Changes the text of an own message (docs/ryze-api.md, "Edit a message"). */
export const edit: Operation = {
	entry: {
		name: 'Edit Text',
		value: 'edit',
		action: 'Edit WhatsApp text message',
		description:
			'Change a text that this instance sent within about the last 15 minutes; a pinned message stays pinned',
	},
	properties,
	request(read) {
		const messageId = readMessageId(read('messageId'));
		return {
			method: 'POST',
			path: '/api/chat/edit',
			body: { messageId, content: readText('New Text', read('content')) },
			orderKey: messageId,
			// The same text again leaves the same message.
			idempotent: true,
			adviceIfUncertain:
				'The message may or may not have the new text. Editing it again with the same text is safe.',
		};
	},
};
