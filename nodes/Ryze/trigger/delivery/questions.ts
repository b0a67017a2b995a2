import type { IWebhookFunctions } from 'n8n-workflow';
import { toRyzeError } from '../../errors/nodeErrors';
import { refuse } from '../../errors/RyzeError';
import { isFilled, objectOf, textOf } from '../../errors/values';
import { mayHaveLink, ownLinksIn } from '../../events/questionLink';
import { Recent } from '../../events/recent';
import type { RyzeClient } from '../../transport/client';
import { sendRequest } from '../../transport/send';
import type { Delivery } from './delivery';
import { ownIdOf } from './message';

/** A look at a message must not wait behind what the workflows send. */
const LOOK_LIMITS = { timeout: 5000, maxWait: 0, oneTry: true };

/** So many messages are looked up within a minute; people could use up the rate limit with reactions. */
const MOST_LOOKS = 20;

const MINUTE = 60_000;

/** When messages were looked up, in milliseconds since 1970. */
let looks: number[] = [];

/** Of each message of late: the link of the question that it asks, or that it asks none. */
const links = new Recent<Promise<string | undefined>>(5000);

const noteKeyOf = ({ instance = '' }: Delivery, id: string) => `${instance.toLowerCase()} ${id}`;

/** The links of questions in a text. The signature of each lets whoever has it answer. */
export function questionLinksIn(context: IWebhookFunctions, text: string): string[] {
	if (!mayHaveLink(text)) return [];
	// Where this n8n is called to go on with an execution.
	const url = String(context.evaluateExpression('{{ $execution.resumeUrl }}'));
	return ownLinksIn(text, url.replace(/[?#].*$/, '').replace(/\/[^/]*$/, ''));
}

/** The last one counts, as the question itself may contain what someone else has written. */
const lastLinkIn = (context: IWebhookFunctions, text: string) =>
	questionLinksIn(context, text).at(-1);

/** Remembers what a message asks, so that it need not be looked up when someone reacts to it. */
export function noteQuestion(context: IWebhookFunctions, delivery: Delivery): void {
	const { event, data, message } = delivery;
	const id = ownIdOf(data);
	if (event !== 'message.exchange' || id === undefined) return;
	const key = noteKeyOf(delivery, id);
	// A deletion has the ID of what was deleted.
	if (message.changes.includes('deletions')) links.set(key, Promise.resolve(undefined));
	if (message.changes.length > 0) return;
	if (message.direction === 'outgoing' && isFilled(message.text)) {
		links.set(key, Promise.resolve(lastLinkIn(context, message.text)));
	} else if (message.direction === 'incoming') {
		// Also over a question: people can choose the IDs of their messages, and an answer to such a
		// message is none to the question.
		links.set(key, Promise.resolve(undefined));
	}
}

/**
 * Looks up a message.
 *
 * @returns an empty text for a message that Ryze does not know
 * @throws {RyzeError} when Ryze cannot say at the moment
 */
async function textOfMessage(client: RyzeClient, messageId: string): Promise<string> {
	const now = Date.now();
	looks = looks.filter((at) => Math.abs(now - at) < MINUTE);
	if (looks.length >= MOST_LOOKS) refuse('rate-limited', 'Too many messages to look up', '');
	looks.push(now);
	const query = { messageId };
	const request = { method: 'GET', path: '/api/chat/getMessage', query, idempotent: true } as const;
	try {
		const { data } = await sendRequest(client, request, LOOK_LIMITS);
		const { content } = objectOf(data);
		return textOf(content) ?? textOf(objectOf(content).text) ?? '';
	} catch (error) {
		const ryzeError = toRyzeError(error, 'unexpected-response');
		if (ryzeError.failure.reason === 'message-not-found') return '';
		throw ryzeError;
	}
}

/**
 * The link of the question that a message asks, if it asks one.
 *
 * @param id of the message
 * @param quoted its text, as the phone of whoever answers it repeats it
 * @param openClient is only called when the message must be looked up
 * @throws {RyzeError} when Ryze cannot say at the moment
 */
export async function linkOfQuestion(
	context: IWebhookFunctions,
	delivery: Delivery,
	id: string,
	quoted: string,
	openClient: () => Promise<RyzeClient>,
): Promise<string | undefined> {
	const key = noteKeyOf(delivery, id);
	const noted = links.get(key);
	if (quoted.trim() !== '') {
		const link = lastLinkIn(context, quoted);
		return link === undefined || noted === undefined ? link : await noted;
	}
	if (noted) return await noted;
	const looked = openClient().then(async (client) =>
		lastLinkIn(context, await textOfMessage(client, id)),
	);
	links.set(key, looked);
	// It may be known the next time.
	looked.catch(() => links.delete(key));
	return await looked;
}
