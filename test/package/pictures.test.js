const { execFileSync } = require('node:child_process');
const { readdirSync, readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { productTexts } = require('../../pictures/productTexts');

const root = join(__dirname, '../..');
const folder = join(root, 'docs/images');

/** Bytes. */
const LARGEST = { png: 200_000, gif: 2_000_000 };

const pictures = readdirSync(folder).filter((file) => /\.(png|gif)$/.test(file));

/** @type {Record<string, string[]>} */
const texts = JSON.parse(readFileSync(join(folder, 'texts.json'), 'utf8'));

const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
	.split('\n')
	.filter((file) => file !== '');

/** The pictures that are shown in a page, with their alternative texts. */
const shown = pages.flatMap((page) =>
	[...readFileSync(join(root, page), 'utf8').matchAll(/!\[([^\]]*)\]\((?!https:)([^)]+)\)/g)].map(
		([, alt, path]) => ({ alt, file: join(page, '..', path) }),
	),
);

describe('the pictures of the README and the docs', () => {
	const isOurs = productTexts();

	it.each(pictures)('show in %s only texts that the product has', (file) => {
		const listed = texts[file] ?? [];
		expect(listed.length).toBeGreaterThanOrEqual(5);
		// Otherwise, make the picture again: `npm run pictures`.
		expect(listed.filter((text) => !isOurs(text))).toEqual([]);
	});

	it('have a list of their texts, and no list is left of a picture that is gone', () => {
		expect(Object.keys(texts).sort()).toEqual([...pictures].sort());
	});

	it.each(pictures)('are small enough to be loaded quickly: %s', (file) => {
		const largest = LARGEST[/** @type {'png' | 'gif'} */ (file.slice(-3))];
		expect(statSync(join(folder, file)).size).toBeLessThan(largest);
	});

	it('exist where a page names one, and each is used', () => {
		const used = new Set(shown.map(({ file }) => file));
		expect([...used].sort()).toEqual(pictures.map((file) => `docs/images/${file}`).sort());
	});

	it('have texts for those who cannot see them', () => {
		expect(shown.filter(({ alt }) => alt.length < 20)).toEqual([]);
	});
});

describe('a text of a picture', () => {
	const isOurs = productTexts();

	it.each([
		'Pin Message',
		'Pin or unpin WhatsApp message',
		'Base URL',
		'Pin each',
		'Choose your Ryze WhatsApp API credential in Pin each.',
		'message with ID 3EB0DEAD0000000000000000 not found [item 0]',
		"The Ryze WhatsApp Trigger and the send operations output the ID as 'messageId'.",
	])('is known as one of the product: %s', (text) => {
		expect(isOurs(text)).toBe(true);
	});

	it.each(['Pin Massage', 'Execute step', 'Choose your Ryze WhatsApp API credential in Pin none.'])(
		'is not taken for one of the product: %s',
		(text) => {
			expect(isOurs(text)).toBe(false);
		},
	);
});
