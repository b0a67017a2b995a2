const fc = require('fast-check');
const { maskSecret, maskSecrets } = require('../../../build/nodes/Ryze/errors/secrets');

const SECRET = 'a1B2-c3/D4+e5_f6=g7.h8';

/** @param {string} text @param {string} encoding */
const as = (text, encoding) => Buffer.from(text).toString(/** @type {any} */ (encoding));

const hexOf = (/** @type {string} */ char) => char.charCodeAt(0).toString(16).padStart(2, '0');

/** @param {(char: string) => string} encode */
const each = (encode) => (/** @type {string} */ text) => [...text].map(encode).join('');

/** Each makes a text of a text, from which a library gets it back. */
const encodings = {
	percent: each((char) => `%${hexOf(char)}`),
	'percent in capitals': each((char) => `%${hexOf(char).toUpperCase()}`),
	'percent, what has to be': encodeURIComponent,
	'percent, twice': (/** @type {string} */ text) => encodeURIComponent(encodeURIComponent(text)),
	'percent, every character four times': each((char) => `%252525${hexOf(char)}`),
	'percent, some characters': (/** @type {string} */ text) =>
		text.replace(/[a-c1]/g, (char) => `%${hexOf(char)}`),
	'percent of old browsers': each((char) => `%u00${hexOf(char)}`),
	JSON: each((char) => `\\u00${hexOf(char)}`),
	'JSON, twice': each((char) => `\\\\u00${hexOf(char).toUpperCase()}`),
	'JSON of PHP': (/** @type {string} */ text) => text.replaceAll('/', '\\/'),
	JavaScript: each((char) => `\\x${hexOf(char)}`),
	'JavaScript, new': each((char) => `\\u{${hexOf(char)}}`),
	'HTML, decimal': each((char) => `&#${char.charCodeAt(0)};`),
	'HTML, decimal with zeros': each((char) => `&#000${char.charCodeAt(0)};`),
	'HTML, hexadecimal': each((char) => `&#x${hexOf(char)};`),
	'HTML, in capitals': each((char) => `&#X${hexOf(char).toUpperCase()};`),
	'HTML, by name': (/** @type {string} */ text) =>
		text.replace(
			/[/+=._]/g,
			(char) => `&${{ '/': 'sol', '+': 'plus', '=': 'equals', '.': 'period', _: 'lowbar' }[char]};`,
		),
	'HTML, twice': each((char) => `&amp;#${char.charCodeAt(0)};`),
	'HTML of percent': each((char) => `&#37;${hexOf(char)}`),
	'percent of HTML': (/** @type {string} */ text) =>
		encodeURIComponent(each((char) => `&#${char.charCodeAt(0)};`)(text)),
	base64: (/** @type {string} */ text) => as(text, 'base64'),
	'base64 for URLs': (/** @type {string} */ text) => as(text, 'base64url'),
	'base64 in a URL': (/** @type {string} */ text) => encodeURIComponent(as(text, 'base64')),
	'base64 in lines': (/** @type {string} */ text) =>
		(as(`${text} and a long rest`, 'base64').match(/.{1,16}/g) ?? []).join('\r\n'),
	'base64, one byte before': (/** @type {string} */ text) => as(`x${text}`, 'base64'),
	'base64, two bytes before': (/** @type {string} */ text) => as(`xy${text}`, 'base64url'),
	'base64 of a header': (/** @type {string} */ text) => as(`Bearer ${text}`, 'base64'),
	'base64 of a user': (/** @type {string} */ text) => as(`user:${text}`, 'base64'),
	'base64, twice': (/** @type {string} */ text) => as(as(`user:${text}`, 'base64'), 'base64'),
	'base64 of JSON': (/** @type {string} */ text) => as(JSON.stringify({ t: text, z: 1 }), 'base64'),
	hexadecimal: (/** @type {string} */ text) => as(text, 'hex'),
	'hexadecimal with colons': (/** @type {string} */ text) =>
		(as(text, 'hex').match(/../g) ?? []).join(':'),
	'hexadecimal in capitals': (/** @type {string} */ text) => as(text, 'hex').toUpperCase(),
	'hexadecimal of a header': (/** @type {string} */ text) => as(`Bearer ${text}`, 'hex'),
	'nothing at all': (/** @type {string} */ text) => text,
};

const rows = Object.entries(encodings);

