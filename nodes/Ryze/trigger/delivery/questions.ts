import type { IWebhookFunctions } from 'n8n-workflow';
import { toRyzeError } from '../../errors/nodeErrors';
import { refuse } from '../../errors/RyzeError';
import { isFilled, objectOf, textOf } from '../../errors/values';
import { mayHaveLink, ownLinksIn, ownSignaturesIn } from '../../events/questionLink';
import { Recent } from '../../events/recent';
import type { RyzeClient } from '../../transport/client';
import { sendRequest } from '../../transport/send';
import { chatKeyOf } from '../../whatsapp/chatId';
import type { Delivery } from './delivery';
import { ownIdOf } from './message';

/** A look at a message must not wait behind what the workflows send. */
const LOOKUP_LIMITS = { timeout: 5000, maxWait: 0, oneTry: true };

/** So many messages are looked up within a minute; people could use up the rate limit with reactions. */
const MOST_LOOKUPS = { inAll: 20, forOneSender: 5 };

const MINUTE = 60_000;

/** The messages that were looked up of late, and for whose event. */
let lookups: Array<{ at: number; sender: string }> = [];

/** The messages that were delivered and ask nothing. */
const others = new Recent<true>(5000);

/**
 * The link of each question that was delivered; `undefined` once another message has its ID. Apart
 * from the others, so that no flood of messages makes them forgotten.
 */
const questions = new Recent<string | undefined>(1000);

/** The texts of messages that were looked up. */
const lookedUp = new Recent<Promise<string>>(1000);

/** Of a message in its chat, which can have two IDs: anyone can choose an ID that another chat has. */
const keysOf = ({ instance = '', message: { chatIds } }: Delivery, id: string): string[] =>
	chatIds.map((chatId) => `${instance.toLowerCase()} ${chatKeyOf(chatId)} ${id}`);

/** Where this n8n is called to continue an execution, without its ID. */
const waitingUrlOf = (context: IWebhookFunctions): string =>
	String(context.evaluateExpression('{{ $execution.resumeUrl }}'))
		.replace(/[?#].*$/, '')
		.replace(/\/[^/]*$/, '');

/** The last one counts, as the question itself may contain what someone else has written. */
const lastLinkIn = (context: IWebhookFunctions, text: string): string | undefined =>
	mayHaveLink(text) ? ownLinksIn(text, waitingUrlOf(context)).at(-1) : undefined;

/** The signatures of the links of this n8n: whoever has one may answer. */
export function signaturesIn(context: IWebhookFunctions, texts: string[]): string[] {
	const some = texts.filter(mayHaveLink);
	return some.length === 0 ? [] : ownSignaturesIn(some, waitingUrlOf(context));
}

/** Remembers what a message asks, so that it need not be looked up when someone reacts to it. */
export function noteQuestion(context: IWebhookFunctions, delivery: Delivery): void {
	const { event, data, message } = delivery;
	const id = ownIdOf(data);
	if (event !== 'message.exchange' || id === undefined) return;
	// Also over a question: people can choose the IDs of their messages, and an answer to such a
	// message is none to the question. A deletion has the ID of what was deleted.
	const asksNothing = message.direction === 'incoming' || message.changes.includes('deletions');
	const mayAsk = message.direction === 'outgoing' && isFilled(message.text);
	if (!asksNothing && (!mayAsk || message.changes.length > 0)) return;
	const link = asksNothing ? undefined : lastLinkIn(context, message.text);
	for (const key of keysOf(delivery, id)) {
		// A question and another message with its ID may arrive in any order.
		const isFree = questions.has(key) ? questions.get(key) !== undefined : !others.has(key);
		if (link === undefined && !questions.has(key)) others.set(key, true);
		else questions.set(key, isFree ? link : undefined);
	}
}

/**
 * Looks up a message.
 *
 * @param sender of the event for which it is looked up
 * @returns an empty text for a message that Ryze does not know
 * @throws {RyzeError} when Ryze cannot say at the moment
 */
async function textOfMessage(client: RyzeClient, id: string, sender: string): Promise<string> {
	const now = Date.now();
	lookups = lookups.filter(({ at }) => Math.abs(now - at) < MINUTE);
	const forSender = lookups.filter(({ sender: other }) => other === sender);
	if (lookups.length >= MOST_LOOKUPS.inAll || forSender.length >= MOST_LOOKUPS.forOneSender) {
		refuse('rate-limited', 'Too many messages to look up', '');
	}
	lookups.push({ at: now, sender });
	const query = { messageId: id };
	const request = { method: 'GET', path: '/api/chat/getMessage', query, idempotent: true } as const;
	try {
		const { data } = await sendRequest(client, request, LOOKUP_LIMITS);
		const { content } = objectOf(data);
		return textOf(content) ?? textOf(objectOf(content).text) ?? '';
	} catch (error) {
		const ryzeError = toRyzeError(error, 'unexpected-response');
		if (ryzeError.failure.reason === 'message-not-found') return '';
		throw ryzeError;
	}
}

/** The link of the question that a message asks. */
export interface LinkOfQuestion {
	link: string;
	/** What the message says, as far as that is known: anyone can write one with the link. */
	text?: string;
}

/**
 * @param id of the message
 * @param quoted its text, as the phone of whoever answers it repeats it
 * @param openClient is only called when the message must be looked up
 * @returns `undefined` when it asks none
 * @throws {RyzeError} when Ryze cannot say at the moment
 */
export async function linkOfQuestion(
	context: IWebhookFunctions,
	delivery: Delivery,
	id: string,
	quoted: string,
	openClient: () => Promise<RyzeClient>,
): Promise<LinkOfQuestion | undefined> {
	const keys = keysOf(delivery, id);
	const isQuoted = quoted.trim() !== '';
	if (isQuoted && lastLinkIn(context, quoted) === undefined) return undefined;
	if (keys.some((key) => others.has(key))) return undefined;
	const known = keys.filter((key) => questions.has(key)).map((key) => questions.get(key));
	if (known.length > 0) {
		const link = known.includes(undefined) ? undefined : known[0];
		return link === undefined ? undefined : { link, ...(isQuoted && { text: quoted }) };
	}
	const [key = ''] = keys;
	const sender = delivery.message.senderIds[0] ?? '';
	const lookUp = async () => {
		const lookup = lookedUp.get(key) ?? textOfMessage(await openClient(), id, sender);
		lookedUp.set(key, lookup);
		// It may be known the next time.
		lookup.catch(() => lookedUp.delete(key));
		return await lookup;
	};
	const text = isQuoted ? quoted : await lookUp();
	const link = lastLinkIn(context, text);
	return link === undefined ? undefined : { link, text };
}
