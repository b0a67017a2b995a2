import { refuse } from '../errors/refuse';
import { shown } from '../errors/text';

/** IDs of people, groups, channels and lists in Ryze (docs/ryze-api.md, "Recipients"). */
const CHAT_ID = /^\d+@(s\.whatsapp\.net|lid|newsletter|broadcast)$|^\d+(-\d+)?@g\.us$/;

/** One device of a person, as events name it: `5511999999999:12@s.whatsapp.net`. */
const DEVICE = /^(\d+)(\.\d+)?:\d+@(?=s\.whatsapp\.net$|lid$)/;

/** Invisible characters that WhatsApp and web pages put around a number. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

const SPACES = /[\t \u00a0\u2000-\u200a\u202f\u3000]+/g;

const DASHES = /[\u2010-\u2015\u2212]/g;

/** Groups of digits with spaces or dashes between them, and the area code in parentheses. */
const PLAIN_NUMBER = /^[1-9]\d*(?:(?: | ?- ?)\d+|[ -]?\([1-9]\d{0,4}\)[ -]?\d+)*$/;

/**
 * A plus sign, or 00, marks a phone number beyond doubt, so dots, slashes and the `(0)` of some
 * countries are allowed as well. A last group of a single digit means something else (`.0`, `/8`).
 */
const INTERNATIONAL_NUMBER =
	/^(?:\+|00) ?([1-9]\d*(?:(?: | ?- ?)\d+| ?[./] ?(?:\d{2,}|\d(?=[ ./-]))|[ -]?\((?:0|[1-9]\d{0,4})\)[ -]?\d+)*)$/;

const DATE = /^(\d{4}([ -])\d{1,2}\2\d{1,2}|\d{1,2}([ -])\d{1,2}\3\d{4})$/;

/** The longest number of E.164, and the shortest one that exists with a country code. */
const DIGITS = /^\d{7,15}$/;

function digitsOf(text: string): string | undefined {
	const line = text
		.replace(INVISIBLE, '')
		.replace(SPACES, ' ')
		.replace(DASHES, '-')
		.replace(/^\s+|\s+$/g, '');
	const international = INTERNATIONAL_NUMBER.exec(line)?.[1];
	const number = international ?? (PLAIN_NUMBER.test(line) && !DATE.test(line) ? line : '');
	const digits = number.replace(/\(0\)|\D/g, '');
	return DIGITS.test(digits) ? digits : undefined;
}

/** What to write instead of a value that looks like a phone number or an ID and is neither. */
function hintFor(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === 'status@broadcast') {
		return "'status@broadcast' stands for the status posts of everybody. To answer one, use the ID of its sender.";
	}
	if (/^\d+[.,]0+$/.test(text)) {
		return 'A spreadsheet has made a decimal number of it: format the column as text, without the part after the last digit of the phone number.';
	}
	if (/^\+?0/.test(text) && /^[\d\s()+./-]+$/.test(text)) {
		return 'A number that starts with 0 lacks its country code: write the country code in place of the 0.';
	}
	if (/^[^@\s]+@(?!g\.us$|s\.whatsapp\.net$)[^@\s]+\.[a-z]{2,}$/i.test(text)) {
		return 'This looks like an email address.';
	}
	return '';
}

/**
 * A phone number in any common notation, or the ID of a person, group or channel.
 *
 * A value that could be another number is refused: a message to the wrong person is worse than
 * none. Digits that the user did not write are never sent, and only what is clearly written as a
 * phone number is read as one.
 *
 * @param name as the user sees it
 * @returns digits only, or the ID without the device of a person
 * @throws {RyzeError} `invalid-parameter` for anything else
 */
export function readChat(name: string, value: unknown): string {
	const text = Number.isSafeInteger(value) ? String(value) : value;
	if (typeof text === 'string') {
		const id = text.replace(INVISIBLE, '').trim().replace(DEVICE, '$1@');
		if (CHAT_ID.test(id)) return id;
		const digits = digitsOf(text);
		if (digits !== undefined) return digits;
	}
	const advice = `Give '${name}' a phone number with its country code, such as 5511999999999, or an ID such as 120363406289005073@g.us. The Ryze Trigger gives the ID as 'data.chat.jid'.`;
	return refuse(
		'invalid-parameter',
		`'${name}' must be a phone number or the ID of a chat, but is ${shown(value)}`,
		[hintFor(value), advice].filter(Boolean).join(' '),
	);
}

/** The same for all spellings of a chat, so that its messages keep their order. */
export const orderKeyOfChat = (chat: string): string => chat.replace(/@s\.whatsapp\.net$/, '');
