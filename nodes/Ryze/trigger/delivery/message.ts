import { isFilled, isObject, objectOf, textOf } from '../../errors/values';
import { knownIdsOf, STATUS_POSTS } from '../../whatsapp/chatId';
import { tapped } from '../../events/text';

/** What a message event may be about instead of a new message that can be read. */
export type Change = 'edits' | 'deletions' | 'reactions' | 'statusPosts' | 'unknown';

/**
 * What a delivery of Ryze says about a message, in either of its two layouts (docs/ryze-api.md,
 * "Message events").
 */
export interface Message {
	/** The message that the event is about; for an edit or a reaction, an earlier message. */
	id?: string;
	/** What it is instead of a new message; a deleted status post is two of these. */
	changes: Change[];
	/** The message that this one is a reply to. */
	repliedId?: string;
	/** What that message said, as the phone of the sender repeats it. */
	repliedText?: string;
	direction?: string;
	chatKind?: string;
	/** The IDs of the chat; a person can have two, and the first one is the usual one. */
	chatIds: string[];
	/** The same for who sent it. */
	senderIds: string[];
	/** Ryze's word for what it contains, such as text or image. */
	type?: string;
	/** The label of the program that sent it; none when it was sent from the phone. */
	source?: string;
	/** As Ryze gives it: what was written, or the ID of what was tapped. */
	text: string;
}

/** The kinds of chats: Ryze's names (docs/ryze-api.md, "Message events") and the node's names. */
const KINDS = new Map<unknown, string>([
	['private', 'private'],
	['group', 'group'],
	['newsletter', 'channel'],
	['channel', 'channel'],
]);

/** By the end of the ID, for when the kind is not given (docs/ryze-api.md, "Recipients"). */
const KINDS_BY_ID: Array<[RegExp, string]> = [
	[/@g\.us$/, 'group'],
	[/@newsletter$/, 'channel'],
	[/@broadcast$/, 'broadcast'],
	[/@s\.whatsapp\.net$|@lid$/, 'private'],
];

/** The IDs of a chat or a person, in full and without the device that was used. */
function idsOf(given: unknown): string[] {
	if (!isObject(given)) return knownIdsOf(given);
	return knownIdsOf(given.jid, given.lid, given.type);
}

function kindOfChat(given: unknown[], [id = '']: string[]): string | undefined {
	const kinds = given.map((chat) => KINDS.get(objectOf(chat).type));
	return kinds.find(Boolean) ?? KINDS_BY_ID.find(([pattern]) => pattern.test(id))?.[1];
}

/**
 * How a message without content may be called, in letters only: one whose kind Ryze does not know, or
 * one that could not be read yet.
 */
const UNKNOWN_TYPE =
	/^(|null|undefined|empty|unknown.*|unsupported.*|undecryptable.*|protocol.*|system.*|placeholder.*)$/;

/** A pin is a message to WhatsApp; how Ryze calls it is unknown. */
const PIN_TYPE = /^(un|message|chat)?pin(ned)?(inchat|chat)?(message|update)?$/;

/** What a message says with its own text; everything else is an object or a list. */
const TEXTS = /^(content|text|body|caption|conversation)$/i;

const isTextElsewhere = ([name, value]: [string, unknown]): boolean =>
	TEXTS.test(name) && typeof value === 'string' && isFilled(value);

/** Objects that say something about a message, and not what it contains. */
const BESIDE_CONTENT = /^(chat|sender|recipient|message|reply|key|info|pin.*)$|[Cc]ontext|_pin|Pin/;

const isContent = ([name, value]: [string, unknown]): boolean =>
	(TEXTS.test(name) || (typeof value === 'object' && !BESIDE_CONTENT.test(name))) &&
	isFilled(value);

/**
 * Whether it is a pin, or may be one: nothing in it can be read (docs/ryze-api.md, "Message
 * events"). What has neither of the two layouts may have its content elsewhere.
 */
