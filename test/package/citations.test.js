const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '../..');

const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');

const sources = tracked.filter(
	(file) =>
		/^(nodes|credentials|sandbox|test|bench|checks|pictures)\/.+\.(ts|js|mjs)$/.test(file) &&
		// Git still lists a file that has only been deleted on disk.
		existsSync(join(root, file)),
);

/** @param {string} file */
const read = (file) => readFileSync(join(root, file), 'utf8');

/** What is a comment in a line that Prettier has formatted. */
const COMMENT = /^\s*\*(?!\/)(.*)$|(?:^|\s)\/[/*]+(.*)$/;

/**
 * The comments of a source, line by line, so that a match in them has the line of the source.
 *
 * @param {string} source
 */
function commentsOf(source) {
	const lines = source.split('\n').map((line) => {
		const [, inBlock, begun] = COMMENT.exec(line) ?? [];
		return inBlock ?? begun ?? '';
	});
	return lines.join('\n');
}

/** A text file by its path; the lookbehind leaves out those in a web address. */
const MENTION = /(?<![\w:/.-])[\w./-]*\w\.(?:md|txt)\b/g;

/** What follows a mention: sections in quotes, or a number, which no heading has. */
const SECTIONS = /^,?\s+("[^"]+"(?:(?:,|,?\s+and)\s+"[^"]+")*)/;
const NUMBER = /^,?\s+§?\d/;

/** @param {string} file */
const headingsOf = (file) => [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, title]) => title);

/**
 * What is wrong with the citations in the comments of a source, each with its line.
 *
 * @param {string} file
 * @param {string} source
 */
function mistakesIn(file, source) {
	const comments = commentsOf(source);
	return [...comments.matchAll(MENTION)].flatMap(({ 0: cited, index }) => {
		const at = `${file}:${comments.slice(0, index).split('\n').length}`;
		if (!tracked.includes(cited)) return [`${at} cites ${cited}, which is not in the repository`];
		const rest = comments.slice(index + cited.length);
		if (NUMBER.test(rest)) return [`${at} cites a number in ${cited}; quote the heading instead`];
		const headings = headingsOf(cited);
		return [...(SECTIONS.exec(rest)?.[1] ?? '').matchAll(/"([^"]+)"/g)]
			.map(([, section]) => section.replace(/\s+/g, ' '))
			.filter((section) => !headings.includes(section))
			.map((section) => `${at} cites "${section}", which is no heading of ${cited}`);
	});
}

describe('the citations in comments', () => {
	it('lead to files of the repository and to their headings', () => {
		expect(sources.flatMap((file) => mistakesIn(file, read(file)))).toEqual([]);
	});

	it.each([
		['a file that does not exist', '// See facts.md.', 'cites facts.md, which'],
		['a path that does not exist', '/** As in docs/facts.txt. */', 'cites docs/facts.txt, which'],
		['a number', '// docs/ryze-api.md 2.4', 'cites a number in docs/ryze-api.md'],
		['no heading', 'f();\t// docs/ryze-api.md, "Nothing"', 'cites "Nothing", which'],
		[
			'one of two that is no heading',
			'/**\n * (docs/ryze-api.md, "Rate\n * limit" and\n * "Nothing").\n */',
			'cites "Nothing", which',
		],
	])('are refused when they cite %s', (_, source, mistake) => {
		expect(mistakesIn('a.js', source)).toEqual([expect.stringContaining(mistake)]);
	});

	it.each([
		'// docs/ryze-api.md, "Rate limit"',
		'/**\n * A reset (docs/ryze-api.md,\n * "Rate limit", "Responses" and "Find a\n * message").\n */',
		"const name = 'report.txt'; // https://example.com/en/page.md",
	])('are accepted in %j', (source) => {
		expect(mistakesIn('a.js', source)).toEqual([]);
	});
});

describe('docs/ryze-api.md', () => {
	const rows = [...read('docs/ryze-api.md').matchAll(/^\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)];
	const facts = rows.filter(([, , standing]) => /^(documented|seen|assumed)/.test(standing));

	it('gives each fact a standing, and each documented one a page', () => {
		const standings = new Set(facts.map(([, , standing]) => standing));
		expect(standings).toEqual(
			new Set(['documented', 'seen in other clients', 'seen in WhatsApp', 'assumed']),
		);
		const without = facts.filter((row) => row[2] === 'documented' && !row[3].includes(']('));
		expect(without.map(([, fact]) => fact)).toEqual([]);
	});

	it('links to pages of the documentation in English', () => {
		const links = [...read('docs/ryze-api.md').matchAll(/\]\((.+?)\)/g)].map(([, url]) => url);
		const page = /^https:\/\/docs\.ryzeapi\.cloud(\/en\/(guide|api)(\/[\w-]+)+)?$/;
		expect(links.filter((url) => !page.test(url))).toEqual([]);
	});
});
