'use strict';

/* Captions of the demo, in the format that ffmpeg draws: Advanced SubStation Alpha. */

/** @param {number} seconds @returns {string} h:mm:ss.cc */
function timeOf(seconds) {
	const hours = Math.floor(seconds / 3600);
	const minutes = String(Math.floor(seconds / 60) % 60).padStart(2, '0');
	return `${hours}:${minutes}:${(seconds % 60).toFixed(2).padStart(5, '0')}`;
}

/**
 * @param {Array<{ at: number, text: string }>} captions each is shown until the next one
 * @param {number} end in seconds
 * @param {{ width: number, height: number }} size of the picture with the bar for the captions
 */
function subtitlesOf(captions, end, { width, height }) {
	const lines = captions.map(({ at, text }, index) => {
		const until = captions[index + 1]?.at ?? end;
		return `Dialogue: 0,${timeOf(at)},${timeOf(until)},Caption,,0,0,0,,${text}`;
	});
	return `[Script Info]
ScriptType: v4.00+
PlayResX: ${width}
PlayResY: ${height}

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Alignment, MarginL, MarginR, MarginV
Style: Caption,DejaVu Sans,26,&H00FFFFFF,2,20,20,16

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
${lines.join('\n')}
`;
}

module.exports = { subtitlesOf };
