import { isObject, objectOf, textOf } from '../errors/values';
import { knownIdsOf, STATUS_POSTS } from '../whatsapp/chatId';

/** What a message event may be about instead of a new message. */
export type Change = 'edits' | 'deletions' | 'reactions' | 'statusPosts';

/**
 * What a delivery of Ryze says about a message, in either of its two layouts (docs/ryze-api.md,
 * "Message events").
 */
export interface MessageFacts {
	/** The message that the event is about; for an edit or a reaction, an earlier message. */
	id?: string;
	/** What it is instead of a new message; a deleted status post is two of these. */
	changes: Change[];
	/** The message that was answered with this one. */
	repliedId?: string;
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
	[/^\d{7,15}$|@s\.whatsapp\.net$|@lid$/, 'private'],
];

/** The IDs of a chat or a person, in full and without the device that was used. */
function idsOf(given: unknown): string[] {
	if (!isObject(given)) return knownIdsOf(given);
	return knownIdsOf(given.jid, given.lid, given.type);
}

function kindOfChat(given: unknown, [id = '']: string[]): string | undefined {
	return KINDS.get(objectOf(given).type) ?? KINDS_BY_ID.find(([pattern]) => pattern.test(id))?.[1];
}

function changesOf(type: unknown, isEdit: boolean, isStatus: boolean): Change[] {
	const changes: Change[] = [];
	if (isEdit || type === 'message_edit') changes.push('edits');
	if (type === 'message_revoke') changes.push('deletions');
	if (type === 'reaction') changes.push('reactions');
	if (isStatus) changes.push('statusPosts');
	return changes;
}

/** An object that may stand in `data` or in `data.message`. */
type Part = (name: string) => Record<string, unknown>;

/** The message that was reacted to; never the reaction itself, which nobody can pin. */
function idOfReactedTo(part: Part, own: string | undefined): string | undefined {
	const { message_id, messageId, original_id, id } = part('reaction');
	const { message_id: answered } = part('reply');
	return [message_id, messageId, original_id, id, answered]
		.map(textOf)
		.find((each) => each !== undefined && each !== own);
}

export function factsOf(data: Record<string, unknown>): MessageFacts {
	const message = objectOf(data.message);
	const { content } = message;
	const part: Part = (name) => objectOf(isObject(message[name]) ? message[name] : data[name]);
	const chat = data.chat ?? message.chat;
	const chatIds = idsOf(chat);
	const type = textOf(message.type) ?? textOf(data.type);
	const isEdit = data.isEdit === true || message.isEdit === true;
	const changes = changesOf(type, isEdit, chatIds[0] === STATUS_POSTS);
	const own = textOf(data.id) ?? textOf(message.id);
	let id = own;
	if (changes.includes('reactions')) id = idOfReactedTo(part, own);
	// A deletion has the ID of what was deleted.
	else if (changes.includes('edits')) id = textOf(part('edit').original_id) ?? own;
	return {
		id,
		changes,
		direction: textOf(data.direction) ?? textOf(message.direction),
		repliedId: textOf(part('reply').message_id),
		chatKind: kindOfChat(chat, chatIds),
		chatIds,
		senderIds: idsOf(data.sender ?? message.sender),
		type,
		source: textOf(message.source) ?? textOf(data.source),
		text:
			textOf(content) ??
			textOf(objectOf(content).text) ??
			textOf(objectOf(message.media).caption) ??
			textOf(part('edit').text) ??
			'',
	};
}
