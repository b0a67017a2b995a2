import { createHmac, randomBytes, scrypt } from 'node:crypto';
import type { ChatAnswer } from './question';
import { Recent } from './recent';
import { isSecret } from './secret';

/** The header with the proof of an answer that a trigger passes on. */
export const PROOF_HEADER = 'x-ryze-proof';

/** Whose token sends a question, and by which number. */
interface Sender {
	token: string;
	instance: string;
}

const markKeys = new Recent<Promise<Buffer>>(100);

/** The key is slow to make: everyone in the chat sees the mark, and a token may be a word to guess. */
async function markKeyOf(token: string): Promise<Buffer> {
	const known = markKeys.get(token);
	if (known) return await known;
	const key = new Promise<Buffer>((resolve, reject) =>
		scrypt(token, 'ryze question', 32, (error, made) => (error ? reject(error) : resolve(made))),
	);
	markKeys.set(token, key);
	return await key;
}

/** Characters of the random part of a mark. */
const RANDOM = 12;

async function markOf(random: string, place: string, sender: Sender): Promise<string> {
	const facts = JSON.stringify([random, place, sender.instance.toLowerCase()]);
	const hmac = createHmac('sha256', await markKeyOf(sender.token)).update(facts);
	return random + hmac.digest('base64url').slice(0, 16);
}

/**
 * What makes the link of a question different from any other, and which nobody without the token can
 * make: n8n 1.x looks at an execution before it checks the signature of a link.
 *
 * @param place the ID of the execution and of the node, as the link ends: `1234/5f0c…`
 */
export const newMark = async (place: string, sender: Sender): Promise<string> =>
	await markOf(randomBytes(9).toString('base64url'), place, sender);

/** Whether a link was made for a question of this sender. @param link one of `ownLinksIn` */
export async function isLinkOf(link: string, sender: Sender): Promise<boolean> {
	const { pathname, searchParams } = new URL(link);
	const mark = searchParams.get('q') ?? '';
	const place = /\d+\/[^/]+$/.exec(pathname)?.[0] ?? '';
	return isSecret(mark, await markOf(mark.slice(0, RANDOM), place, sender));
}

/**
 * Proves that an answer comes from a trigger with the same token, and for which question it is: each
 * has its own link.
 *
 * @param link of the question
 */
export function proofOf(token: string, link: string, answer: ChatAnswer): string {
	const { pathname, search } = new URL(link);
	const { via, questionId, questionText, id, text, chatIds, senderIds } = answer;
	const who = [chatIds, senderIds];
	const facts = [pathname, search, via, questionId, questionText, id, text, ...who];
	return createHmac('sha256', token)
		.update(`answer to a question\n${JSON.stringify(facts)}`)
		.digest('hex');
}

/** @param given what came as the proof */
export const isProof = (given: unknown, token: string, link: string, answer: ChatAnswer): boolean =>
	isSecret(given, proofOf(token, link, answer));

/**
 * The signatures in texts that contain a link of this n8n, also where people have written something
 * around the link, or only a part of it.
 *
 * @param waitingUrl as for `ownLinksIn`
 */
export function ownSignaturesIn(texts: string[], waitingUrl: string): string[] {
	if (!URL.canParse(waitingUrl)) return [];
	const { host, pathname } = new URL(waitingUrl);
	return texts
		.filter((text) => text.toLowerCase().includes(`${host}${pathname}`.toLowerCase()))
		.flatMap((text) => text.match(/(?<=signature=)[0-9a-f]{64}/g) ?? []);
}

/** A link, up to what cannot be part of one; WhatsApp puts nothing into it. */
const LINKS = /https?:\/\/[^\s<>"]+/gi;

/** Whether a text may have the link of a question in it. */
export const mayHaveLink = (text: string): boolean => /signature=[0-9a-f]{64}/.test(text);

/**
 * The links in a text that continue an execution of this n8n: with its own address and path, so
 * nothing else is ever called, whatever someone writes.
 *
 * @param waitingUrl where this n8n is called to continue an execution, without its ID
 */
export function ownLinksIn(text: string, waitingUrl: string): string[] {
	if (!URL.canParse(waitingUrl)) return [];
	const own = new URL(waitingUrl);
	const folder = own.pathname.replace(/\/*$/, '/');
	return (text.match(LINKS) ?? []).filter((link) => {
		if (!URL.canParse(link)) return false;
		const { origin, username, password, pathname, searchParams } = new URL(link);
		return (
			origin === own.origin &&
			username + password === '' &&
			pathname.startsWith(folder) &&
			/^\d+\/[\w-]+$/.test(pathname.slice(folder.length)) &&
			[...searchParams.keys()].sort().join() === 'q,signature' &&
			/^[0-9a-f]{64}$/.test(searchParams.get('signature') ?? '')
		);
	});
}
