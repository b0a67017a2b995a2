import { refuse } from '../errors/RyzeError';
import { shown } from '../errors/text';
import { isObject } from '../errors/values';
import { chatIdOf } from '../whatsapp/chatId';

/** Values that look like a phone number or an ID and are neither, and what to write; `$1` is a group. */
const HINTS: Array<[RegExp, string]> = [
	[
		/^status@broadcast$/i,
		"'status@broadcast' stands for the status posts of everybody. To answer one, use the ID of its sender: 'senderId' of the Ryze Trigger.",
	],
	[
		/@broadcast$/i,
		"This is the ID of a broadcast list. To answer a message that came through one, use the ID of its sender: 'senderId' of the Ryze Trigger.",
	],
	[
		/^\+?(\d+)(?:[.:]\d+)*@c\.us$/i,
		"'@c.us' ends the IDs of people in other WhatsApp gateways. For Ryze, write +$1 or $1@s.whatsapp.net.",
	],
	[
		/@(s\.whatsapp\.net|lid|g\.us|newsletter)\s*[,;]/i,
		'These are several IDs. Give each item one of them.',
	],
	[
		/^(https?:\/\/)?chat\.whatsapp\.com\//i,
		'An invite link does not name the group. Choose the group from the list, or use its ID, which ends in @g.us.',
	],
	[
		/^(https?:\/\/)?((www\.)?wa\.me|(\w+\.)?whatsapp\.com)(\/|$)|^whatsapp:/i,
		'This link does not name one phone number. Write the number itself with a plus sign and its country code, or a link such as https://wa.me/5511999999999.',
	],
	[
		/^\+?\d+[.,]0+$/,
		'A spreadsheet has turned it into a decimal number: format the column as text, and remove the decimal zeros (such as .0) from the end.',
	],
	[
		/^\+?0[\d\s()+./-]+$/,
		'A number that starts with 0 lacks its country code: write the country code in place of the 0.',
	],
	[
		/^[^@\s]+@(?!g\.us$|s\.whatsapp\.net$)[^@\s]+\.[a-z]{2,}$/i,
		'This looks like an email address.',
	],
];

/** An email address is not looked for in a long text: it would take long. */
const LONGEST_WITH_HINT = 200;

function hintFor(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text.length > LONGEST_WITH_HINT) return '';
	for (const [pattern, hint] of HINTS) {
		const found = pattern.exec(text);
		if (found) return hint.replaceAll('$1', found[1]);
	}
	return '';
}

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
 * way it was chosen. Nothing is sent to a broadcast list, which an answer would reach by mistake.
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
	const advice = `Choose '${name}' from the list, or give it a phone number with its country code, such as 5511999999999 or +55 11 99999-9999 (without a plus sign, digits only), or an ID such as 120363406289005073@g.us. The Ryze Trigger gives the ID as 'chatId'.`;
	return refuse(
		'invalid-parameter',
		`'${name}' must be a phone number or the ID of a chat, but is ${shown(given)}`,
		[hintFor(given), advice].filter(Boolean).join(' '),
	);
}
