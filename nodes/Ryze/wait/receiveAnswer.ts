import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isObject, objectOf } from '../errors/values';
import { type ChatAnswer, type Verdict, VERDICT } from '../events/question';
import { isProof, PROOF_HEADER } from '../events/questionLink';
import { warnRarely } from '../events/rareWarning';
import { Recent } from '../events/recent';
import { isSecret } from '../events/secret';
import { createClient, Slowdowns, withInstance } from '../transport/client';
import { readCredential } from '../transport/credential';
import { FileRoom } from '../transport/fileRoom';
import { sendRequest } from '../transport/send';
import { decide, readForm, type Response } from './decide';
import { type Asked, recall } from './memory';
import { HEADERS, notePage, questionPage } from './page';
import { notUnderstood } from './wording';

/** The links of answered questions: n8n 1.x continues twice when two answers arrive within milliseconds. */
const answered = new Recent<true>(2000);

/** The links of questions whose people have been told what an answer is. */
const told = new Recent<true>(2000);

/** Milliseconds. It waits for nobody: the question can also be read again. */
const TELL_LIMITS = { timeout: 30_000, maxWait: 60_000, oneTry: true };

const CLOSED: [string, string] = [
	'No answer is needed anymore',
	'This question has been answered, or its time is over.',
];

function setPageHeaders(context: IWebhookFunctions): void {
	const response = context.getResponseObject();
	for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

function show(context: IWebhookFunctions, status: number, page: string): IWebhookResponseData {
	setPageHeaders(context);
	context.getResponseObject().status(status).send(page);
	return { noWebhookResponse: true };
}

function say(context: IWebhookFunctions, status: number, body: IDataObject): IWebhookResponseData {
	context.getResponseObject().status(status).json(body);
	return { noWebhookResponse: true };
}

/**
 * Goes on with the workflow. n8n sends the response itself, once it has taken the answer: of two at
 * once it takes one, and refuses the other.
 */
function goOn(
	context: IWebhookFunctions,
	link: string,
	data: Response,
	webhookResponse: string | IDataObject,
): IWebhookResponseData {
	const response = context.getResponseObject();
	answered.set(link, true);
	response.once('close', () => {
		const isTaken = response.statusCode >= 200 && response.statusCode < 300;
		if (!isTaken || !response.writableEnded) answered.delete(link);
	});
	return { webhookResponse, workflowData: [[{ json: { data } }]] };
}

/** Says once, in the chat, what an answer is. */
async function tell(context: IWebhookFunctions, asked: Asked, answer: ChatAnswer): Promise<void> {
	if (told.has(asked.link)) return;
	told.set(asked.link, true);
	const { instance, number, source } = asked.reply;
	// Nobody can reply to a reaction.
	const replyTo = answer.via === 'reply' ? answer.id : answer.questionId;
	const fields = await context.getCredentials('ryzeApi');
	const shared = { files: new FileRoom(), slowdowns: new Slowdowns() };
	const body = {
		number,
		message: notUnderstood(asked.question),
		linkPreview: false,
		...(replyTo !== undefined && { replyTo }),
		source,
	};
	const request = { method: 'POST', path: '/api/message/text', body, idempotent: false } as const;
	await sendRequest(
		withInstance(createClient(context, fields, shared), instance),
		request,
		TELL_LIMITS,
	);
}

const isTexts = (value: unknown): value is string[] =>
	Array.isArray(value) && value.every((each) => typeof each === 'string');

/** The answer that a trigger passes on, as far as it is complete. */
function readAnswer(body: unknown): ChatAnswer | undefined {
	const { via, questionId, questionText, id, text, chatIds, senderIds } = objectOf(body);
	const isComplete =
		(via === 'reply' || via === 'reaction') &&
		[questionId, questionText ?? '', text, id ?? ''].every((each) => typeof each === 'string') &&
		isTexts(chatIds) &&
		isTexts(senderIds);
	return isComplete ? (body as ChatAnswer) : undefined;
}

/** A trigger passes on what was answered in the chat. */
async function receiveFromTrigger(
	context: IWebhookFunctions,
	asked: Asked,
	proof: unknown,
): Promise<IWebhookResponseData> {
	const answer = readAnswer(context.getBodyData());
	const { token } = readCredential(await context.getCredentials('ryzeApi'));
	if (!answer || !isProof(proof, token, asked.link, answer)) {
		return say(context, 401, { message: 'This does not come from a trigger with the same token' });
	}
	const verdictOf = (verdict: Verdict) => ({ [VERDICT]: verdict });
	if (answered.has(asked.link)) return say(context, 200, verdictOf('closed'));
	const decision = decide(asked, answer, new Date().toISOString());
	if (decision.verdict === 'accepted') {
		return goOn(context, asked.link, decision.response, verdictOf('accepted'));
	}
	if (decision.verdict === 'unclear') {
		tell(context, asked, answer).catch((error: unknown) => {
			const why = error instanceof Error ? error.message : '';
			context.logger?.warn(`A person could not be told that an answer was not understood: ${why}`);
		});
	}
	return say(context, 200, verdictOf(decision.verdict));
}

/** The link shows the question; its form answers it. */
function receiveFromPage(context: IWebhookFunctions, asked: Asked): IWebhookResponseData {
	const { question, link } = asked;
	if (answered.has(link)) return show(context, 200, notePage(...CLOSED));
	if (context.getRequestObject().method !== 'POST') {
		return show(context, 200, questionPage(question));
	}
	if (!question.byLink) return show(context, 403, questionPage(question));
	const body: unknown = context.getBodyData();
	const response = readForm(asked, isObject(body) ? body : {}, new Date().toISOString());
	if (!response) {
		return show(context, 400, questionPage(question, 'Your answer was not sent. Answer here.'));
	}
	setPageHeaders(context);
	return goOn(context, link, response, notePage('Thank you', 'Your answer was received.'));
}

async function answerTo(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const asked = recall(context);
	const query = context.getQueryData() as IDataObject;
	// The address of a node is the same in each round of a loop. n8n checks the signature too, except
	// where an expression gives the operation of the node.
	const isThisRound =
		asked &&
		['q', 'signature'].every((name) =>
			isSecret(query[name], new URL(asked.link).searchParams.get(name)),
		);
	const proof = context.getHeaderData()[PROOF_HEADER];
	if (!isThisRound) {
		return proof === undefined
			? show(context, 200, notePage(...CLOSED))
			: say(context, 200, { [VERDICT]: 'closed' });
	}
	if (proof !== undefined) return await receiveFromTrigger(context, asked, proof);
	return receiveFromPage(context, asked);
}

/**
 * Handles a request to the link of a question. Never throws: n8n would continue the workflow, with
 * an error in place of an answer.
 */
export async function receiveAnswer(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await answerTo(context);
	} catch (error) {
		const why = error instanceof Error ? error.message : '';
		const warning = `An answer could not be read, so the execution is still waiting: ${why}`;
		warnRarely(context, `${context.getNode().id} unreadable`, warning);
		const sorry = 'Your answer could not be received. Wait a minute, then try again.';
		return show(context, 500, notePage('Try again later', sorry));
	}
}
