const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const areas = require('./areas');

// All tests of an area in one file: jest takes half a second to begin another.
const folder = join(__dirname, '..');
const { tests } = areas[process.env.RYZE_AREA ?? ''];
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });

for (const file of files.filter((name) => name.endsWith('.test.js') && tests.test(name)).sort()) {
	describe(file, () => {
		require(join(folder, file));
	});
}