describe('A secret', () => {
	it.each(rows)('is masked in a text, and the other words stay: %s', (_, encode) => {
		const masked = maskSecret(`Invalid token "${encode(SECRET)}" in header`, SECRET);
		expect(masked).toMatch(/^Invalid token ".*" in header$|^\*\*\*$/);
		expect(masked).not.toContain(encode(SECRET).slice(2, -2));
	});

	it.each(rows)('is masked in a value, in a list and in a name: %s', (_, encode) => {
		const text = encode(SECRET);
		const masked = maskSecrets({ a: [{ deep: text, n: 7 }], [text]: { b: null } }, SECRET);
		expect(JSON.stringify(masked)).not.toContain(JSON.stringify(text).slice(3, -3));
		expect(masked.a[0].n).toBe(7);
		expect(Object.keys(masked)).toHaveLength(2);
	});

	it('is masked in whichever way each of its characters is encoded', () => {
		const token = fc.string({
			unit: fc.constantFrom(...'abcXYZ019-_.~+/=!:'),
			minLength: 8,
			maxLength: 40,
		});
		const singly = rows.filter(([name]) => /^(percent|JSON|JavaScript|HTML|nothing)/.test(name));
		const ways = fc.array(fc.constantFrom(...singly.map(([, encode]) => encode)), { minLength: 1 });
		fc.assert(
			fc.property(token, ways, fc.string(), fc.string(), (secret, encodes, before, after) => {
				const spelled = [...secret]
					.map((char, index) => encodes[index % encodes.length](char))
					.join('');
				const masked = maskSecret(`${before} ${spelled} ${after}`, secret);
				expect(masked).toContain('***');
				expect(masked).not.toContain(spelled);
			}),
			{ numRuns: 300 },
		);
	});

	it('is masked wherever it stands in a text in base64 or hexadecimal', () => {
		const text = fc.string({ maxLength: 20 });
		const how = fc.constantFrom('base64', 'base64url', 'hex');
		fc.assert(
			fc.property(fc.stringMatching(/^[\w-]{8,40}$/), text, text, how, (secret, ...parts) => {
				const [before, after, encoding] = parts;
				const spelled = as(before + secret + after, encoding);
				const masked = maskSecrets([`x ${spelled}`], secret)[0];
				expect(as(masked, encoding === 'hex' ? 'hex' : 'base64')).not.toContain(secret);
				expect(masked).toContain('***');
			}),
			{ numRuns: 300 },
		);
	});

	it('that is the name of a member leaves the name', () => {
		expect(maskSecrets({ messageId: 'A', is: 'messageId' }, 'messageId')).toEqual({
			messageId: 'A',
			is: '***',
		});
	});

	it('that is a number is masked as a number, too', () => {
		expect(maskSecrets({ token: 1234567890, n: 1 }, '1234567890')).toEqual({ token: '***', n: 1 });
	});

	it('too short to be one is not looked for', () => {
		expect(maskSecret('Invalid token', 'n')).toBe('Invalid token');
		expect(maskSecrets({ n: 'n' }, 'n')).toEqual({ n: 'n' });
	});
});

describe('What holds no secret', () => {
	it('stays the same object, whatever is in it', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(maskSecrets(value, SECRET)).toBe(value);
			}),
		);
		const odd = JSON.parse('{"__proto__":{"x":"100%25 \\\\ &amp; %zz &#999999; \\\\u"},"n":null}');
		expect(maskSecrets(odd, SECRET)).toBe(odd);
	});

	it('stays beside what does, with its name and in its order', () => {
		const value = JSON.parse(`{"__proto__":1,"b":"${SECRET}","a":[],"c":{"d":"e"}}`);
		expect(JSON.stringify(maskSecrets(value, SECRET))).toBe(
			'{"__proto__":1,"b":"***","a":[],"c":{"d":"e"}}',
		);
	});

	it('is looked through in no time, however long it is', () => {
		const list = Array.from({ length: 10_000 }, (_, index) => ({
			jid: `${5511900000000 + index}@s.whatsapp.net`,
			name: `Contact ${index} & sons`,
			text: 'A message of usual length, as people write it to each other in a chat, 100 %.',
		}));
		const texts = ['\\', '%', '%25', '&', '&amp;', '&#0', '\n', 'a', SECRET.slice(0, -1), ' '];
		const begin = process.cpuUsage();
		maskSecrets(list, SECRET);
		for (const part of texts) maskSecret(part.repeat(50_000), SECRET);
		expect(process.cpuUsage(begin).user / 1000).toBeLessThan(5000);
	});
});
