import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../errors/text';
import { secretsIn, withoutNamedSecrets, withoutSecrets } from './withoutSecrets';

/** What a delivery of Ryze says about a message, in either of its two layouts (docs/ryze-api.md, "Message events"). */
export interface MessageFacts {
	id?: string;
	direction?: string;
	chatKind?: string;
	/** The label of the program that sent it; none when it was sent from the phone. */
	source?: string;
	text: string;
}

export interface Delivery {
	event: string;
	data: Record<string, unknown>;
	/** The output of the node: the body of Ryze without the token, and the message ID on top. */
	json: IDataObject;
	message: MessageFacts;
}

/** What Ryze calls the kinds of chats (docs/ryze-api.md, "Message events"), and what the node calls them. */
const KINDS = new Map<unknown, string>([
	['private', 'private'],
	['group', 'group'],
	['newsletter', 'channel'],
	['channel', 'channel'],
]);

/** By the end of the ID, when the kind is not given (docs/ryze-api.md, "Recipients"). */
const KINDS_BY_ID: Array<[RegExp, string]> = [
	[/@g\.us$/, 'group'],
	[/@newsletter$/, 'channel'],
	[/@broadcast$/, 'broadcast'],
	[/^\d{7,15}$|@s\.whatsapp\.net$|@lid$/, 'private'],
];

const objectOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

const textOf = (value: unknown): string | undefined => {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
};

function chatKindOf(given: unknown): string | undefined {
	const chat = objectOf(given);
	const id = textOf(given) ?? textOf(chat.jid) ?? textOf(chat.lid) ?? '';
	return KINDS.get(chat.type) ?? KINDS_BY_ID.find(([pattern]) => pattern.test(id))?.[1];
}

function factsOf(data: Record<string, unknown>): MessageFacts {
	const message = objectOf(data.message);
	const { content } = message;
	return {
		id: textOf(data.id) ?? textOf(message.id),
		direction: textOf(data.direction) ?? textOf(message.direction),
		chatKind: chatKindOf(data.chat ?? message.chat),
		source: textOf(message.source) ?? textOf(data.source),
		text:
			textOf(content) ??
			textOf(objectOf(content).text) ??
			textOf(objectOf(message.media).caption) ??
			'',
	};
}

/**
 * Reads the body of a delivery (docs/ryze-api.md, "Deliveries").
 *
 * Each one carries the token of its instance, with which anybody could send messages. It never becomes
 * part of an item.
 *
 * @returns `undefined` for anything but an event of Ryze
 */
export function readDelivery(body: unknown): Delivery | undefined {
	if (!isObject(body) || !isObject(body.data)) return undefined;
	const { event, data, instanceData, ...others } = body;
	if (typeof event !== 'string' || event === '') return undefined;

	const message = factsOf(data);
	const onTop = event === 'message.exchange' && message.id ? { messageId: message.id } : {};
	const json = withoutSecrets(
		{
			...onTop,
			event,
			data,
			...(instanceData !== undefined && {
				instanceData: withoutNamedSecrets(objectOf(instanceData)),
			}),
			...others,
			...onTop,
		},
		secretsIn(instanceData),
	) as IDataObject;
	return { event, data, json, message };
}
