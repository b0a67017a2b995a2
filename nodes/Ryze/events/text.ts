import { isFilled, objectOf, textOf } from '../errors/values';

/** Has no glyph: marks of the direction, zero-width spaces, soft hyphens, control characters. */
const UNSEEN = /(?:(?![\t-\r])[\p{Default_Ignorable_Code_Point}\p{Cc}])+/gu;

/** What scripts and emoji are joined with: joiners, variation selectors, tags. */
const NOT_JOINING = /[^\p{Join_Control}\p{Variation_Selector}\u{e0020}-\u{e007f}]/gu;

/** No-break spaces and the other spaces of Unicode; the blank of Braille looks the same. */
const SPACES = /[\p{Zs}\u2800]/gu;

/** Also the start and the end of a text, where it gives NaN. */
const isAscii = (code: number): boolean => !(code > 0x7f);

/** The part of something unseen that is needed where it stands, such as within an emoji. */
function needed(unseen: string, offset: number, text: string): string {
	const after = text.charCodeAt(offset + unseen.length);
	// After '#' only the emoji of that key needs one.
	if (isAscii(text.charCodeAt(offset - 1))) return after === 0x20e3 ? unseen : '';
	const joining = unseen.replace(NOT_JOINING, '');
	return isAscii(after) ? joining.replace(/\p{Join_Control}/gu, '') : joining;
}

/**
 * A text without what nobody sees, so that a condition on it does what it seems to do: nothing
 * stands before its first sign, a space is a space, a letter with an accent is one character.
 */
export const readable = (text: string): string =>
	text.replace(UNSEEN, needed).replace(SPACES, ' ').normalize('NFC').trim();

/** The same for all texts that people take for the same, whatever their case. */
export const comparable = (text: string): string =>
	text
		.replace(UNSEEN, '')
		.replace(SPACES, ' ')
		// Both, as some letters have two lower cases, or none.
		.toUpperCase()
		.toLowerCase()
		// Turkish writes the capital of i with a dot, which stays behind.
		.replace(/i\u0307/g, 'i')
		.normalize('NFC')
		.replace(/[^\S\n]+/g, ' ')
		.replace(/ ?\n ?/g, '\n')
		.trim();

/** The parts of a message that say what was tapped; `reply` is what it is a reply to. */
const ANSWER = /.(response|reply)(message)?$/;

/** What names the tapped button or row, the surest first. */
const TAPPED = [
	/^(selected(button|row|option)?id|(button|row)id|optionname)$/,
	/^id$/,
	/^(selected)?(title|displaytext)$/,
];

const isAnswerName = (name: string): boolean => ANSWER.test(name) || name.startsWith('selected');

function tappedIn(value: unknown, wanted: RegExp, isAnswer: boolean): string | undefined {
	// One spelling for selectedRowID, selected_row_id and their like.
	const entries = Object.entries(objectOf(value)).map(
		([name, each]) => [name.replace(/_/g, '').toLowerCase(), each] as const,
	);
	const here = entries
		.filter(([name]) => wanted.test(name) && (isAnswer || name.startsWith('selected')))
		.map(([, each]) => (isFilled(each) ? textOf(each) : undefined));
	const inside = entries
		.filter(([name]) => name === 'interactive' || isAnswerName(name))
		.flatMap(([name, each]) =>
			(Array.isArray(each) ? each : [each]).map((one) => tappedIn(one, wanted, isAnswerName(name))),
		);
	return [...here, ...inside].find((text) => text !== undefined);
}

/**
 * The button or the row of a list that was tapped, in any of the shapes that Ryze has for it
 * (docs/ryze-api.md, "Message events"): its ID, or its title where there is only that.
 *
 * @param places where these shapes may stand
 */
export const tapped = (places: unknown[]): string | undefined =>
	TAPPED.flatMap((wanted) => places.map((place) => tappedIn(place, wanted, false))).find(
		(text) => text !== undefined,
	);
