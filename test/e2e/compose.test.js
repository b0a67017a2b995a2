const { mkdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { runCommand } = require('../../sandbox/n8n/command');
const { ensureFolder } = require('../../sandbox/n8n/cachedFolder');
const { COMPOSE_FILE, readServices } = require('../../sandbox/n8n/compose');
const { cacheFolder } = require('../../sandbox/n8n/environment');
const { installN8n } = require('../../sandbox/n8n/install');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');

/** It checks a compose file by the schema and by its own rules, and needs no Docker. */
const LINTER = 'dclint@3.1.0';

/** @param {string} folder */
async function installLinter(folder) {
	mkdirSync(folder, { recursive: true });
	const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', '.', LINTER];
	const { code, stderr } = await runCommand('npm', args, { cwd: folder });
	if (code !== 0) throw new Error(stderr);
}

// With its settings, test/e2e/queue.test.js starts a real n8n.
describe('docs/compose.yaml', () => {
	it('has no fault that a linter of compose files finds', async () => {
		const folder = join(cacheFolder(), 'dclint');
		await ensureFolder(folder, LINTER, installLinter, (line) => console.log(line));
		const bin = join(folder, 'node_modules/.bin/dclint');
		const args = [COMPOSE_FILE, '--max-warnings', '0', '--color', 'false'];
		const { code, stdout } = await runCommand(bin, args);
		expect([stdout.trim(), code]).toEqual(['', 0]);
	});
});

describe('docs/docker.md and docs/compose.yaml', () => {
	it(`name only variables that n8n ${N8N_VERSIONS[0]} reads`, async () => {
		const page = readFileSync(join(COMPOSE_FILE, '../docker.md'), 'utf8');
		const inPage = [...page.matchAll(/`(\w+)=[^`]*`/g)].map(([, name]) => name);
		expect(inPage).toEqual(expect.arrayContaining(['N8N_COMMUNITY_PACKAGES', 'WEBHOOK_URL']));
		const names = new Set([...inPage, ...Object.keys(readServices().n8n.environment)]);
		const { dir } = await installN8n(N8N_VERSIONS[0]);
		const folders = ['n8n/dist', '@n8n/config/dist', 'n8n-core/dist'].map((name) =>
			join(dir, 'node_modules', name),
		);
		for (const name of names) {
			const args = ['-rlF', '--include=*.js', `'${name}'`, ...folders];
			expect([name, (await runCommand('grep', args)).stdout]).not.toEqual([name, '']);
		}
	});
});
