import { SOURCE } from '../transport/source';
import type { Delivery, MessageFacts } from './delivery';

/** What the user has chosen; nothing chosen, or an expression that gives nothing, lets all through. */
export interface Filters {
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

	const { direction, chats, ignoreSentByApi } = filters;
	const oneWay = direction === 'incoming' || direction === 'outgoing';
	if (oneWay && message.direction !== direction) return false;
	if (chats?.length && !chats.includes(message.chatKind ?? '')) return false;
	const sentByApi = message.direction !== 'incoming' && SENT_BY_API.includes(message.source ?? '');
	if (ignoreSentByApi && sentByApi) return false;
	return textPasses(filters, message);
}
