import { refuse } from '../errors/RyzeError';
import { shown } from '../errors/text';
import { isObject } from '../errors/values';
import { chatIdOf, STATUS_POSTS } from '../whatsapp/chatId';

/** What to write instead of a value that looks like a phone number or an ID and is neither. */
function hintFor(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === STATUS_POSTS) {
		return "'status@broadcast' stands for the status posts of everybody. To answer one, use the ID of its sender.";
	}
	if (/^\+?\d+[.,]0+$/.test(text)) {
		return 'A spreadsheet has turned it into a decimal number: format the column as text, and remove the decimal zeros (such as .0) from the end.';
	}
	if (/^\+?0/.test(text) && /^[\d\s()+./-]+$/.test(text)) {
		return 'A number that starts with 0 lacks its country code: write the country code in place of the 0.';
	}
	if (/^[^@\s]+@(?!g\.us$|s\.whatsapp\.net$)[^@\s]+\.[a-z]{2,}$/i.test(text)) {
		return 'This looks like an email address.';
	}
	return '';
}

/** What was chosen or typed into a resource locator; anything else as it is. */
const chosen = (value: unknown): unknown =>
	isObject(value) && '__rl' in value ? value.value : value;

/**
 * A phone number in any common notation, or the ID of a person, group or channel, whichever way it
 * was chosen.
 *
 * A value that could be another number is refused: a message to the wrong person is worse than none.
 *
 * @param name as the user sees it
 * @returns digits only, or the ID without the device of a person
 * @throws {RyzeError} `invalid-parameter` for anything else
 */
export function readChat(name: string, value: unknown): string {
	const given = chosen(value);
	const id = chatIdOf(given);
	if (id !== undefined) return id;
	const advice = `Choose '${name}' from the list, or give it a phone number with its country code, such as 5511999999999, or an ID such as 120363406289005073@g.us. The Ryze Trigger gives the ID as 'chatId'.`;
	return refuse(
		'invalid-parameter',
		`'${name}' must be a phone number or the ID of a chat, but is ${shown(given)}`,
		[hintFor(given), advice].filter(Boolean).join(' '),
	);
}
