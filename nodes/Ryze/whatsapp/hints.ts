/** Patterns of such values, and what to write instead; `$1` is the group of the pattern. */
const HINTS: Array<[RegExp, string]> = [
	[
		/^status@broadcast$/i,
		"'status@broadcast' stands for everyone's status posts. To reply to one, use the ID of its sender: 'senderId' of the Ryze WhatsApp Trigger.",
	],
	[
		/@broadcast$/i,
		"This is the ID of a broadcast list. To reply to a message that came through one, use the ID of its sender: 'senderId' of the Ryze WhatsApp Trigger.",
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
		/^\d+0{6}$|^\+?\d+([.,]\d+)?e\+?\d+$/i,
		'A spreadsheet may have rounded this number: format the column as text there. If it really ends in zeros, write it with a plus sign.',
	],
	[
		/^\+?0[\d\s()+./-]+$/,
		'A number that starts with 0 has no country code. Add it (in most countries, in place of the 0).',
	],
	[
		/^[^@\s]+@(?!g\.us$|s\.whatsapp\.net$)[^@\s]+\.[a-z]{2,}$/i,
		'This looks like an email address.',
	],
];

/** An email address is not looked for in a long text: it would take long. */
const LONGEST_WITH_HINT = 200;

/**
 * What to write instead of a value that looks like a phone number or an ID and is neither.
 *
 * @returns an empty text when it looks like neither
 */
export function hintFor(value: unknown): string {
	const text = typeof value === 'string' || typeof value === 'number' ? `${value}`.trim() : '';
	if (text.length > LONGEST_WITH_HINT) return '';
	for (const [pattern, hint] of HINTS) {
		const found = pattern.exec(text);
		if (found) return hint.replaceAll('$1', found[1]);
	}
	return '';
}
