import { isObject } from './values';

/** Anything shorter is no token, and removing it would only spoil the text. */
const SHORTEST_SECRET = 8;

const MASK = '***';

/**
 * What web servers and libraries make of a character: `\u0041`, `%u0041`, `\x41`, `%41`, `&#x41;`,
 * `&#65;`, `&amp;`, `\/`; once more encoded as well, as in `%2541` and `&amp;#65;`.
 */
const ESCAPED =
	/%u([\da-f]{4})|%(?:25)*([\da-f]{2})|\\+(?:u([\da-f]{4})|u\{0*([\da-f]{1,4})\}|x([\da-f]{2})|([/"']))?|&(?:amp;)*(?:#x0*([\da-f]{1,4});?|#0*(\d{1,5});?|([a-z]+);)/gi;

/** Named references of HTML to what may be in a token. */
const NAMED: Record<string, string> = {
	...{ amp: '&', apos: "'", colon: ':', equals: '=', gt: '>', lowbar: '_', lt: '<' },
	...{ num: '#', percnt: '%', period: '.', plus: '+', quot: '"', sol: '/' },
	...{ commat: '@', dash: '-', hyphen: '-' },
};

/** Each of them removes at least one level of encoding. */
const MOST_LEVELS = 8;

function withoutEscapes(text: string): string {
	let result = text;
	for (let level = 0; level < MOST_LEVELS; level++) {
		const before = result;
		result = before.replace(ESCAPED, (whole: string, ...groups: Array<string | undefined>) => {
			const [u, percent, json, braced, x, plain, hex, decimal, name] = groups;
			const code = u ?? percent ?? json ?? braced ?? x ?? hex;
			if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
			if (decimal !== undefined) return String.fromCharCode(Number(decimal));
			return plain ?? (name && NAMED[name.toLowerCase()]) ?? whole;
		});
		if (result === before) break;
	}
	return result;
}

/**
 * What a text in base64 has in it when the secret is in the text, whichever of the three places in a
 * group of three bytes it begins at.
 */
const base64Of = (secret: string): string[] =>
	[0, 1, 2].map((before) => {
		const end = before + secret.length;
		const text = Buffer.from('\0'.repeat(before) + secret).toString('base64');
		// The characters at both ends are also made of what stands beside it.
		return text.slice(Math.ceil((8 * before) / 6), Math.floor((8 * end) / 6));
	});

/** A secret, and how to find it in a text. */
class Secret {
	private readonly spellings: string[];

	private readonly hex: RegExp;

	constructor(readonly text: string) {
		const encoded = base64Of(text);
		const base64 = [...encoded, ...encoded.flatMap(base64Of)];
		const forUrls = base64.map((text) => text.replace(/\+/g, '-').replace(/\//g, '_'));
		this.spellings = [...new Set([text, ...base64, ...forUrls])];
		const bytes = Buffer.from(text).toString('hex').match(/../g) ?? [];
		this.hex = new RegExp(bytes.join('[\\s:-]?'), 'i');
	}

	private isPlainlyIn(text: string): boolean {
		return this.spellings.some((spelling) => text.includes(spelling)) || this.hex.test(text);
	}

	private isIn(text: string): boolean {
		// All other spellings are longer.
		if (text.length < this.text.length) return false;
		if (this.isPlainlyIn(text)) return true;
		const plain = /[%&\\]/.test(text) ? withoutEscapes(text) : text;
		if (plain !== text && this.isPlainlyIn(plain)) return true;
		// Base64 can come in lines.
		return plain.includes('\n') && this.isPlainlyIn(plain.replace(/\s+/g, ''));
	}

	maskText(text: string): string {
		if (!this.isIn(text)) return text;
		const masked = text.split(this.text).join(MASK);
		if (!this.isIn(masked)) return masked;
		// What is encoded cannot be cut out of a word, so the word goes, or else the whole text.
		const words = masked.split(/([\s"'<>(){},]+|\[|\]|=(?=[\w%&\\/+-]))/);
		const rest = words.map((word) => (this.isIn(word) ? MASK : word)).join('');
		return this.isIn(rest) ? MASK : rest;
	}

	/** The same object when there is nothing to mask in it. */
	mask(value: unknown): unknown {
		if (typeof value === 'string') return this.maskText(value);
		if (typeof value === 'number') return String(value) === this.text ? MASK : value;
		if (Array.isArray(value)) {
			const masked = value.map((each) => this.mask(each));
			return masked.some((each, at) => each !== value[at]) ? masked : (value as unknown[]);
		}
		if (!isObject(value)) return value;
		let changed = false;
		const entries = Object.entries(value).map(([name, each]) => {
			// A token can be chosen, and must not take the name of a member that others read.
			const ownName = /^[a-z_]{1,15}$/i.test(name) ? name : this.maskText(name);
			const entry = [ownName, this.mask(each)] as const;
			changed ||= entry[0] !== name || entry[1] !== each;
			return entry;
		});
		return changed ? Object.fromEntries(entries) : value;
	}
}

let latest: Secret | undefined;

/** Kept for the next text, as a run of a node has one token. */
function secretOf(secret: string): Secret {
	if (latest?.text !== secret) latest = new Secret(secret);
	return latest;
}

/**
 * Replaces `secret` by `***` wherever a server or a proxy has repeated it, in any spelling that
 * decodes to it: as it is, escaped for a URL, JSON or HTML, in base64 or in hexadecimal.
 */
export const maskSecret = (text: string, secret: string): string =>
	secret.length < SHORTEST_SECRET || text.length < secret.length
		? text
		: secretOf(secret).maskText(text);

/** The same for all texts and names in a value, however deep; without a secret it stays as it is. */
export const maskSecrets = <T>(value: T, secret: string): T =>
	secret.length < SHORTEST_SECRET ? value : (secretOf(secret).mask(value) as T);
