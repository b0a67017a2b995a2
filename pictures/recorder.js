'use strict';

const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/**
 * Seconds that each frame lasts at least: ffmpeg shows a picture for 1/25 s or longer, so with
 * shorter ones the film would be longer than what happened, and its captions too early.
 */
const SHORTEST = 0.05;

/** @typedef {{ file: string, seconds: number }} Frame how long it was to be seen */

/**
 * Records what a page shows: Chromium hands over a picture whenever something has changed, so a busy
 * machine loses smoothness, and nothing else.
 *
 * @param {import('playwright-core').Page} page
 * @param {{ format: 'png' } | { format: 'jpeg', quality: number }} options
 */
async function startRecorder(page, options) {
	const folder = mkdtempSync(join(tmpdir(), 'ryze-frames-'));
	/** @type {Array<{ file: string, at: number }>} */
	const taken = [];
	let recording = true;
	const session = await page.context().newCDPSession(page);
	session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
		// The last ones still come when the folder may be gone.
		if (!recording) return;
		const file = join(folder, `${String(taken.length).padStart(6, '0')}.${options.format}`);
		writeFileSync(file, Buffer.from(data, 'base64'));
		taken.push({ file, at: metadata.timestamp ?? Date.now() / 1000 });
		void session.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
	});
	await session.send('Page.startScreencast', options);

	return {
		/** @returns {number} Seconds since the first frame. */
		now: () => (taken.length > 0 ? Date.now() / 1000 - taken[0].at : 0),

		/** @returns {Promise<Frame[]>} */
		async stop() {
			const end = Date.now() / 1000;
			recording = false;
			await session.send('Page.stopScreencast');
			/** @type {typeof taken} */
			const kept = [];
			for (const frame of taken) {
				const last = kept[kept.length - 1];
				// The later one takes the place of the earlier: it is what stays.
				if (last && frame.at < last.at + SHORTEST) last.file = frame.file;
				else kept.push({ ...frame });
			}
			return kept.map(({ file, at }, index) => ({
				file,
				seconds: (kept[index + 1]?.at ?? Math.max(end, at + SHORTEST)) - at,
			}));
		},

		forget() {
			recording = false;
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

module.exports = { startRecorder };
