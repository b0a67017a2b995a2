'use strict';

// Far above any real body; only there so that a runaway client cannot fill the memory.
const MAX_BYTES = 1024 * 1024;

/**
 * Reads the whole request. What exceeds 1 MiB is read too, but dropped.
 *
 * @param {import('node:http').IncomingMessage} req
 * @returns {Promise<import('./types').RawBody>}
 * @throws {Error} when the client goes away before the end
 */
async function readBody(req) {
	/** @type {Buffer[]} */
	const chunks = [];
	let size = 0;
	for await (const chunk of req) {
		size += chunk.length;
		if (size <= MAX_BYTES) chunks.push(chunk);
	}
	return { text: Buffer.concat(chunks).toString('utf8'), tooLarge: size > MAX_BYTES };
}

/**
 * The body as the record shows it.
 *
 * @param {string} text
 * @returns {unknown} parsed JSON, else the text itself
 */
function readable(text) {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

module.exports = { readBody, readable };
