const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '../..');

/** The floors that both nodes stand on. They must fit either, so they know nothing of the editor. */
const FLOORS = ['nodes/Ryze/transport', 'nodes/Ryze/errors'];

const WORDS_OF_THE_EDITOR =
	/'(Max Wait|Timeout|Requests at Once|Delay|Recipient|Chat|Message ID|Duration|Pin|Text|Trigger On)\b|\bitems?\b|\bthis node\b/;

/** @param {string} folder */
const sourcesIn = (folder) =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.ts'),
	);

describe('transport/ and errors/', () => {
	it.each(FLOORS)('know no word of the editor: %s', (folder) => {
		const found = sourcesIn(folder).flatMap((file) =>
			readFileSync(join(root, folder, file), 'utf8')
				.split('\n')
				.map((line, index) => ({ line, at: `${folder}/${file}:${index + 1}` }))
				.filter(({ line }) => WORDS_OF_THE_EDITOR.test(line))
				.map(({ line, at }) => `${at} ${line.trim()}`),
		);
		expect(found).toEqual([]);
	});
});
