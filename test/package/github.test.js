const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { scripts } = require('../../package.json');

const root = join(__dirname, '../..');
const folder = join(root, '.github/workflows');

/** @param {string} path */
const read = (path) => readFileSync(join(root, path), 'utf8');

describe.each(readdirSync(folder))('the workflow %s', (file) => {
	const text = read(`.github/workflows/${file}`);

	// A tag can be moved to other code, a commit cannot.
	it('names each action by its commit, and says which version that is', () => {
		const used = [...text.matchAll(/uses: (.+)/g)].map(([, action]) => action);
		expect(used.length).toBeGreaterThan(0);
		for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v[\d.]+$/);
	});

	it('runs only scripts that the package has', () => {
		const run = [...text.matchAll(/run: npm run ([\w:]+)/g)].map(([, name]) => name);
		for (const name of run) expect(scripts).toHaveProperty([name]);
	});
});

describe('the form for a problem', () => {
	it('offers the reasons that an error can have', () => {
		const form = read('.github/ISSUE_TEMPLATE/problem.yml');
		const list = /id: reason[^]*?options:\n((?: +- .+\n)+)/.exec(form)?.[1] ?? '';
		const offered = [...list.matchAll(/- (.+)/g)].map(([, reason]) => reason);
		const source = read('nodes/Ryze/errors/RyzeError.ts');
		const known = [...source.matchAll(/^\t\| '([\w-]+)'/gm)].map(([, reason]) => reason);
		expect(offered).toEqual(['no error', 'do not know', ...known]);
	});
});
