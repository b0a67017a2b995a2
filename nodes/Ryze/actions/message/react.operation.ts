import type { INodeProperties } from 'n8n-workflow';
import { refuse } from '../../errors/RyzeError';
import { shown } from '../../errors/text';
import { chatField, messageIdField } from '../shared/fields';
import type { Operation } from '../shared/operation';
import { readChat } from '../shared/readChat';
import { readMessageId, trimmed } from '../shared/readers';
import { SOURCE } from '../shared/send';

const SENDER = 'Sender of the Message';

const properties: INodeProperties[] = [
	{
		displayName: 'Emoji',
		name: 'emoji',
		type: 'string',
		default: '👍',
		placeholder: 'e.g. 👍',
		builderHint: {
			propertyHint: 'One emoji, such as 👍. Empty removes the reaction.',
		},
		description:
			'One emoji. It replaces your earlier reaction. Leave it empty to remove your reaction.',
	},
	{
		...messageIdField,
		default: '={{ $json.messageId }}',
		description:
			"The ID of the message to react to. The Ryze WhatsApp Trigger and the send operations output it as 'messageId'.",
	},
	{
		...chatField,
		// The trigger gives it on top, and Send Text in the response of Ryze.
		// The editor adds `__rl` when something is chosen, and nothing as long as nobody does.
		default: {
			__rl: true,
			mode: 'id',
			value: '={{ $json.chatId ?? $json.data?.chat?.jid }}',
		},
		description: 'The chat that the message is in',
	},
	{
		displayName: SENDER,
		name: 'sender',
		type: 'string',
		// Of a message that the own number has sent, the trigger gives a sender as well.
		default:
			"={{ ($json.data?.direction ?? $json.data?.message?.direction) === 'outgoing' ? '' : $json.senderId }}",
		placeholder: 'e.g. 5511999999999@s.whatsapp.net',
		builderHint: {
			propertyHint:
				'senderId of the Ryze WhatsApp Trigger. Empty only for a message that this instance has sent itself, such as by Send Text.',
		},
		description:
			"Who has sent the message: a phone number or an ID. The Ryze WhatsApp Trigger outputs it as 'senderId'. Leave it empty for a message that your own number has sent.",
	},
];

const PICTURE = '\\p{Extended_Pictographic}[\\p{Emoji_Modifier}\\ufe0f\\u{e0020}-\\u{e007f}]*';

/** One emoji can be several characters: a flag, a key, a skin tone, a family. */
const EMOJI = new RegExp(
	`^(?:\\p{RI}{2}|[\\d#*]\\ufe0f?\\u20e3|${PICTURE}(?:\\u200d${PICTURE})*)$`,
	'u',
);

/** Ryze removes a reaction by a word (docs/ryze-api.md, "React to a message"). */
function readReaction(value: unknown): string {
	const text = trimmed(value);
	if (text === '') return 'remove';
	if (typeof text === 'string' && EMOJI.test(text)) return text;
	return refuse(
		'invalid-parameter',
		`'Emoji' must be one emoji, but is ${shown(value)}`,
		"Enter the emoji itself in 'Emoji', such as 👍. Leave it empty to remove your reaction.",
	);
}

/**
 * Only an empty text says that the message is an own one: a field that does not exist does not.
 *
 * @returns the JID, or `undefined` for an own message
 */
function readSender(value: unknown): string | undefined {
	if (trimmed(value) === '') return undefined;
	if (value === undefined || value === null) {
		refuse(
			'invalid-parameter',
			`'${SENDER}' is unknown: its expression returned nothing`,
			"Use 'senderId' of the Ryze WhatsApp Trigger. Leave the field empty if your own number has sent the message.",
		);
	}
	const id = readChat(SENDER, value);
	if (/^\d+$/.test(id)) return `${id}@s.whatsapp.net`;
	if (/@(s\.whatsapp\.net|lid)$/.test(id)) return id;
	return refuse(
		'invalid-parameter',
		`'${SENDER}' must be a person, but is ${shown(value)}`,
		"Use 'senderId' of the Ryze WhatsApp Trigger, not 'chatId'. Leave the field empty if your own number has sent the message.",
	);
}

/** Reacts to a message, or removes the reaction (docs/ryze-api.md, "React to a message"). */
export const react: Operation = {
	entry: {
		name: 'React',
		value: 'react',
		action: 'React to WhatsApp message',
		description: 'React to a message with an emoji, or remove your reaction',
	},
	properties,
	request(read) {
		const reaction = readReaction(read('emoji'));
		const messageId = readMessageId(read('messageId'));
		const number = readChat('Chat', read('chat'));
		const sender = readSender(read('sender'));
		const fromMe = sender === undefined;
		const participant = number.endsWith('@g.us') ? sender : undefined;
		return {
			method: 'POST',
			path: '/api/message/reaction',
			body: {
				number,
				messageId,
				reaction,
				fromMe,
				...(participant !== undefined && { participant }),
				source: SOURCE,
			},
			orderKey: messageId,
			// Each number has one reaction to a message, so the same one again changes nothing.
			idempotent: true,
			adviceIfUncertain: 'The reaction may or may not have changed. Reacting again is safe.',
		};
	},
};
