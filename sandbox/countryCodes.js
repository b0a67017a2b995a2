const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { countries, nonGeographic } = require('libphonenumber-js/metadata.max.json');

/** What libphonenumber's metadata has at these places of a country and of a type of number. */
const [CODE, LENGTHS, TYPES] = [0, 3, 11];
const [PATTERN, OWN_LENGTHS] = [0, 1];

/** Fixed lines, mobile, personal and VoIP numbers: those that people have WhatsApp on. */
const WITH_WHATSAPP = [0, 1, 4, 8];

/**
 * Lengths that only IDs of WhatsApp still have (docs/ryze-api.md, "Spellings of a phone number"):
 * Mexico with its 1, Benin and Ivory Coast before their numbers got ten digits.
 *
 * @type {Record<string, number[]>}
 */
const OLD_IDS = { 52: [11], 225: [8], 229: [8] };

/**
 * Whether a number that begins with 0 can match.
 *
 * @param {string} pattern of digits, classes, groups and quantifiers
 * @returns {boolean}
 */
function canBeginWithZero(pattern) {
	/** @type {string[]} */
	const alternatives = [''];
	let depth = 0;
	for (const sign of pattern) {
		if (sign === '(') depth++;
		if (sign === ')') depth--;
		if (sign === '|' && depth === 0) alternatives.push('');
		else alternatives[alternatives.length - 1] += sign;
	}
	return alternatives.some((each) => {
		if (!each.startsWith('(?:')) return /^(0|\\d|\[0)/.test(each);
		let end = 0;
		for (let open = 0; ; end++) {
			if (each[end] === '(') open++;
			if (each[end] === ')' && --open === 0) break;
		}
		return canBeginWithZero(each.slice(3, end));
	});
}

/**
 * One word for each country code: the code, a dot if a number there can begin with 0 after it,
 * a colon, and the lengths that numbers have without the code, each as a hexadecimal digit.
 */
function makeTable() {
	/** @type {Map<string, { lengths: Set<number>, zero: boolean }>} */
	const found = new Map();
	for (const country of Object.values({ ...countries, ...nonGeographic })) {
		const data = /** @type {any[]} */ (country);
		const code = String(data[CODE]);
		const types = WITH_WHATSAPP.flatMap((type) => {
			const numbers = (data[TYPES] ?? [])[type];
			return numbers ? [numbers] : [];
		});
		if (types.length === 0) continue;
		const known = found.get(code) ?? { lengths: new Set(OLD_IDS[code] ?? []), zero: false };
		for (const type of types) {
			for (const length of type[OWN_LENGTHS] ?? data[LENGTHS]) known.lengths.add(length);
			known.zero ||= canBeginWithZero(type[PATTERN]);
		}
		found.set(code, known);
	}
	return [...found]
		.sort(([one], [other]) => Number(one) - Number(other))
		.map(([code, { lengths, zero }]) => {
			// E.164 has 15 digits at most.
			const possible = [...lengths].filter((length) => length + code.length <= 15);
			possible.sort((one, other) => one - other);
			const digits = possible.map((length) => length.toString(16)).join('');
			return `${zero ? `${code}.` : code}:${digits}`;
		})
		.join(' ');
}

const FILE = join(__dirname, '../nodes/Ryze/whatsapp/countryCodes.ts');

/** The file that holds the table, as it should be. */
function makeFile() {
	const words = makeTable().split(' ');
	/** @type {string[]} */
	const lines = [''];
	for (const word of words) {
		const line = lines[lines.length - 1];
		if (line.length + word.length > 90) lines.push(word);
		else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
	}
	return `/**
 * Each assigned country code and, after a colon, how many digits a number there has without it, in
 * hexadecimal. A dot says that it can begin with 0. Made by \`node sandbox/countryCodes.js\` from
 * libphonenumber's metadata; never changed by hand.
 */
export const COUNTRY_CODES = \`
${lines.join('\n')}
\`;
`;
}

module.exports = { FILE, makeFile, read: () => readFileSync(FILE, 'utf8') };

if (require.main === module) writeFileSync(FILE, makeFile());
