const { execFileSync } = require('node:child_process');
const { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { loadEngine } = require('../../sandbox/engine');
const { installPackage } = require('../../sandbox/n8n/package');
const packageJson = require('../../package.json');
const { names } = require('../support/operations');

const root = join(__dirname, '../..');

/** @type {string} */
let folder;
/** The tarball's content. @type {string} */
let unpacked;
/** The package as n8n's "Community nodes" page installs the tarball. @type {string} */
let installed;
/** @type {{ size: number, files: Array<{ path: string }> }} */
let tarball;

/** jest's NODE_ENV would make the scan judge every file as if it were every kind of file. */
const env = { ...process.env, NODE_ENV: undefined };

/** @param {string} command @param {string[]} args */
const run = (command, args) => execFileSync(command, args, { cwd: root, env, encoding: 'utf8' });

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-ryzeapi-'));
	[tarball] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder]));
	const file = join(folder, `${packageJson.name}-${packageJson.version}.tgz`);
	run('tar', ['-xzf', file, '-C', folder]);
	unpacked = join(folder, 'package');
	installed = (await installPackage(file, folder)).folder;
	// n8n brings n8n-workflow; a package never does.
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the tarball', () => {
	it('is small and has no dependency', () => {
		expect(tarball.size).toBeLessThan(76_000);
		const packed = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
		expect(packed).not.toHaveProperty('dependencies');
		expect(packed.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(packed.peerDependenciesMeta).toEqual({ 'n8n-workflow': { optional: true } });
	});

	it('holds what n8n loads and what a user reads, and nothing else', () => {
		const others = tarball.files
			.map(({ path }) => path)
			.filter((path) => !/^dist\/(credentials|nodes)\/.+\.js$/.test(path));
		expect(others.sort()).toEqual([
			'LICENSE',
			'README.md',
			'dist/icons/ryze.dark.svg',
			'dist/icons/ryze.svg',
			'dist/nodes/Ryze/Ryze.node.json',
			'dist/nodes/Ryze/RyzeTrigger.node.json',
			...names.map((name) => `dist/nodes/Ryze/__schema__/v1.0.0/${name}.json`).sort(),
			'package.json',
		]);
	});

	it('exports the class of its name from each file that n8n is told of', () => {
		const files = [...packageJson.n8n.nodes, ...packageJson.n8n.credentials];
		for (const file of files) {
			const name = /([^/]+)\.(?:node|credentials)\.js$/.exec(file)?.[1] ?? '';
			expect(new (require(join(root, file))[name])()).toBeTruthy();
			expect(existsSync(join(unpacked, file))).toBe(true);
		}
		expect(files).toHaveLength(3);
	});

	it('loads what runs with an execution only then', () => {
		const files = [...packageJson.n8n.nodes, ...packageJson.n8n.credentials];
		const script = `
			for (const file of process.argv.slice(1)) for (const type of Object.values(require(file))) new type();
			console.log(JSON.stringify(Object.keys(require.cache)));
		`;
		const paths = files.map((file) => join(root, file));
		/** @type {string[]} */
		const loaded = JSON.parse(run(process.execPath, ['-e', script, '--', ...paths]));
		const ours = loaded.filter((path) => path.startsWith(join(root, 'dist')));
		expect(ours.sort()).toEqual([...paths, join(root, 'dist/nodes/Ryze/descriptions.js')].sort());
	});

	it('is loaded by n8n under the names that saved workflows hold', async () => {
		const { loader } = await loadEngine(installed);
		expect(Object.keys(loader.known.nodes)).toEqual(['ryze', 'ryzeTrigger']);
		expect(Object.keys(loader.known.credentials)).toEqual(['ryzeApi']);
		for (const name of ['ryze', 'ryzeTrigger']) {
			const { type } = loader.getNode(name);
			expect(`${loader.packageName}.${type.description.name}`).toBe(`n8n-nodes-ryzeapi.${name}`);
		}
	});

	it('has every icon where n8n looks for it', async () => {
		const { loader } = await loadEngine(installed);
		const urls = [
			loader.getNode('ryze').type.description.iconUrl,
			loader.getNode('ryzeTrigger').type.description.iconUrl,
			loader.getCredential('ryzeApi').type.iconUrl,
		].flatMap((url) => (typeof url === 'object' ? [url.light, url.dark] : []));
		expect(urls).toHaveLength(6);
		for (const url of urls) {
			const path = url.replace(`icons/${packageJson.name}/`, '');
			expect(existsSync(join(installed, path))).toBe(true);
		}
	});
});

describe("n8n's verification scan", () => {
	it('passes on the source and on the tarball', () => {
		const said = run(process.execPath, ['test/package/scan.mjs', unpacked]);
		expect(said).toBe('source: passed\ntarball: passed\n');
	});
});
