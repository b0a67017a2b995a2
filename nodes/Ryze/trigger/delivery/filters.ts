import { isChosen, readChosenIds } from '../../events/chosenIds';
import type { Delivery } from './delivery';
import type { Message } from './message';
import { comparable } from '../../events/text';

/**
 * What the user has chosen. A filter that is not set lets everything through, but for these two: no
 * `alsoStartOn` means new messages only, and `ignoreSentByApi` is on.
 */
export interface Filters {
	/** What starts the workflow besides new messages; nothing else when this is empty. */
	alsoStartOn?: string[] | null;
	direction?: string | null;
	chats?: string[] | null;
	/** Chats and senders as the editor's field gives them; see `readChosenIds`. */
	chatIds?: unknown;
	senders?: unknown;
	ignoreSentByApi?: boolean | null;
	text?: string | null;
	textMatch?: string | null;
}

function textPasses({ text, textMatch }: Filters, message: Message) {
	const wanted = comparable(String(text ?? ''));
	const found = comparable(message.text);
	if (textMatch === 'equals') return wanted === '' || found === wanted;
	return textMatch === 'startsWith' ? found.startsWith(wanted) : found.includes(wanted);
}

/** Whether an event starts the workflow. The filters apply to messages only. */
export function passes(events: string[], filters: Filters, { event, message }: Delivery): boolean {
	if (!events.includes(event)) return false;
	if (event !== 'message.exchange') return true;

	const { alsoStartOn, direction, chats, ignoreSentByApi } = filters;
	const wanted = readList(alsoStartOn);
	if (!message.changes.every((change) => wanted.includes(change))) return false;
	const oneWay = direction === 'incoming' || direction === 'outgoing';
	if (oneWay && message.direction !== direction) return false;
	// A status post is in none of these chats, but whoever has chosen status posts wants it anyway.
	if (!message.changes.includes('statusPosts')) {
		const kinds = readList(chats);
		if (kinds.length > 0 && !kinds.includes(message.chatKind ?? '')) return false;
		if (!isChosen(readChosenIds(filters.chatIds), message.chatIds)) return false;
	}
	if (!isChosen(readChosenIds(filters.senders), message.senderIds)) return false;
	// Each program may have its own label; only what was sent from the phone has none.
	const sentByApi = message.direction !== 'incoming' && message.source !== undefined;
	// Also without the option: a workflow that starts itself would never end.
	if (ignoreSentByApi !== false && sentByApi) return false;
	return textPasses(filters, message);
}

/** What the user has chosen in a list; an expression may give a single value, or nothing. */
export function readList(value: unknown): string[] {
	const list = Array.isArray(value) ? value : [value];
	return list.filter((each): each is string => typeof each === 'string' && each !== '');
}
