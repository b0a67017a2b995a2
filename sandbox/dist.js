/*
 * Whether dist and build were built from the sources as they are now. The build ends with `node sandbox/dist.js`,
 * which notes in dist what it was built from; times of files would say little after a checkout.
 */
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');

/** What the build reads. */
const FOLDERS = ['credentials', 'icons', 'nodes'];
const FILES = ['gulpfile.js', 'tsconfig.json'];

/** Beside the built files, so that it goes when they go; `files` of package.json leaves it out. */
const NOTE = join(root, 'dist/.built-from.json');

/** @returns {Record<string, string>} a hash of each source, by its path */
function hashSources() {
	const inFolders = FOLDERS.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
	);
	const hash = (/** @type {string} */ path) =>
		createHash('sha256')
			.update(readFileSync(join(root, path)))
			.digest('hex');
	return Object.fromEntries([...inFolders, ...FILES].sort().map((path) => [path, hash(path)]));
}

/** @returns {Record<string, string> | undefined} what dist was built from; undefined: nobody knows */
function builtFrom() {
	try {
		return JSON.parse(readFileSync(NOTE, 'utf8'));
	} catch {
		return undefined;
	}
}

/** @throws {Error} naming a source that has changed since the build */
function assertDistIsFresh() {
	const built = builtFrom();
	if (!built) throw new Error('There is no finished build in dist: run `npm run build`.');
	const now = hashSources();
	const changed = Object.keys({ ...built, ...now }).find((path) => built[path] !== now[path]);
	if (changed === undefined) return;
	const what = !(changed in now) ? 'removed' : changed in built ? 'changed' : 'added';
	throw new Error(`dist is stale, ${changed} was ${what} after the build: run \`npm run build\`.`);
}

/**
 * @param {(line: string) => void} log is told before a build, as it takes a while
 * @throws {Error} when the build fails; it has said why
 */
function buildUnlessFresh(log) {
	try {
		return assertDistIsFresh();
	} catch {
		log('Building the package (about 10 s) …');
	}
	const isWindows = process.platform === 'win32';
	const build = spawnSync('npm', ['run', '--silent', 'build'], {
		cwd: root,
		stdio: 'inherit',
		shell: isWindows,
	});
	if (build.status !== 0) throw new Error('The build has failed.');
}

if (require.main === module) writeFileSync(NOTE, JSON.stringify(hashSources(), null, '\t'));

module.exports = { assertDistIsFresh, buildUnlessFresh };