function isUnknown(
	type: string,
	text: string,
	isEdit: boolean,
	data: Record<string, unknown>,
): boolean {
	const letters = type.toLowerCase().replace(/[^a-z]/g, '');
	if (PIN_TYPE.test(letters)) return true;
	if (text !== '') return false;
	const { chat, sender, message } = data;
	// Nobody can send an empty text, so this one could not be read yet.
	const isEmptyText = letters === 'text' && !isEdit && 'content' in objectOf(message);
	return (
		(UNKNOWN_TYPE.test(letters) || isEmptyText) &&
		isFilled([chat, sender, message]) &&
		![data, objectOf(message)].flatMap(Object.entries).some(isContent)
	);
}

function changesOf(type: unknown, isEdit: boolean, isStatus: boolean): Change[] {
	const changes: Change[] = [];
	if (isEdit || type === 'message_edit') changes.push('edits');
	if (type === 'message_revoke') changes.push('deletions');
	if (type === 'reaction') changes.push('reactions');
	if (isStatus) changes.push('statusPosts');
	return changes;
}

/** An object that may stand in `data` or in `data.message`; an empty one hides no other. */
type Part = (name: string) => Record<string, unknown>;

/** The message that was reacted to; never the reaction itself, which nobody can pin. */
function idOfReactedTo(part: Part, own: string | undefined): string | undefined {
	const { message_id, messageId, original_id, id, key } = part('reaction');
	const { message_id: repliedTo } = part('reply');
	// Some readers expect a key, which WhatsApp's own libraries write as an object.
	return [message_id, messageId, original_id, id, key, objectOf(key).id, repliedTo]
		.map(textOf)
		.find((each) => each !== undefined && each !== own);
}

/** The ID of the event itself; that of an edit or a reaction is not that of the message meant. */
export const ownIdOf = (data: Record<string, unknown>): string | undefined =>
	textOf(data.id) ?? textOf(objectOf(data.message).id);

export function readMessage(data: Record<string, unknown>): Message {
	const message = objectOf(data.message);
	const content = [message.content, data.content].find(isFilled);
	const other = [message, data].flatMap(Object.entries).find(isTextElsewhere)?.[1];
	const part: Part = (name) =>
		objectOf([message[name], data[name]].find((each) => isObject(each) && isFilled(each)));
	const idsIn = (name: string): string[] =>
		[data[name], message[name]].map(idsOf).find((ids) => ids.some(isFilled)) ?? [];
	const chatIds = idsIn('chat');
	const type = textOf(message.type) ?? textOf(data.type);
	const isEdit = data.isEdit === true || message.isEdit === true;
	const reaction = part('reaction');
	const text =
		tapped([message, data, content]) ??
		textOf(content) ??
		textOf(objectOf(content).text) ??
		textOf(part('media').caption) ??
		textOf(part('edit').text) ??
		textOf(reaction.text) ??
		textOf(reaction.emoji) ??
		textOf(other) ??
		'';
	const unknown = isUnknown(type ?? '', text, isEdit, data);
	// WhatsApp marks a pin as an edit.
	const changes = changesOf(type, isEdit && !unknown, chatIds[0] === STATUS_POSTS);
	if (unknown) changes.push('unknown');
	const own = ownIdOf(data);
	let id = own;
	if (changes.includes('reactions')) id = idOfReactedTo(part, own);
	// A deletion has the ID of what was deleted.
	else if (changes.includes('edits')) id = textOf(part('edit').original_id) ?? own;
	return {
		id,
		changes,
		direction: textOf(data.direction) ?? textOf(message.direction),
		repliedId: textOf(part('reply').message_id),
		repliedText: textOf(part('reply').text),
		chatKind: kindOfChat([data.chat, message.chat], chatIds),
		chatIds,
		senderIds: idsIn('sender'),
		type,
		source: [message.source, data.source].map((each) => textOf(each)?.trim()).find(Boolean),
		text,
	};
}
