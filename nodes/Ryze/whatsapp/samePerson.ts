/**
 * Numbers that WhatsApp spells in two ways, and what makes them alike (docs/ryze-api.md, "Spellings
 * of a phone number"). Each pattern fits only numbers that no second person can have.
 */
const SPELLINGS: Array<[RegExp, string]> = [
	// Brazil: a mobile number with its ninth digit. Landlines begin with 2 to 5 and have none.
	[/^55([1-9][1-9])([6-9]\d{7})$/, '55$19$2'],
	// Mexico: WhatsApp keeps the 1 that was once dialled before a mobile number.
	[/^521([2-9]\d{9})$/, '52$1'],
	// Argentina: from abroad a mobile number has a 9 before the area code, at home a 15 behind it.
	[/^549?(?:(11)15(\d{8})|([23]\d\d)15(\d{7})|([23]\d{3})15(\d{6}))$/, '54$1$2$3$4$5$6'],
	[/^549(11\d{8}|[23]\d{9})$/, '54$1'],
	// Benin: in 2024 a 01 came before every number.
	[/^229([2-9]\d{7})$/, '22901$1'],
];

/**
 * The same for all spellings of one phone number, and for nobody else's. For comparing only: what
 * is sent stays as it was written.
 *
 * @param digits of a phone number, with its country code; any other ID comes back as it is
 */
export function personKeyOf(digits: string): string {
	for (const [pattern, key] of SPELLINGS) {
		if (pattern.test(digits)) return digits.replace(pattern, key);
	}
	return digits;
}
