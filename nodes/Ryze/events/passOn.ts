import { createHmac } from 'node:crypto';
import { isSecret } from './secret';
import type { ChatAnswer } from './question';

/** The header with the proof of an answer that a trigger passes on. */
export const PROOF_HEADER = 'x-ryze-proof';

/**
 * Proves that an answer comes from a trigger with the same token, and for which question it is: each
 * has its own link.
 *
 * @param link of the question
 */
export function proofOf(token: string, link: string, answer: ChatAnswer): string {
	const { pathname, search } = new URL(link);
	const { via, questionId, id, text, chatIds, senderIds } = answer;
	const facts = [pathname, search, via, questionId, id ?? '', text, chatIds, senderIds];
	return createHmac('sha256', token)
		.update(`answer to a question\n${JSON.stringify(facts)}`)
		.digest('hex');
}

/** @param given what came as the proof */
export const isProof = (given: unknown, token: string, link: string, answer: ChatAnswer): boolean =>
	isSecret(given, proofOf(token, link, answer));

/** A link, up to what cannot be part of one; WhatsApp puts nothing into it. */
const LINKS = /https?:\/\/[^\s<>"]+/gi;

/**
 * The links of questions in a text that are links of this n8n: with its own address and path, to an
 * execution that waits.
 *
 * @param waitingUrl where this n8n is called to go on with an execution, without its ID
 */
export function ownLinksIn(text: string, waitingUrl: string): string[] {
	if (!text.includes('signature=') || !URL.canParse(waitingUrl)) return [];
	const own = new URL(waitingUrl);
	const folder = own.pathname.replace(/\/*$/, '/');
	return (text.match(LINKS) ?? []).filter((link) => {
		if (!URL.canParse(link)) return false;
		const { origin, username, password, pathname, searchParams } = new URL(link);
		return (
			origin === own.origin &&
			username + password === '' &&
			pathname.startsWith(folder) &&
			/^\d+\/[^/]+$/.test(pathname.slice(folder.length)) &&
			/^[0-9a-f]{64}$/.test(searchParams.get('signature') ?? '')
		);
	});
}

/**
 * The link of the question that a text is. Anyone can write a text with a link, so no other one than
 * those of this n8n is ever called. The last one counts, as the question itself may contain what
 * someone else has written.
 */
export const ownLinkIn = (text: string, waitingUrl: string): string | undefined =>
	ownLinksIn(text, waitingUrl).at(-1);
