'use strict';

const http = require('node:http');
const https = require('node:https');

/**
 * @typedef {object} HookRequest the request of one delivery, the same for every attempt
 * @property {string} url
 * @property {string} body
 * @property {string | null} authorization sent verbatim (docs/ryze-api.md,
 * "Deliveries"); null = no header
 */

/**
 * Makes one attempt at a delivery. Never throws, never takes longer than the time given.
 *
 * Unknown in the docs: the other headers, and redirects; taken: none that speak of a program, and
 * a redirect is an answer like any other, which also keeps the request on this machine.
 *
 * @param {HookRequest} hookRequest
 * @param {{ timeoutMs: number, signal: AbortSignal }} limits
 * @returns {Promise<import('../types').Attempt>}
 */
async function attempt(hookRequest, limits) {
	const at = Date.now();
	try {
		return { at, status: await post(hookRequest, limits) };
	} catch (error) {
		const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
		const reason = limits.signal.aborted ? 'given up: stop() or reset()' : (code ?? message);
		return { at, status: 0, reason };
	}
}

/**
 * @param {HookRequest} hookRequest
 * @param {{ timeoutMs: number, signal: AbortSignal }} limits
 * @returns {Promise<number>} the HTTP status, once the whole answer is there
 */
function post({ url, body, authorization }, { timeoutMs, signal }) {
	return new Promise((resolve, reject) => {
		const { request } = url.startsWith('https:') ? https : http;
		const outgoing = request(url, {
			method: 'POST',
			agent: false, // its own connection, so that none is left over
			headers: {
				'Content-Type': 'application/json',
				'Content-Length': Buffer.byteLength(body),
				...(authorization === null ? {} : { Authorization: authorization }),
			},
			signal,
		});
		const late = () => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`));
		const timer = setTimeout(late, timeoutMs);
		outgoing.on('close', () => clearTimeout(timer));
		// A listener for good: the connection may still break after the answer has begun.
		outgoing.on('error', reject);
		outgoing.on('response', (response) => {
			response.on('error', reject);
			response.on('end', () => resolve(response.statusCode ?? 0));
			response.resume();
		});
		outgoing.end(body);
	});
}

module.exports = { attempt };
