import { refuse } from '../../errors/RyzeError';
import { shown } from '../../errors/text';

/** Reads the parameter `name` of one item, after its expression has been resolved. */
export type ReadParameter = (name: string) => unknown;

/** An option whose expression returns nothing counts as not added. */
export const isGiven = (value: unknown): boolean =>
	value !== undefined && value !== null && value !== '';

export const trimmed = (value: unknown): unknown =>
	typeof value === 'string' ? value.trim() : value;

/**
 * An expression or an AI agent may give a boolean as text. The text "false" must never pin.
 *
 * @param name as the user sees it
 * @throws {RyzeError} `invalid-parameter` for anything but true and false in any spelling
 */
export function readBoolean(name: string, value: unknown): boolean {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (text === true || text === 'true') return true;
	if (text === false || text === 'false') return false;
	return refuse(
		'invalid-parameter',
		`'${name}' must be true or false, but is ${shown(value)}`,
		`Turn '${name}' on or off, or make its expression return true (on) or false (off).`,
	);
}

/** What is wrong with a value that is no text, or an empty one. */
function whyNoText(name: string, value: unknown): string {
	const given = shown(value);
	return given === 'empty'
		? `'${name}' is required, but is empty`
		: `'${name}' must be text, but is ${given}`;
}

/**
 * Ryze does not say what an ID looks like, so its form is never checked; a number is taken as text,
 * unless it is so large that JavaScript has already rounded it.
 *
 * @param name as the user sees it
 * @throws {RyzeError} `invalid-parameter` when there is no ID in it
 */
export function readMessageId(value: unknown, name = 'Message ID'): string {
	const id = Number.isSafeInteger(value) ? String(value) : trimmed(value);
	if (typeof id === 'string' && id !== '') return id;
	return refuse(
		'invalid-parameter',
		whyNoText(name, value),
		"The Ryze WhatsApp Trigger and the send operations output the ID as 'messageId'. If you use an expression, check in the input panel that the field it names exists.",
	);
}

/**
 * @param name as the user sees it
 * @throws {RyzeError} `invalid-parameter` when it is empty
 */
export function readText(name: string, value: unknown): string {
	if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
		refuse(
			'invalid-parameter',
			`'${name}' is a number with too many digits: ${shown(value)}`,
			'Turn it into text, because a number this long loses its last digits. In a spreadsheet, format the column as text.',
		);
	}
	const text = Number.isFinite(value) ? String(value) : value;
	if (typeof text === 'string' && text.trim() !== '') return text;
	return refuse(
		'invalid-parameter',
		whyNoText(name, value),
		`Fill in '${name}'. If you use an expression, check in the input panel that the field it names exists.`,
	);
}

/**
 * One of the values of a list; case and surrounding spaces are ignored.
 *
 * @param name as the user sees it
 * @throws {RyzeError} `invalid-parameter` for any other
 */
export function readChoice<T extends string>(
	name: string,
	value: unknown,
	choices: readonly T[],
): T {
	const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
	const choice = choices.find((known) => known.toLowerCase() === text);
	if (choice !== undefined) return choice;
	const all = `${choices.slice(0, -1).join(', ')} or ${choices[choices.length - 1]}`;
	return refuse(
		'invalid-parameter',
		`'${name}' must be ${all}, but is ${shown(value)}`,
		`Choose '${name}' from the list, or make its expression return ${all}.`,
	);
}

/**
 * @param name as the user sees it
 * @param advice what to do when it is another
 * @throws {RyzeError} `invalid-parameter` for anything but a number from `min` to `max`
 */
export function readNumber(
	name: string,
	value: unknown,
	min: number,
	max: number,
	advice = `Set '${name}' to a number from ${min} to ${max}. If you use an expression, check in the input panel that the field it names exists.`,
): number {
	const text = trimmed(value);
	const number = typeof text === 'string' && text !== '' ? Number(text) : text;
	if (typeof number === 'number' && number >= min && number <= max) return number;
	return refuse(
		'invalid-parameter',
		`'${name}' must be a number from ${min} to ${max}, but is ${shown(value)}`,
		advice,
	);
}
