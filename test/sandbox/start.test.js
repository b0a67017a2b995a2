const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const { delimiter, join } = require('node:path');

const root = join(__dirname, '../..');

/** A checkout of the package without a build. */
let folder = '';

/** What `npm` was called with, one call a line. */
const builds = () => {
	const file = join(folder, 'calls');
	return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
};

beforeEach(() => {
	folder = fs.mkdtempSync(join(os.tmpdir(), 'ryze-start-'));
	fs.cpSync(join(root, 'sandbox'), join(folder, 'sandbox'), { recursive: true });
	for (const name of [
		...['credentials', 'icons', 'nodes', 'node_modules'],
		...['gulpfile.js', 'package.json', 'tsconfig.json'],
	]) {
		fs.symlinkSync(join(root, name), join(folder, name));
	}
	// In place of a build, which takes as long as all of these tests.
	const npm = `#!/bin/sh\necho "$@" >> calls\ncp -r '${join(root, 'dist')}' .\n`;
	fs.mkdirSync(join(folder, 'bin'));
	fs.writeFileSync(join(folder, 'bin/npm'), npm, { mode: 0o755 });
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** @param {string[]} args @param {Record<string, string>} [env] */
const start = (args, env) => run('sandbox/start.js', args, env);

/** @param {string} script @param {string[]} args @param {Record<string, string>} [env] */
function run(script, args, env) {
	const PATH = join(folder, 'bin') + delimiter + process.env.PATH;
	const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, script), ...args], {
		cwd: folder,
		encoding: 'utf8',
		env: { ...process.env, ...env, PATH },
	});
	return { status, lines: stdout.split('\n'), stderr };
}

describe('npm start', () => {
	it('builds the package, numbers the items, marks the one that fails on purpose, and ends with what was expected', () => {
		const { status, lines, stderr } = start([]);
		expect(lines[0]).toMatch(/^Building the package \(about \d+ s\) …$/);
		expect(builds()).toEqual(['run --silent build']);
		expect(lines.filter((line) => line.startsWith('Item '))).toEqual([
			'Item 1 of 3: pins a message for 24 hours',
			'Item 2 of 3: unpins it',
			'Item 3 of 3: fails on purpose: no such message exists',
		]);
		expect(lines.at(-2)).toBe('As expected: 2 items on the success output, 1 on the error output.');
		expect([status, stderr]).toEqual([0, '']);

		expect(start([]).lines[0]).toMatch(/^Ryze node on the n8n engine/);
		expect(builds()).toHaveLength(1);
	});

	it.each([
		[0, ['--help'], {}, /^Builds the package if/],
		[1, ['--message', '3EB0'], {}, /^To pin for real this is missing: RYZE_TOKEN in the environm/],
		[1, [], { RYZE_TOKEN: 'a' }, /^To pin for real this is missing: RYZE_INSTANCE in the environ/],
		[1, ['--unknown'], {}, /^Unknown option '--unknown'/],
	])(
		'builds nothing when there is nothing to run: exit code %i for %j',
		(code, args, env, text) => {
			const { status, lines } = start(args, env);
			expect(status).toBe(code);
			expect(lines[0]).toMatch(text);
			expect(builds()).toEqual([]);
		},
	);

	it('says when the build fails', () => {
		fs.writeFileSync(join(folder, 'bin/npm'), '#!/bin/sh\nexit 2\n');
		const { status, lines } = start([]);
		expect([status, lines[1]]).toEqual([1, 'The build has failed.']);
	});
});

describe('npm run editor', () => {
	it('says how to use it without a build', () => {
		const { scripts } = JSON.parse(fs.readFileSync(join(root, 'package.json'), 'utf8'));
		expect(scripts.editor).toBe('node sandbox/n8n/editor.js');
		const { status, lines, stderr } = run('sandbox/n8n/editor.js', ['--help']);
		expect(lines[0]).toMatch(/^Starts a real n8n on this machine/);
		expect([status, stderr]).toEqual([0, '']);
		expect(builds()).toEqual([]);
	});
});
