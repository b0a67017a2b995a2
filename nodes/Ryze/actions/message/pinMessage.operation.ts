import type { INodeProperties } from 'n8n-workflow';
import { messageIdField, switchField } from '../shared/fields';
import type { Operation } from '../shared/operation';
import { readBoolean, readChoice, readMessageId } from '../shared/readers';

/** All that the API accepts (docs/ryze-api.md, "Pin a message"). */
const DURATIONS = ['24h', '7d', '30d'] as const;

const properties: INodeProperties[] = [
	{
		// What the API leaves open is named as WhatsApp's doing (docs/ryze-api.md, "What becomes of a
		// pin").
		displayName:
			"Everyone in the chat sees the pin and a line that announces it. A chat keeps 3 pinned messages: in WhatsApp's apps, a fourth one removes the oldest, without an error. In a group, your number may need to be an admin.",
		name: 'pinNotice',
		type: 'notice',
		default: '',
	},
	switchField(
		'Pin',
		'Whether to pin the message for everyone in its chat (on) or to unpin it (off). An expression can return true or false.',
		'true pins, false unpins; there is no operation for unpinning. A 4th pin in a chat drops its oldest without an error. Pinning again posts another line.',
	),
	messageIdField,
	{
		displayName: 'Duration',
		name: 'duration',
		type: 'options',
		options: [
			{ name: '24 Hours', value: '24h' },
			{ name: '7 Days', value: '7d' },
			{ name: '30 Days', value: '30d' },
		],
		default: '7d',
		// Not `show`: with an expression in 'Pin', the duration counts as well.
		displayOptions: { hide: { pin: [false] } },
		builderHint: {
			propertyHint:
				'For another length, take the next longer one and unpin with a later Pin Message.',
		},
		description:
			'How long the message stays pinned. WhatsApp offers only these three durations. Pinning the message again restarts the duration.',
	},
];

/** Pins or unpins a message for everyone in its chat (docs/ryze-api.md, "Pin a message"). */
export const pinMessage: Operation = {
	entry: {
		name: 'Pin Message',
		value: 'pinMessage',
		action: 'Pin or unpin WhatsApp message',
		description: 'Pin a message for everyone in its chat, or unpin it',
	},
	whenOff: 'Unpin message',
	properties,
	request(read) {
		const pin = readBoolean('Pin', read('pin'));
		const messageId = readMessageId(read('messageId'));
		return {
			method: 'POST',
			path: '/api/chat/pinMessage',
			// Ryze ignores the duration when it unpins, and the editor hides the field then.
			body: pin
				? { pin, messageId, duration: readChoice('Duration', read('duration'), DURATIONS) }
				: { pin, messageId },
			orderKey: messageId,
			idempotent: true,
			adviceIfUncertain: pin
				? 'The message may or may not be pinned. Pinning it again is safe; at most, the chat shows a second line about it.'
				: 'The message may still be pinned. Unpinning it again is safe.',
			finalState: { pinned: pin },
		};
	},
};
