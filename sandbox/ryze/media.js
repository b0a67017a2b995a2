'use strict';

const { createHash } = require('node:crypto');
const { Failure } = require('./answers');

/**
 * @typedef {object} SentMedia the media of a message, as `ryze.sent` shows them: not the data, which
 * would fill the memory. Texts are '' and numbers 0 when the request left them out.
 * @property {string} mediaType
 * @property {string} mediaUrl '' when the media themselves were sent
 * @property {number} bytes 0 when a URL was sent
 * @property {string} sha256 of these bytes, in hexadecimal; '' when a URL was sent
 * @property {string} mimeType
 * @property {string} fileName
 * @property {boolean} isVoice with the default that it has for audio
 * @property {number} duration
 * @property {number[]} waveform
 *
 * @typedef {{ url: string, data?: undefined } | { url: '', data: Buffer }} Source
 */

/**
 * The types of media, and what a file without `mimeType` is called.
 *
 * Unknown in the docs: how Ryze finds the type out; taken: these, as the sandbox looks at no file.
 */
const MIME_TYPES = Object.freeze({
	image: 'image/jpeg',
	video: 'video/mp4',
	audio: 'audio/ogg; codecs=opus',
	document: 'application/octet-stream',
});

/** @typedef {keyof typeof MIME_TYPES} MediaType */

const USE = "Use 'image', 'video', 'audio', or 'document'";

/**
 * Unknown in the docs: both sentences; taken: in the words that the page about presence has for its
 * `state`.
 *
 * @param {string} value
 * @returns {MediaType}
 * @throws {Failure} 400
 */
function mediaTypeOf(value) {
	if (value === '') throw new Failure(400, `Media type is required. ${USE}`);
	if (Object.hasOwn(MIME_TYPES, value)) return /** @type {MediaType} */ (value);
	throw new Failure(400, `Invalid media type. ${USE}`);
}

/**
 * Where the media come from. A URL is only noted: the real service would download it, the sandbox
 * never fetches anything.
 *
 * Unknown in the docs: all four sentences; taken: 400, and what in `mediaUrl` does not begin with
 * http is read as base64, which it may hold as well (docs/ryze-api.md, "Send media").
 *
 * @param {{ mediaUrl: string, mediaBase64: string }} fields
 * @returns {Source}
 * @throws {Failure} 400
 */
function sourceOf({ mediaUrl, mediaBase64 }) {
	if (mediaUrl === '' && mediaBase64 === '') {
		throw new Failure(400, 'Either mediaUrl or mediaBase64 is required');
	}
	if (mediaUrl !== '' && mediaBase64 !== '') {
		throw new Failure(400, 'mediaUrl and mediaBase64 cannot be used together');
	}
	if (!/^https?:/i.test(mediaUrl)) return { url: '', data: decode(mediaUrl || mediaBase64) };
	if (!URL.canParse(mediaUrl)) throw new Failure(400, 'Invalid media URL');
	return { url: mediaUrl };
}

/**
 * Unknown in the docs: how strict the service is; taken: very, so that what passes here passes
 * there: no `data:` in front, no line breaks, the padding at the end.
 *
 * @param {string} text
 * @throws {Failure} 400
 */
function decode(text) {
	const data = Buffer.from(text, 'base64');
	// Node.js skips what is not base64, so only encoding it again shows that something was skipped.
	if (data.toString('base64') !== text) throw new Failure(400, 'Invalid base64 data');
	return data;
}

/** @param {Buffer | undefined} data */
function fingerprint(data) {
	if (!data) return { bytes: 0, sha256: '' };
	return { bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') };
}

module.exports = { MIME_TYPES, fingerprint, mediaTypeOf, sourceOf };
