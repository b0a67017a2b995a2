const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { KNOWN_SENTENCES } = require('../../build/nodes/Ryze/errors/advice');

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
const [titles, reasons] = page.split('## The reasons');

/** @param {string} cell @returns {string[]} what stands in it as code */
const codesIn = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);

/** The rows of its table: the titles of errors, and the reasons they can have. */
const rows = titles
	.split('\n')
	.filter((line) => line.startsWith('|'))
	.map((line) => line.split('|'))
	.map((cells) => ({ titles: codesIn(cells[1]), reasons: codesIn(cells[4]) }));

/** @param {string} reason @returns {string[]} titles in the rows with this reason */
const titlesWith = (reason) =>
	rows.filter(({ reasons }) => reasons.includes(reason)).flatMap(({ titles }) => titles);

const known = KNOWN_SENTENCES.flatMap(({ sentences, reason }) =>
	[sentences].flat().map((sentence) => ({ sentence, reason })),
);

describe('docs/errors.md', () => {
	it('explains each reason, and no other', () => {
		const source = readFileSync(join(root, 'nodes/Ryze/errors/RyzeError.ts'), 'utf8');
		const all = [...source.matchAll(/^\t\| '([a-z-]+)'/gm)].map(([, reason]) => reason);
		const explained = [...reasons.matchAll(/^\| `([a-z-]+)` +\| \w/gm)].map(([, reason]) => reason);
		expect(all.length).toBeGreaterThan(10);
		expect(explained.filter((reason) => reason !== 'reason').sort()).toEqual(all.sort());
	});

	it.each(known)('lists $sentence with its reason, $reason', ({ sentence, reason }) => {
		const fits = (/** @type {string} */ title) => {
			if (sentence instanceof RegExp) return sentence.test(title.replace('…', 'x'));
			return title.endsWith(' …') ? sentence.startsWith(title.slice(0, -1)) : sentence === title;
		};
		expect(titlesWith(reason).filter(fits)).not.toEqual([]);
	});
});
