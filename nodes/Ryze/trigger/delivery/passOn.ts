import type { IDataObject, IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { toRyzeError } from '../../errors/nodeErrors';
import { type Reason, RyzeError } from '../../errors/RyzeError';
import { isObject, objectOf, textOf } from '../../errors/values';
import { ownLinkIn, ownLinksIn, PROOF_HEADER, proofOf } from '../../events/passOn';
import { type ChatAnswer, VERDICT } from '../../events/question';
import { mayBeSign } from '../../events/signs';
import { createClient, type RyzeClient, Slowdowns } from '../../transport/client';
import { clock } from '../../transport/clock';
import { FileRoom } from '../../transport/fileRoom';
import { sendRequest } from '../../transport/send';
import type { Delivery } from './delivery';
import { ownIdOf } from './message';
import { maskAll } from './secrets';

/**
 * What becomes of an event that may answer a question: `taken`, so it starts nothing; `later`, as it
 * cannot be known now; `none`, as it answers none.
 */
export type PassedOn = 'taken' | 'later' | 'none';

/** Milliseconds. Ryze waits for the response meanwhile. */
const TIMEOUT = 10_000;

/** A look at a message must not wait behind what the workflows send. */
const LOOK_LIMITS = { timeout: 5000, maxWait: 0, oneTry: true };

/** Milliseconds before each further try while n8n is still storing the question, or an answer to it. */
const WHILE_BUSY = [300, 1000];

/** With these, a look at a message may work when Ryze delivers the event again. */
const LATER: Reason[] = ['rate-limited', 'server-error', 'timeout', 'unreachable'];

/** Where this n8n is called to go on with an execution. */
function waitingUrlOf(context: IWebhookFunctions): string {
	const url = String(context.evaluateExpression('{{ $execution.resumeUrl }}'));
	return url.replace(/[?#].*$/, '').replace(/\/[^/]*$/, '');
}

/** Whether a text may have the link of a question in it. */
const mayHaveLink = (text: string): boolean => /signature=[0-9a-f]{64}/.test(text);

/**
 * Removes the signature from the link of a question: whoever has the whole link may answer, and what
 * starts a workflow is stored, logged and sent on.
 */
export function withoutLink(context: IWebhookFunctions, { json, message }: Delivery): IDataObject {
	const text = `${message.text} ${message.repliedText ?? ''}`;
	if (!mayHaveLink(text)) return json;
	const signatures = ownLinksIn(text, waitingUrlOf(context)).map(
		(link) => new URL(link).searchParams.get('signature') as string,
	);
	return maskAll(json, signatures) as IDataObject;
}

/** What a delivery may answer, and the text of the message that it answers, if it comes along. */
function answerIn({ event, data, message }: Delivery): [ChatAnswer, string] | undefined {
	if (event !== 'message.exchange') return undefined;
	const { id, repliedId, repliedText, changes, direction, source, chatIds, senderIds } = message;
	// What a program sends is no answer of a person; an agent could answer itself.
	if (direction === 'outgoing' && source !== undefined) return undefined;
	const facts = { id: ownIdOf(data), text: message.text, chatIds, senderIds };
	const isReaction = changes.length === 1 && changes[0] === 'reactions';
	if (isReaction && id !== undefined && mayBeSign(message.text)) {
		return [{ via: 'reaction', questionId: id, ...facts }, repliedText ?? ''];
	}
	if (changes.length > 0 || repliedId === undefined) return undefined;
	return [{ via: 'reply', questionId: repliedId, ...facts }, repliedText ?? ''];
}

/** @returns an empty text for a message that Ryze does not know */
async function textOfMessage(client: RyzeClient, messageId: string): Promise<string> {
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

/** Calls this n8n itself, at a link that it has made. */
async function post(context: IWebhookFunctions, link: string, answer: ChatAnswer, proof: string) {
	const options: IHttpRequestOptions = {
		method: 'POST',
		url: link,
		body: answer as unknown as IDataObject,
		headers: { [PROOF_HEADER]: proof },
		json: true,
		timeout: TIMEOUT,
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
	};
	return (await context.helpers.httpRequest(options)) as { statusCode: number; body: unknown };
}

/** What the question said. Without a verdict, n8n itself says that it is no longer open. */
function outcomeOf(statusCode: number, body: unknown): PassedOn {
	if (statusCode >= 500) return 'later';
	if (statusCode === 409) return /running/.test(JSON.stringify(body)) ? 'later' : 'taken';
	if (statusCode < 200 || statusCode > 299) return 'none';
	return isObject(body) && body[VERDICT] === 'other' ? 'none' : 'taken';
}

async function passOnTo(
	context: IWebhookFunctions,
	link: string,
	answer: ChatAnswer,
	proof: string,
): Promise<PassedOn> {
	let outcome: PassedOn = 'later';
	for (const pause of [0, ...WHILE_BUSY]) {
		if (pause > 0) await clock.sleep(pause);
		const { statusCode, body } = await post(context, link, answer, proof);
		outcome = outcomeOf(statusCode, body);
		if (statusCode === 401) {
			context.logger?.warn(
				'A reply to a question could not be passed on, as the question was sent with another token. Use one credential for the Ryze WhatsApp Trigger and for Send and Wait for Response.',
			);
		}
		if (outcome !== 'later') return outcome;
	}
	return outcome;
}

/** Several triggers get the same event; one of them passes it on, and all know what became of it. */
const passedOn = new Map<string, Promise<PassedOn>>();

const MOST_REMEMBERED = 1000;

async function once(key: string, task: () => Promise<PassedOn>): Promise<PassedOn> {
	const before = passedOn.get(key);
	if (before) return await before;
	const outcome = task();
	passedOn.set(key, outcome);
	if (passedOn.size > MOST_REMEMBERED) passedOn.delete([...passedOn.keys()][0]);
	const forget = () => passedOn.delete(key);
	outcome.then((each) => each === 'later' && forget(), forget);
	return await outcome;
}

/**
 * Passes a reply or a reaction on to the question that it answers, if it answers one of this n8n.
 * The link in the message that was answered names the execution that waits, so nothing is stored.
 */
export async function passOn(context: IWebhookFunctions, delivery: Delivery): Promise<PassedOn> {
	const found = answerIn(delivery);
	if (!found) return 'none';
	const [answer, quoted] = found;
	const isUnknown = quoted.trim() === '';
	if (!isUnknown && !mayHaveLink(quoted)) return 'none';
	try {
		const waitingUrl = waitingUrlOf(context);
		const shared = { files: new FileRoom(), slowdowns: new Slowdowns() };
		const client = createClient(context, await context.getCredentials('ryzeApi'), shared);
		const text = isUnknown ? await textOfMessage(client, answer.questionId) : quoted;
		const link = ownLinkIn(text, waitingUrl);
		if (link === undefined) return 'none';
		// It differs for each sender and each token, so nobody's answer passes for another one.
		const proof = proofOf(client.credential.token, link, answer);
		return await once(proof, async () => await passOnTo(context, link, answer, proof));
	} catch (error) {
		// The message could not be looked up. A new message must not get lost over that.
		if (error instanceof RyzeError) {
			const mayWork = LATER.includes(error.failure.reason);
			return answer.via === 'reaction' && mayWork ? 'later' : 'none';
		}
		if (/timeout|timed out/i.test(String(error))) return 'later';
		context.logger?.warn(
			'A reply to a question could not be passed on: this n8n does not reach its own address. The link in the question works nevertheless.',
		);
		return 'none';
	}
}
