'use strict';

/* `npm run pictures`: makes the pictures of the README again, or records the demo. */
const { askBeforePinning } = require('./askBeforePinning');
const { recordDemo } = require('./demo/record');
const { replyToPin } = require('./replyToPin');
const { SHOTS } = require('./shots');
const { openStudio } = require('./studio');

/** @type {Record<string, (studio: import('./studio').Studio) => Promise<void>>} */
const MAKERS = {
	...Object.fromEntries(Object.entries(SHOTS).map(([name, shot]) => [`${name}.png`, shot])),
	'reply-to-pin.gif': replyToPin,
	'ask-before-pinning.gif': askBeforePinning,
};

const HELP = `Makes the pictures in docs/images on a real n8n with the sandbox.

  npm run pictures                       all of them (about 3 minutes)
  npm run pictures -- node.png           some: ${Object.keys(MAKERS).join(', ')}
  npm run pictures -- demo               records pictures/output/demo.mp4

It needs Chromium, ffmpeg and a font for emoji. Look at each picture before you commit it.`;

async function main() {
	const wanted = process.argv.slice(2);
	if (wanted.includes('--help')) return console.log(HELP);
	if (wanted.length === 1 && wanted[0] === 'demo') return await recordDemo();
	const names = wanted.length > 0 ? wanted : Object.keys(MAKERS);
	const unknown = names.find((name) => !(name in MAKERS));
	if (unknown !== undefined) throw new Error(`There is no picture "${unknown}".\n\n${HELP}`);
	const studio = await openStudio();
	try {
		for (const name of names) {
			await studio.normalize();
			await MAKERS[name](studio);
			studio.rig.ryze.reset();
		}
	} catch (error) {
		await studio.shootFailure();
		throw error;
	} finally {
		await studio.close();
	}
}

main().catch((error) => {
	console.error(`\n${error.message}`);
	process.exitCode = 1;
});
