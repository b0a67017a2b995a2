'use strict';

/* `npm run pictures -- demo`: the video that n8n's reviewers ask for, in one take. */
const { mkdirSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { makeVideo } = require('../film');
const { startRecorder } = require('../recorder');
const { OUTPUT } = require('../studio');
const { subtitlesOf } = require('./captions');
const { createHand } = require('./hand');
const { SCENES } = require('./scenes');
const { setStage } = require('./stage');

const FILE = join(OUTPUT, 'demo.mp4');
const PAGE = { width: 1280, height: 800 };
/** Pixels below the page, see film.js. */
const BAR = 64;
/** Seconds that n8n allows. */
const LONGEST = 180;

async function recordDemo() {
	mkdirSync(OUTPUT, { recursive: true });
	const stage = await setStage(PAGE);
	const { page, n8n, registry } = stage;
	/** @type {Array<{ at: number, text: string }>} */
	const captions = [];
	/** @type {Awaited<ReturnType<typeof startRecorder>> | undefined} */
	let recorder;
	try {
		const hand = await createHand(page);
		await page.goto(`${n8n.url}/settings/community-nodes`);
		await page.locator('text=/Install a community node/i').first().waitFor();
		await hand.rest(1);
		recorder = await startRecorder(page, { format: 'jpeg', quality: 92 });
		await page.mouse.move(640, 300);
		for (const scene of SCENES) {
			await scene(stage, hand, (text) => {
				const at = recorder?.now() ?? 0;
				captions.push({ at, text });
				console.log(`${at.toFixed(0).padStart(4)} s  ${text}`);
			});
		}
		const seconds = recorder.now();
		const frames = await recorder.stop();
		const subtitles = join(dirname(frames[0].file), 'captions.ass');
		const size = { width: PAGE.width, height: PAGE.height + BAR };
		writeFileSync(subtitles, subtitlesOf(captions, seconds, size));
		await makeVideo(frames, FILE, subtitles);
		const megabytes = (statSync(FILE).size / 1e6).toFixed(1);
		console.log(`${FILE}: ${seconds.toFixed(0)} s, ${megabytes} MB`);
		if (seconds > LONGEST) throw new Error(`The demo is longer than ${LONGEST} s`);
	} catch (error) {
		await page.screenshot({ path: join(OUTPUT, 'failed.png') }).catch(() => {});
		throw error;
	} finally {
		console.log(`Asked of the registry: ${registry.served.join(', ')}`);
		console.log(`Refused to n8n: ${[...registry.refused].join(', ') || 'nothing'}`);
		recorder?.forget();
		await stage.strike();
	}
}

module.exports = { recordDemo };
