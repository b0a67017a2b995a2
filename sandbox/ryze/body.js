'use strict';

// Far above any real body without media; only there so that a runaway client cannot fill the memory.
const MAX_BYTES = 1024 * 1024;

/**
 * How many bytes of a request are kept: only media need many.
 *
 * @param {string} path
 * @param {Pick<import('./types').Settings, 'largestBody'>} settings
 */
function largestOf(path, { largestBody }) {
	return path.startsWith('/api/message/media/') ? largestBody : MAX_BYTES;
}

/**
 * Reads the whole request. What exceeds the limit is read too, but dropped.
 *
 * @param {import('node:http').IncomingMessage} req
 * @param {number} maxBytes
 * @returns {Promise<import('./types').RawBody>}
 * @throws {Error} when the client goes away before the end
 */
async function readBody(req, maxBytes) {
	/** @type {Buffer[]} */
	const chunks = [];
	let size = 0;
	for await (const chunk of req) {
		size += chunk.length;
		if (size <= maxBytes) chunks.push(chunk);
	}
	return { text: Buffer.concat(chunks).toString('utf8'), tooLarge: size > maxBytes };
}

/**
 * The body as the record shows it. The record grows with each request, so what only media can be,
 * a text of more than 1 MiB, is replaced by its length.
 *
 * @param {string} text
 * @returns {unknown} parsed JSON, else the text itself
 */
function readable(text) {
	if (text.length <= MAX_BYTES) return parsed(text);
	return parsed(text, (_key, value) => shortened(value));
}

/**
 * @param {string} text
 * @param {(key: string, value: unknown) => unknown} [reviver]
 * @returns {unknown}
 */
function parsed(text, reviver) {
	try {
		return JSON.parse(text, reviver);
	} catch {
		return shortened(text);
	}
}

/** @param {unknown} value */
function shortened(value) {
	if (typeof value !== 'string' || value.length <= MAX_BYTES) return value;
	return `<${value.length} characters>`;
}

module.exports = { largestOf, readBody, readable };
