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

/** The decimal zeros of a spreadsheet, and an extension: their digits are not dialled. */
const NOT_DIALLED = /^[^./]*\.0+$|\/ ?\d{1,3}$/;

const DATE = /^(\d{4}([ -])\d{1,2}\2\d{1,2}|\d{1,2}([ -])\d{1,2}\3\d{4})$/;

/** The longest number of E.164, and the shortest one that exists with a country code. */
const DIGITS = /^\d{7,15}$/;

/** @returns the digits of a phone number in any common notation, `undefined` for anything else */
function digitsOf(text: string): string | undefined {
	const line = text
		.replace(INVISIBLE, '')
		.replace(SPACES, ' ')
		.replace(DASHES, '-')
		.replace(/^\s+|\s+$/g, '');
	if (NOT_DIALLED.test(line)) return undefined;
	const international = INTERNATIONAL_NUMBER.exec(line)?.[1];
	const number = international ?? (PLAIN_NUMBER.test(line) && !DATE.test(line) ? line : '');
	const digits = number.replace(/\(0\)|\D/g, '');
	return DIGITS.test(digits) ? digits : undefined;
}

/** Stands for the status posts of everybody (docs/ryze-api.md, "Recipients"). */
export const STATUS_POSTS = 'status@broadcast';

/**
 * A phone number in any common notation, or the ID of a person, group or channel, as Ryze takes it.
 *
 * Rather nothing than a guess: digits that were not written are never in it, and only what is clearly
 * written as a phone number is read as one.
 *
 * @returns digits only, or the ID without the device of a person; `undefined` for anything else
 */
export function chatIdOf(value: unknown): string | undefined {
	const text = Number.isSafeInteger(value) ? String(value) : value;
	if (typeof text !== 'string') return undefined;
	const id = text.replace(INVISIBLE, '').trim().replace(DEVICE, '$1@');
	return CHAT_ID.test(id) ? id : digitsOf(text);
}

/** The same for all spellings of the same chat, as far as a spelling tells. */
export const chatKeyOf = (id: string): string => id.replace(/@s\.whatsapp\.net$/, '');
