'use strict';

const { writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { lastLines, runCommand } = require('../sandbox/n8n/command');

/** @typedef {import('./recorder').Frame} Frame */

/**
 * Runs ffmpeg on frames, each shown as long as it was to be seen.
 *
 * @param {Frame[]} frames
 * @param {string[]} args
 * @param {string} file to make
 */
async function ffmpeg(frames, args, file) {
	const lines = frames.flatMap((frame) => [`file '${frame.file}'`, `duration ${frame.seconds}`]);
	// The concat demuxer gives the last frame a duration only when another one follows.
	const list = ['ffconcat version 1.0', ...lines, `file '${frames[frames.length - 1].file}'`];
	const listFile = join(dirname(frames[0].file), 'frames.txt');
	writeFileSync(listFile, list.join('\n'));
	const input = ['-f', 'concat', '-safe', '0', '-i', listFile];
	const all = ['-hide_banner', '-loglevel', 'error', '-y', ...input, ...args, file];
	const { code, stderr } = await runCommand('ffmpeg', all);
	if (code !== 0) throw new Error(`ffmpeg failed:\n${lastLines(stderr)}`);
}

/** @param {Frame[]} frames @param {string} file */
async function makeGif(frames, file) {
	const colors = 'split[a][b];[a]palettegen=stats_mode=full:max_colors=128[p]';
	const filter = `fps=10,${colors};[b][p]paletteuse=dither=none:diff_mode=rectangle`;
	await ffmpeg(frames, ['-vf', filter, '-loop', '0'], file);
}

/**
 * @param {Frame[]} frames
 * @param {string} file
 * @param {string} subtitles a file that lies beside the frames
 */
async function makeVideo(frames, file, subtitles) {
	// The captions stand in a bar below the page, so that they hide nothing of it.
	const filter = `fps=25,pad=iw:ih+64:0:0:0x23302d,ass=${subtitles},format=yuv420p`;
	const codec = ['-c:v', 'libx264', '-preset', 'medium', '-crf', '23', '-movflags', '+faststart'];
	await ffmpeg(frames, ['-vf', filter, ...codec], file);
}

module.exports = { makeGif, makeVideo };
