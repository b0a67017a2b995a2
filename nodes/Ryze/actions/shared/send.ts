import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isObject } from '../../errors/values';
import { chatKeyOf } from '../../whatsapp/chatId';
import type { OperationRequest, Output } from './operation';
import { type NumberOption, optionsOf, readNumberOption } from './options';
import { readChat } from './readChat';
import { isGiven, readBoolean, readMessageId, type ReadParameter, trimmed } from './readers';

/**
 * The label that Ryze stores with each message from here and repeats in its events
 * (docs/ryze-api.md, "Send a text"). It tells them from those sent from the phone.
 */
export const SOURCE = 'n8n';

const delay: NumberOption = {
	min: 0,
	max: 600,
	property: {
		displayName: 'Delay (Seconds)',
		name: 'delay',
		type: 'number',
		default: 0,
		description:
			'How long Ryze waits before it sends the message and responds. Until then, the chat shows "typing…". A proxy on the way may stop waiting after a minute; to wait longer, use a Wait node.',
	},
};

/** Options of everything that is sent to a chat. */
export const sendOptions: INodeProperties[] = [
	delay.property,
	{
		displayName: 'Reply To',
		name: 'replyTo',
		type: 'string',
		default: '',
		placeholder: 'e.g. 3EB0C767D097B7C7A54F',
		description: 'The ID of the message to reply to',
	},
];

/** An option of texts and media; a poll mentions nobody (docs/ryze-api.md, "Send a poll"). */
export const mentionAll: INodeProperties = {
	displayName: 'Mention All',
	name: 'mentionAll',
	type: 'boolean',
	default: true,
	builderHint: { propertyHint: 'Add it only to notify everyone in a group.' },
	description: 'Whether to mention all members of the group, so that each of them is notified',
};

/** @returns what 'Mention All' adds to the request; nothing when it was not added */
export function readMentionAll({ mentionAll }: Record<string, unknown>): IDataObject {
	return isGiven(mentionAll) ? { mentionAll: readBoolean('Mention All', mentionAll) } : {};
}

/** Only what the user has added; Ryze has its own defaults for the rest. */
function readSendOptions(given: Record<string, unknown>): IDataObject {
	const fields: IDataObject = {};
	if (isGiven(given.delay)) fields.delay = Math.round(readNumberOption(given, delay));
	const replyTo = trimmed(given.replyTo);
	if (isGiven(replyTo)) fields.replyTo = readMessageId(replyTo, 'Reply To');
	return fields;
}

/**
 * All kinds of sends give the ID of the new message as `data.messageId` (docs/ryze-api.md, "Send a
 * text"). On top it has the same place as in the output of the trigger.
 */
function withMessageId(response: IDataObject): Output {
	const { messageId } = isObject(response.data) ? (response.data as IDataObject) : {};
	return { json: messageId === undefined ? response : { messageId, ...response } };
}

const IF_UNCERTAIN =
	'The message may have been delivered anyway. Check the chat first, and send it again only if it is not there.';

/** A proxy may have given up long before. @param delay seconds */
const adviceIfUncertain = (delay: number): string =>
	delay > 0
		? `${IF_UNCERTAIN} It may still come until its delay of ${delay} s is over, so check after that.`
		: IF_UNCERTAIN;

/**
 * The request for everything that is sent to a chat.
 *
 * @param path of the API, without the instance
 * @param content the fields that only this kind of message has
 * @throws {RyzeError} `invalid-parameter`, naming the field
 */
export function sendRequestOf(
	read: ReadParameter,
	path: string,
	content: IDataObject,
): OperationRequest {
	const number = readChat('Chat', read('chat'));
	const fields = readSendOptions(optionsOf(read));
	const seconds = Number(fields.delay ?? 0);
	return {
		method: 'POST',
		path,
		body: { number, ...content, ...fields, source: SOURCE },
		orderKey: chatKeyOf(number),
		idempotent: false,
		adviceIfUncertain: adviceIfUncertain(seconds),
		delay: seconds * 1000,
		toOutput: withMessageId,
	};
}
