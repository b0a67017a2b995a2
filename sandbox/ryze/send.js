'use strict';

const { setTimeout: sleep } = require('node:timers/promises');

/**
 * Writes an answer.
 *
 * @param {import('node:http').ServerResponse} res
 * @param {import('./types').Answer} answer
 * @param {import('./types').Fault['drip']} drip
 * @param {AbortSignal} signal ends a drip
 */
async function send(res, answer, drip, signal) {
	const payload = Buffer.from(answer.body, 'utf8');
	res.statusCode = answer.status;
	for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
	res.setHeader('Content-Length', payload.length);
	if (!drip) {
		res.end(payload);
		return;
	}
	const step = Math.max(1, drip.bytes);
	// The end goes out with the last piece: a client that has all bytes may close at once.
	let offset = 0;
	for (; offset + step < payload.length && !res.destroyed; offset += step) {
		res.write(payload.subarray(offset, offset + step));
		await sleep(drip.everyMs, undefined, { signal });
	}
	res.end(payload.subarray(offset));
}

module.exports = { send };
