import { DEFAULT_LABELS, type Question } from '../events/question';
import { readable } from '../events/text';

/** What people should write: a changed label; else yes and no, which everyone writes. */
function wordsFor({ approve, decline }: NonNullable<Question['approval']>) {
	return {
		yes: approve === DEFAULT_LABELS.approve ? 'yes' : approve,
		no: decline === DEFAULT_LABELS.decline ? 'no' : decline,
	};
}

/** "Reply *yes* or *no* to this message, or react with 👍 or 👎" */
export function howToReply({ approval }: Question): string {
	if (!approval) return 'Reply to this message with your answer';
	const { yes, no } = wordsFor(approval);
	if (no === undefined) return `Reply *${yes}* to this message, or react with 👍`;
	return `Reply *${yes}* or *${no}* to this message, or react with 👍 or 👎`;
}

/**
 * The message that is sent. The link is in it in every case: it tells the trigger which execution
 * waits for this answer.
 */
export function messageOf(question: Question, link: string): string {
	const { text, inChat, byLink } = question;
	if (!inChat) return `${text}\n\nTo answer, open ${link}`;
	if (!byLink) return `${text}\n\n${howToReply(question)}. Reference: ${link}`;
	return `${text}\n\n${howToReply(question)}, or open ${link}`;
}

/** What a person is told once whose reply says neither yes nor no. */
export const notUnderstood = (question: Question): string => {
	const { approval } = question;
	if (!approval) return 'That does not count as an answer. Reply to the question with a text.';
	const { yes, no } = wordsFor(approval);
	const words = no === undefined ? `*${yes}*` : `*${yes}* or *${no}*`;
	return `That does not count as an answer. Reply to the question with ${words}, and nothing else.`;
};

/** "chatId" and "chat_id" as "Chat id". */
function nameOf(key: string): string {
	const words = key
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.replace(/_/g, ' ')
		.trim();
	return words === '' ? key : words[0].toUpperCase() + words.slice(1).toLowerCase();
}

const valueOf = (value: unknown): string =>
	typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** Whatever a phone may show as a new line; several are shown as two. */
const LINE_BREAK = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;

/**
 * A field as it is meant to be seen: its line breaks are indented, many blanks do not push a part
 * of it into the next line or out of sight, and nothing in it changes the direction of writing.
 */
const shownField = (field: string): string =>
	readable(field.replace(LINE_BREAK, '\n'))
		.replace(/[^\S\n]+/g, ' ')
		.replace(/ ?\n ?/g, '\n')
		.replace(/\n{3,}/g, '\n\n')
		.replace(/\n/g, '\n    ');

/**
 * What an agent wants to do, a line for each field. No part of a value can pass for another field.
 *
 * @param parameters of the tool, as the model has filled them in
 */
export const inPlainWords = (parameters: Record<string, unknown>): string =>
	Object.entries(parameters)
		.map(([key, value]) => shownField(`• ${nameOf(key)}: ${valueOf(value)}`))
		.join('\n');
