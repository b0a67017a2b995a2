import { refuse } from '../../errors/RyzeError';
import { messageIdField } from '../shared/fields';
import type { Operation, ToolCheck } from '../shared/operation';
import { readChoice, readMessageId } from '../shared/readers';

const FOR_WHOM = ['everyone', 'me'] as const;

/** For everyone cannot be undone, and for oneself is seldom meant: n8n asks the user to choose. */
const NOT_CHOSEN = '';

/** An agent takes back for everyone only what this instance has sent (docs/ryze-api.md, "Message status"). */
const onlySent = (messageId: string): ToolCheck => ({
	method: 'GET',
	path: '/api/chat/status',
	query: { messageId },
	idempotent: true,
	check({ direction }) {
		if (direction === 'sent') return;
		refuse(
			'invalid-parameter',
			'An AI agent can delete for everyone only messages that this instance has sent',
			direction === 'received'
				? "This message was received. It can be deleted with 'me', for this number only, or by a person in WhatsApp."
				: 'Ryze does not say who has sent this message, so it was not deleted.',
		);
	},
});

/**
 * Deletes a message (docs/ryze-api.md, "Delete a message").
 *
 * Not idempotent: a second request may get "message not found" although the first one
 * has deleted it.
 */
export const deleteMessage: Operation = {
	entry: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete WhatsApp message',
		description:
			'Delete a message for everyone or only for yourself. Phones may ignore this if the message is too old, and Ryze reports success anyway.',
	},
	properties: [
		messageIdField,
		{
			displayName: 'Delete For',
			name: 'deleteFor',
			type: 'options',
			default: NOT_CHOSEN,
			required: true,
			options: [
				{
					name: 'For Everyone',
					value: 'everyone',
					description: 'Asks all phones in the chat to remove it; this cannot be undone',
				},
				{
					name: 'For Me',
					value: 'me',
					description: 'Removes it from your own phone and devices only',
				},
			],
			builderHint: {
				propertyHint:
					"Required: 'everyone' or 'me'. 'everyone' cannot be undone; choose it only when the user asks for it.",
			},
			description:
				'Who the message is deleted for. Phones may ignore this if the message is too old, and Ryze reports success anyway.',
		},
	],
	request(read) {
		const messageId = readMessageId(read('messageId'));
		const deleteFor = readChoice('Delete For', read('deleteFor'), FOR_WHOM);
		const deleteForEveryone = deleteFor === 'everyone';
		return {
			method: 'DELETE',
			path: '/api/chat/delete',
			body: { messageId, deleteForEveryone },
			orderKey: messageId,
			idempotent: false,
			adviceIfUncertain:
				'The message may have been deleted anyway. Look at the chat first. Deleting it again does no harm.',
			...(deleteForEveryone && { toolCheck: onlySent(messageId) }),
		};
	},
};
