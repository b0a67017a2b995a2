import { COUNTRY_CODES } from './countryCodes';

/** Invisible characters that WhatsApp and web pages put around a number. */
export const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

const SPACES = /[\t \u00a0\u2000-\u200a\u202f\u3000]+/g;

const DASHES = / ?[-\u2010-\u2015\u2212] ?/g;

/** The longest number of E.164, and the shortest one that exists with a country code. */
const DIGITS = /^[1-9]\d{6,14}$/;

/**
 * The North American plan (country code 1): an area code does not begin with 0 or 1, its second digit
 * is no 9, and codes such as 911 are none (docs/ryze-api.md, "Phone numbers").
 */
const NORTH_AMERICAN = /^1[2-9](?!11)[0-8]\d{8}$/;

/** More digits behind a date, which is as long as a number of Egypt; mobile numbers there are spared. */
const DATE_AND_TIME = /^(?!201[0125]\d{8}$)20[0-3]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d+$/;

/**
 * The row of a country code in the table: whether a 0 may follow the code, and how many digits follow
 * it. Looked up when it is needed, as n8n loads this file at its start.
 */
const countryRow = (code: string) =>
	new RegExp(`(?<!\\S)${code}(\\.?):(\\S+)`).exec(COUNTRY_CODES) ?? undefined;

/** Whether digits begin with an assigned country code and are as long as a number there can be. */
function canExist(digits: string): boolean {
	if (!DIGITS.test(digits) || DATE_AND_TIME.test(digits)) return false;
	if (digits.startsWith('1')) return NORTH_AMERICAN.test(digits);
	// No country code is the beginning of another one.
	const codes = [1, 2, 3].map((length) => digits.slice(0, length));
	const code = codes.find((each) => countryRow(each) !== undefined) ?? '';
	const [, zero, lengths] = countryRow(code) ?? [];
	const isLong = lengths?.includes((digits.length - code.length).toString(16));
	return isLong === true && (zero === '.' || digits[code.length] !== '0');
}

/** A spreadsheet shows the first 6 digits of a long number, and a CSV file keeps no more of it. */
const ROUNDED = /0{6}$/;

const isPlainNumber = (digits: string): boolean => canExist(digits) && !ROUNDED.test(digits);

/** Groups of digits, and in parentheses the area code or the 0 that is only dialled at home. */
const GROUPED = /^[1-9]\d*(?:[ ./-]\d+|[ -]?\((?:0|[1-9]\d{0,4})\)[ -]?\d+)*$/;

/** A country code in parentheses, with the plus sign in front of them or in them. */
const CODE_IN_PARENTHESES = /^(?:\+\(|\((?:\+|00))(\d{1,3})\) ?/;

/** What looks like a number and has digits that nobody dials. */
const NOT_DIALLED = [
	// Decimals: a dot stands behind the country code or between short groups.
	/^[^.]*\d{5,}\.\d{1,3}$|^[^.]*\d{6,}\.\d+$|^[^./]*\.0+$/,
	// A single digit as the last group means something else, as do few digits behind a slash.
	/[./]\d$|\/\d{1,3}$/,
	// A date, with the year first or last.
	/^(?:0?[1-9]|[12]\d|3[01])([ ./-])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)\d\d$/,
	/^(?:19|20)\d\d([ ./-])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])$/,
];

/** No phone number takes more, however it is written. */
const LONGEST = 50;

/** Only the digits, without the 0 between country code and area code. */
const digitsIn = (text: string): string => text.replace(/\(0\)|\D/g, '');

/**
 * Whether an extension or the end of a range follows a number: it is complete without the last
 * group, cannot exist with it, and that group is set off in another way than the others.
 */
function hasMoreBehind(groups: string): boolean {
	const separators = new Set(groups.match(/\D+/g));
	if (separators.size < 2 && !/\d{6}\D/.test(groups)) return false;
	const withoutLast = groups.replace(/\D+\d+$/, '');
	return canExist(digitsIn(withoutLast)) && !canExist(digitsIn(groups));
}

/** A single slash stands behind the area code; behind more than that, a second number follows. */
function isTwoNumbers(groups: string): boolean {
	const [before, after, more] = groups.replace('(0)', '').split('/');
	if (after === undefined || more !== undefined) return false;
	return before.split(/\D+/).length > 2 || digitsIn(before).length > 8;
}

/**
 * Reads a phone number by one rule: with a plus sign (or 00) in any usual notation, without one in
 * digits only. Without one the digits must also be a number that can exist, as they would otherwise
 * be a date, an amount, or a number that lacks its country code or its last digits.
 *
 * @returns digits only, none of which was not written; `undefined` for anything else
 */
export function phoneNumberOf(text: string): string | undefined {
	const line = text.replace(INVISIBLE, '').trim().replace(SPACES, ' ').replace(DASHES, '-');
	if (line.length > LONGEST) return undefined;
	// Digits only, as a padded number has them: then the 00 alone says too little.
	const padded = /^00(\d+)$/.exec(line)?.[1];
	if (padded !== undefined) return isPlainNumber(padded) ? padded : undefined;
	const groups = /^(?:\+|00) ?(.+)$/.exec(line.replace(CODE_IN_PARENTHESES, '+$1 '))?.[1];
	if (groups === undefined) return isPlainNumber(line) ? line : undefined;
	const even = groups.replace(/ ?([./]) ?/g, '$1');
	if (!GROUPED.test(even) || NOT_DIALLED.some((pattern) => pattern.test(even))) return undefined;
	const digits = digitsIn(even);
	if (!DIGITS.test(digits) || isTwoNumbers(even) || hasMoreBehind(even)) return undefined;
	return digits;
}
