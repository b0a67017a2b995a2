import { refuse } from '../../errors/RyzeError';
import { shown } from '../../errors/text';
import { isObject } from '../../errors/values';
import { chatIdOf } from '../../whatsapp/chatId';
import { hintFor } from '../../whatsapp/hints';

/** A contact of the trigger's list, which has both IDs of one person. */
const BOTH_IDS = /^(\d+@s\.whatsapp\.net),\d+@lid$/;

/**
 * What was chosen or typed into a resource locator; anything else as it is. Only from a list are two
 * IDs surely the same person.
 */
function chosen(value: unknown): unknown {
	if (!isObject(value) || !('__rl' in value)) return value;
	const { mode, value: given } = value;
	return mode === 'list' && typeof given === 'string' ? given.replace(BOTH_IDS, '$1') : given;
}

/**
 * A phone number (by the rule of `phoneNumberOf`), or the ID of a person, group or channel, whichever
 * way it was chosen. Nothing is sent to a broadcast list, which a reply would reach by mistake.
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
	if (id !== undefined && !id.endsWith('@broadcast')) return id;
	const what = shown(given);
	const advice = `Choose '${name}' from the list, or enter a phone number with its country code, such as 5511999999999 or +55 11 99999-9999 (without a plus sign, digits only), or an ID such as 120363406289005073@g.us. The Ryze WhatsApp Trigger outputs the ID as 'chatId'.`;
	return refuse(
		'invalid-parameter',
		what === 'empty'
			? `'${name}' is required, but is empty`
			: `'${name}' must be a phone number or the ID of a chat, but is ${what}`,
		[hintFor(given), advice].filter(Boolean).join(' '),
	);
}
