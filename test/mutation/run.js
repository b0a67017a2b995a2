/**
 * Changes the parts that only calculate in one place at a time, and counts how many of the changes
 * a test notices: `npm run mutate` for all areas, `npm run mutate -- retry filters` for some. It
 * fails when an area is below 90 %, and lists each change that no test has noticed.
 */
const { spawnSync } = require('node:child_process');
const { mkdtempSync, rmSync, symlinkSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const areas = require('./areas');

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in areas));
if (unknown.length > 0) {
	console.error(
		`There is no area ${unknown.join(', ')}: choose from ${Object.keys(areas).join(', ')}.`,
	);
	process.exit(2);
}

const root = join(__dirname, '../..');
// Outside of the project, whose linters and tests would find the copies of it.
const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-ryzeapi-mutation-'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
try {
	for (const name of chosen.length > 0 ? chosen : Object.keys(areas)) {
		console.log(`== ${name}`);
		const { status } = spawnSync('npx', ['stryker', 'run'], {
			cwd: root,
			env: { ...process.env, RYZE_AREA: name, RYZE_MUTATION_FOLDER: folder },
			stdio: 'inherit',
		});
		if (status !== 0) process.exitCode = 1;
	}
} finally {
	rmSync(folder, { recursive: true });
}
