import { refuse } from '../errors/RyzeError';
import { shown } from '../errors/text';
import { isObject } from '../errors/values';
import { chatIdOf, chatKeyOf } from '../whatsapp/chatId';
import { hintFor } from '../whatsapp/hints';

/** Each chosen chat or person; an expression may give a list, or several with commas. */
function entriesOf(value: unknown): unknown[] {
	// An expression that gives an empty list has chosen nobody, not everyone.
	if (Array.isArray(value)) return value.length > 0 ? value.flatMap(entriesOf) : [undefined];
	// As the field gives it, whichever way the ID was chosen.
	if (isObject(value)) return entriesOf(value.value);
	return typeof value === 'string' ? value.split(',') : [value];
}

/** What the user has chosen in an option such as 'Senders'. */
export interface ChosenIds {
	/** In the form of `chatKeyOf`. */
	keys: Set<string>;
	/** Entries that are no phone number and no ID. */
	wrong: unknown[];
}

/**
 * @returns `undefined`, for everyone, when the option was not added or has no entry; an entry without
 * a value matches nobody
 */
export function readChosenIds(option: unknown): ChosenIds | undefined {
	const isUnset = option === undefined || option === null;
	if (isUnset || (Array.isArray(option) && option.length === 0)) return undefined;
	const entries = entriesOf(option);
	const ids = entries.map(chatIdOf);
	return {
		keys: new Set(ids.filter((id) => id !== undefined).map(chatKeyOf)),
		wrong: entries.filter((_, index) => ids[index] === undefined),
	};
}

/** Whether one of the IDs of a chat or a person was chosen. */
export const isChosen = (chosen: ChosenIds | undefined, ids: string[]): boolean =>
	chosen === undefined || ids.some((id) => chosen.keys.has(chatKeyOf(id)));

/**
 * Refuses an entry that could never be met, as the workflow would wait for nothing.
 *
 * @param name as the user sees it
 * @throws {RyzeError} `invalid-parameter`
 */
export function refuseWrongIds(name: string, option: unknown): void {
	const wrong = readChosenIds(option)?.wrong ?? [];
	if (wrong.length === 0) return;
	refuse(
		'invalid-parameter',
		`Each entry of '${name}' must be a phone number or an ID, but one is ${shown(wrong[0])}`,
		[
			hintFor(wrong[0]),
			`Choose each entry of '${name}' from the list, or enter a phone number with its country code or an ID. Remove the entries that you do not need.`,
		]
			.filter(Boolean)
			.join(' '),
	);
}
