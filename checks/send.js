'use strict';

/** How long an answer may take, in milliseconds (docs/ryze-api.md, "List groups" and "Send media"). */
const TIMEOUT = 70_000;

/** There was no answer that could be read. */
class NoAnswer extends Error {}

/**
 * @param {string} url
 * @param {RequestInit} init
 * @param {number} [timeout] milliseconds
 * @returns {Promise<import('./types').Answer>}
 * @throws {NoAnswer} with the reason
 */
async function send(url, init, timeout = TIMEOUT) {
	try {
		// A redirect would lead the token to another address.
		const signal = AbortSignal.timeout(timeout);
		const response = await fetch(url, { ...init, redirect: 'manual', signal });
		const text = await response.text();
		return {
			status: response.status,
			headers: response.headers,
			json: parse(text),
			bytes: Buffer.byteLength(text),
			at: Date.now(),
		};
	} catch (error) {
		throw new NoAnswer(reasonOf(error, timeout));
	}
}

/** @param {string} text */
function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** @param {any} error @param {number} timeout */
function reasonOf(error, timeout) {
	if (error?.name === 'TimeoutError') return `no answer within ${timeout / 1000} seconds`;
	// The texts of network errors hold addresses, the codes don't.
	const code = error?.cause?.code ?? error?.code ?? error?.cause?.errors?.[0]?.code;
	return `no answer (${typeof code === 'string' ? code : 'the connection failed'})`;
}

module.exports = { NoAnswer, send };
