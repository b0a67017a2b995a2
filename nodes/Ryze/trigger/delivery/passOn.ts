import type { IDataObject, IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { type Reason, RyzeError } from '../../errors/RyzeError';
import { isObject } from '../../errors/values';
import { type ChatAnswer, VERDICT } from '../../events/question';
import { isLinkOf, PROOF_HEADER, proofOf } from '../../events/questionLink';
import { warnRarely } from '../../events/rareWarning';
import { Recent } from '../../events/recent';
import { openClient, Slowdowns } from '../../transport/client';
import { clock } from '../../transport/clock';
import { ownLabelOf } from '../label';
import type { Delivery } from './delivery';
import { ownIdOf } from './message';
import { linkOfQuestion, noteQuestion, signaturesIn } from './questions';
import { maskAll, textsIn } from './secrets';

/**
 * What becomes of an event that may answer a question: `taken` as its answer; `later`, as it cannot
 * be known now; `none`, so it is an event like any other.
 */
export type PassedOn = 'taken' | 'later' | 'none';

/** Milliseconds. Ryze waits for the response meanwhile. */
const TIMEOUT = 10_000;

/** Milliseconds before each further try while n8n is still storing the question, or an answer to it. */
const WHILE_BUSY = [300, 1000];

/** With these, a look at a message may work when Ryze delivers the event again. */
const LATER: Reason[] = ['not-connected', 'rate-limited', 'server-error', 'timeout', 'unreachable'];

const OTHER_CREDENTIAL =
	'A reply or a reaction was not passed on, as the link in the question was not made with the token and the instance of this trigger. If it is a question of yours, use one credential for the Ryze WhatsApp Trigger and for Send and Wait for Response.';

const UNREACHABLE =
	'A reply to a question could not be passed on: this n8n does not reach its own address. The link in the question still works.';

/**
 * Removes the signature from the link of a question: whoever has the whole link may answer, and what
 * starts a workflow is stored, logged and sent on.
 */
export function withoutLink(context: IWebhookFunctions, { json }: Delivery): IDataObject {
	const signatures = signaturesIn(context, textsIn(json));
	return signatures.length === 0 ? json : (maskAll(json, signatures) as IDataObject);
}

/** The answer that an event may be; whether there is a question is not known yet. */
function answerIn({ event, data, message }: Delivery): ChatAnswer | undefined {
	const { id, repliedId, changes, direction, source, text, chatIds, senderIds } = message;
	// What a program sends is no answer of a person; an agent could answer itself.
	const isOfPerson = direction === 'incoming' || (direction === 'outgoing' && source === undefined);
	if (event !== 'message.exchange' || !isOfPerson) return undefined;
	const facts = { id: ownIdOf(data), text, chatIds, senderIds };
	const isReaction = changes.length === 1 && changes[0] === 'reactions';
	// A reaction that is taken back has no text.
	if (isReaction && id !== undefined && text.trim() !== '') {
		return { via: 'reaction', questionId: id, ...facts };
	}
	if (changes.length > 0 || repliedId === undefined) return undefined;
	return { via: 'reply', questionId: repliedId, ...facts };
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

/** What the question said. n8n itself says when it is no longer open. */
function outcomeOf(statusCode: number, body: unknown): PassedOn {
	if (statusCode >= 500) return 'later';
	if (statusCode === 409 && /running/.test(JSON.stringify(body))) return 'later';
	const isTaken = statusCode === 200 && isObject(body) && body[VERDICT] === 'accepted';
	return isTaken ? 'taken' : 'none';
}

async function passOnTo(
	context: IWebhookFunctions,
	link: string,
	answer: ChatAnswer,
	proof: string,
): Promise<PassedOn> {
	for (const pause of [0, ...WHILE_BUSY]) {
		if (pause > 0) await clock.sleep(pause);
		const { statusCode, body } = await post(context, link, answer, proof);
		const outcome = outcomeOf(statusCode, body);
		if (outcome !== 'later') return outcome;
	}
	return 'later';
}

/** Several triggers get the same event; one of them passes it on, and all know what became of it. */
const outcomes = new Recent<Promise<PassedOn>>(1000);

async function sharedOutcome(key: string, task: () => Promise<PassedOn>): Promise<PassedOn> {
	const before = outcomes.get(key);
	if (before) return await before;
	const outcome = task();
	outcomes.set(key, outcome);
	const forget = () => outcomes.delete(key);
	outcome.then((each) => each === 'later' && forget(), forget);
	return await outcome;
}

/**
 * Passes a reply or a reaction on to the question that it answers, if it answers one of this n8n.
 * The link in the message that was answered names the execution that waits, so nothing is stored.
 */
export async function passOn(context: IWebhookFunctions, delivery: Delivery): Promise<PassedOn> {
	noteQuestion(context, delivery);
	const given = answerIn(delivery);
	if (!given) return 'none';
	const { questionId } = given;
	const quoted = delivery.message.repliedText ?? '';
	const open = async () => await openClient(context, new Slowdowns());
	try {
		const found = await linkOfQuestion(context, delivery, questionId, quoted, open);
		if (!found) return 'none';
		const { link, text } = found;
		const answer = { ...given, ...(text !== undefined && { questionText: text }) };
		const { credential } = await open();
		if (!(await isLinkOf(link, credential))) {
			warnRarely(context, `${ownLabelOf(context)} other credential`, OTHER_CREDENTIAL);
			return 'none';
		}
		// It differs for each sender and each token, so nobody's answer passes for another one.
		const proof = proofOf(credential.token, link, answer);
		return await sharedOutcome(proof, async () => await passOnTo(context, link, answer, proof));
	} catch (error) {
		if (error instanceof RyzeError) return LATER.includes(error.failure.reason) ? 'later' : 'none';
		if (/timeout|timed out/i.test(String(error))) return 'later';
		warnRarely(context, `${ownLabelOf(context)} unreachable`, UNREACHABLE);
		return 'none';
	}
}
