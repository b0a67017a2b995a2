import type { IDataObject } from 'n8n-workflow';
import { isChosen } from '../events/chosenIds';
import type { ChatAnswer, Verdict } from '../events/question';
import { comparable } from '../events/text';
import { answerOf } from './meaning';
import type { Asked } from './memory';
import { messageOf } from './wording';

/** What the workflow continues with; the names are those of n8n's own nodes, where these have them. */
export interface Response extends IDataObject {
	approved?: boolean;
	text?: string;
	/** By this name, an agent reads it as what the person says to its plan. */
	chatInput?: string;
	respondedAt: string;
	via: 'reply' | 'reaction' | 'link';
	/** The ID of who has answered; unknown by the link. */
	by?: string;
	/** The message that asks. */
	messageId?: string;
	answerMessageId?: string;
}

/** What becomes of an answer. */
export type Decision =
	| { verdict: 'accepted'; response: Response }
	| { verdict: Exclude<Verdict, 'accepted' | 'closed'> };

/** Without what a phone may change, such as spaces at the end of a line. */
const inOneLine = (text: string): string => comparable(text).replace(/\s+/g, ' ');

/**
 * Whether a reply or a reaction is an answer to this question.
 *
 * Anyone can copy the link, and choose the ID of a message. So the chat counts as well, and all of
 * its text, where that is given: another process may have received the message with the same ID.
 *
 * @param now in ISO 8601
 */
export function decide(asked: Asked, answer: ChatAnswer, now: string): Decision {
	const { question, link, messageId, chatKeys, isReview } = asked;
	const { via, questionId, questionText, id, text, chatIds, senderIds } = answer;
	const isOfThisChat = isChosen({ keys: new Set(chatKeys), wrong: [] }, chatIds);
	const sent = messageOf(question, link);
	const isThisText = questionText === undefined || inOneLine(questionText) === inOneLine(sent);
	const isThisMessage = questionId === messageId && isOfThisChat && isThisText;
	if (!question.inChat || !isThisMessage) return { verdict: 'other' };
	const { approvers } = question;
	const allowed = approvers && { keys: new Set(approvers), wrong: [] };
	if (!isChosen(allowed, senderIds)) return { verdict: 'not-allowed' };

	const by = senderIds[0];
	const facts = { respondedAt: now, via, by, messageId, answerMessageId: id };
	const given = answerOf(question, via, text);
	if (given) return { verdict: 'accepted', response: { ...given, ...facts } };
	// An agent can be told more than yes or no.
	if (isReview && via === 'reply' && text.trim() !== '') {
		const chatInput = text.trim();
		return { verdict: 'accepted', response: { approved: false, chatInput, ...facts } };
	}
	return { verdict: 'unclear' };
}

/**
 * Reads the form of the page.
 *
 * @param now in ISO 8601
 * @returns `undefined` when nothing in it is an answer
 */
export function readForm(
	{ question, messageId }: Asked,
	{ answer, text }: Record<string, unknown>,
	now: string,
): Response | undefined {
	const facts = { respondedAt: now, via: 'link', messageId } as const;
	const { approval } = question;
	if (!approval) {
		const given = typeof text === 'string' ? text.trim() : '';
		return given === '' ? undefined : { text: given, ...facts };
	}
	if (answer === 'approve') return { approved: true, ...facts };
	const canDecline = approval.decline !== undefined;
	return answer === 'decline' && canDecline ? { approved: false, ...facts } : undefined;
}
