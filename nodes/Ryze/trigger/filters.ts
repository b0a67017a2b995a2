import { SOURCE } from '../transport/source';
import type { Delivery } from './delivery';
import type { MessageFacts } from './messageFacts';

/** What the user has chosen; nothing chosen, or an expression that gives nothing, is no filter. */
export interface Filters {
	/** What else than new messages comes through; nothing else when nothing is chosen. */
	alsoStartOn?: string[] | null;
	direction?: string | null;
	chats?: string[] | null;
	ignoreSentByApi?: boolean | null;
	text?: string | null;
	textMatch?: string | null;
}

/** How Ryze labels a message that was sent through its API: 'api', unless the sender chose a label. */
const SENT_BY_API = ['api', SOURCE];

const plain = (text: string) => text.trim().toLowerCase();

function textPasses({ text, textMatch }: Filters, message: MessageFacts) {
	const wanted = plain(String(text ?? ''));
	const found = plain(message.text);
	if (textMatch === 'equals') return wanted === '' || found === wanted;
	return textMatch === 'startsWith' ? found.startsWith(wanted) : found.includes(wanted);
}

/** Whether an event shall start the workflow. The filters are about messages and nothing else. */
export function passes(events: string[], filters: Filters, { event, message }: Delivery): boolean {
	if (!events.includes(event)) return false;
	if (event !== 'message.exchange') return true;

	const { alsoStartOn, direction, chats, ignoreSentByApi } = filters;
	if (!message.changes.every((change) => alsoStartOn?.includes(change))) return false;
	const oneWay = direction === 'incoming' || direction === 'outgoing';
	if (oneWay && message.direction !== direction) return false;
	// A status post is in none of the chats; whoever has chosen status posts wants it all the same.
	const isStatusPost = message.changes.includes('statusPosts');
	if (chats?.length && !isStatusPost && !chats.includes(message.chatKind ?? '')) return false;
	const sentByApi = message.direction !== 'incoming' && SENT_BY_API.includes(message.source ?? '');
	if (ignoreSentByApi && sentByApi) return false;
	return textPasses(filters, message);
}
