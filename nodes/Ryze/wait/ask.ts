import type { IDataObject, IExecuteData, IExecuteFunctions } from 'n8n-workflow';
import { refuse } from '../errors/RyzeError';
import { shown } from '../errors/text';
import { isObject, objectOf, textOf } from '../errors/values';
import { addressOfN8n, refuseUnreachable } from '../events/n8nAddress';
import type { Question } from '../events/question';
import { newMark } from '../events/questionLink';
import type { RyzeClient } from '../transport/client';
import type { RyzeRequest } from '../transport/http';
import { sendRequest, type TimeLimits } from '../transport/send';
import { chatKeyOf, knownIdsOf } from '../whatsapp/chatId';
import { areAlike } from './meaning';
import { remember } from './memory';
import { inPlainWords, messageOf } from './wording';

const NO_TRIGGER =
	'To get answers in the chat, publish (n8n 1.x: activate) a workflow with a Ryze WhatsApp Trigger for this instance in this n8n. It passes replies and reactions on to the question.';

/** Whether a webhook belongs to a trigger that is published in this n8n (`labelOf` in trigger/label.ts). */
function isTriggerOf(n8n: string, webhook: unknown): boolean {
	const { label, enabled, url, events } = objectOf(webhook);
	return (
		enabled === true &&
		/^n8n-.+-[0-9a-f]{8}$/.test(String(label)) &&
		addressOfN8n(String(url)) === n8n &&
		Array.isArray(events) &&
		events.includes('message.exchange')
	);
}

/** Whether a trigger of this n8n gets what is answered in the chat. */
async function isHeard(client: RyzeClient, link: string, limits: TimeLimits): Promise<boolean> {
	const request = { method: 'GET', path: '/api/events/getWebhook', idempotent: true } as const;
	const { webhooks } = await sendRequest(client, request, limits);
	return Array.isArray(webhooks) && webhooks.some((each) => isTriggerOf(addressOfN8n(link), each));
}

/**
 * Replies are only invited where a trigger hears them.
 *
 * @throws {RyzeError} `invalid-parameter` when nobody could answer
 */
async function reachable(
	context: IExecuteFunctions,
	client: RyzeClient,
	question: Question,
	link: string,
	limits: TimeLimits,
): Promise<Question> {
	if (!question.inChat || (await isHeard(client, link, limits))) return question;
	if (!question.byLink) {
		refuse(
			'invalid-parameter',
			'Nobody could answer: no published Ryze WhatsApp Trigger of this n8n listens to this instance',
			`${NO_TRIGGER} Or remove the options 'Approvers' and 'Answer With', to let people answer by the link in the message.`,
		);
	}
	const message = `This question can only be answered by its link. ${NO_TRIGGER}`;
	context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
	return { ...question, inChat: false };
}

/** n8n's default text of a human review shows the fields of a tool as "[object Object]". */
function withToolFields(context: IExecuteFunctions, text: string): string {
	const unreadable = '[object Object]';
	if (!text.includes(unreadable)) return text;
	const fields = context.evaluateExpression('{{ JSON.stringify($tool.parameters) }}', 0);
	const parameters: unknown = typeof fields === 'string' ? JSON.parse(fields) : undefined;
	// As a function, so that no sign in it has its own meaning.
	return isObject(parameters) ? text.replaceAll(unreadable, () => inPlainWords(parameters)) : text;
}

function refuseSameLabels({ approval }: Question): void {
	if (approval?.decline === undefined || !areAlike(approval.approve, approval.decline)) return;
	refuse(
		'invalid-parameter',
		`Both labels are ${shown(approval.approve)}, so a reply with it would say neither yes nor no`,
		"Change 'Approve Button Label' or 'Disapprove Button Label'.",
	);
}

const isReview = (context: IExecuteFunctions): boolean =>
	context.getNode().type.endsWith('HitlTool');

/** What n8n offers in a tool that it cannot let wait (seen on 1.123 and 2.41). */
const cannotWait = (context: IExecuteFunctions): boolean => 'getNextRunIndex' in context;

/**
 * Where n8n finds the answer of a review: besides `data`, in the fields themselves (seen on 2.41). The
 * model of the agent can fill these in, and the input of the agent may have them.
 */
const ANSWERS_OF_REVIEW = ['data', 'approved', 'chatInput'];

/**
 * Takes what looks like an answer out of the input that n8n stores with a waiting execution. At the
 * time limit n8n passes that input on and runs no code of this node, so an approval that is in it,
 * such as that of an earlier question, would pass for one of this question.
 *
 * @param names of the fields
 */
function removeAnswers({ data: connections }: IExecuteData, names: string[]): void {
	for (const [type, inputs] of Object.entries(connections)) {
		// Other lists and items: the output of the node before is made of the same ones.
		connections[type] = inputs.map(
			(items) =>
				items?.map((item) => {
					const json = { ...item.json };
					for (const name of names) delete json[name];
					return { ...item, json };
				}) ?? null,
		);
	}
}

/**
 * To continue, n8n disables the node in what it has stored (seen on 2.41). Another question of this node
 * that is to be asked after this one, such as about the second of two tool calls, has the same
 * object: it would not be asked, and its input would pass for the answer.
 */
function separateNode(stored: IExecuteData): void {
	stored.node = { ...stored.node };
}

/** A question that can be sent. */
export interface ReadyQuestion {
	request: RyzeRequest;
	/** Lets the execution wait. @param response of Ryze to the request */
	wait(response: IDataObject): Promise<void>;
}

/**
 * Makes the message of a question: its text, how to answer it, and the link.
 *
 * @param request sends `question.text`
 * @throws {RyzeError} before anything is sent
 */
export async function prepare(
	context: IExecuteFunctions,
	client: RyzeClient,
	request: RyzeRequest,
	asked: Question,
	limits: TimeLimits,
): Promise<ReadyQuestion> {
	refuseSameLabels(asked);
	if (cannotWait(context)) {
		refuse(
			'invalid-parameter',
			'This agent cannot wait for a tool to get an answer',
			'Use version 3 or newer of the AI Agent node: older ones cannot let a tool wait. Nothing was sent.',
		);
	}
	const place = `${context.getExecutionId()}/${context.getNode().id}`;
	const q = await newMark(place, client.credential);
	const link = context.getSignedResumeUrl({ q });
	refuseUnreachable('Answers cannot reach', link, client.credential.baseUrl);
	const text = withToolFields(context, asked.text);
	const question = await reachable(context, client, { ...asked, text }, link, limits);
	const body = { ...request.body, message: messageOf(question, link), linkPreview: false };
	return {
		request: { ...request, body },
		async wait(response) {
			const { messageId, chat } = objectOf(response.data);
			const { jid, lid, type } = objectOf(chat);
			const { number, source } = body as { number?: unknown; source?: unknown };
			remember(context, {
				question,
				link,
				messageId: textOf(messageId),
				chatKeys: [String(number), ...knownIdsOf(jid, lid, type)].map(chatKeyOf),
				reply: {
					instance: client.credential.instance,
					number: String(number),
					source: String(source),
				},
				isReview: isReview(context),
			});
			// n8n 1.x takes an answer without its signature unless it is asked to check it.
			(context as { setSignatureValidationRequired?(): void }).setSignatureValidationRequired?.();
			const names = isReview(context) ? ANSWERS_OF_REVIEW : ['data'];
			const stored = context.getExecuteData();
			removeAnswers(stored, names);
			separateNode(stored);
			await context.putExecutionToWait(new Date(question.until));
		},
	};
}
