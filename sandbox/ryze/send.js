'use strict';

const { setTimeout: sleep } = require('node:timers/promises');

/**
 * Writes an answer.
 *
 * @param {import('node:http').ServerResponse} res
 * @param {import('./types').Answer} answer
 * @param {import('./types').Fault} fault
 * @param {AbortSignal} signal ends a drip
 */
async function send(res, answer, { drip, reset, closeAfterMs }, signal) {
	const payload = Buffer.from(answer.body, 'utf8');
	res.statusCode = answer.status;
	for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
	res.setHeader('Content-Length', payload.length);
	if (reset === 'midway') {
		// Not a reset: that could overtake what was written.
		res.write(payload.subarray(0, payload.length >> 1), () => res.socket?.destroySoon());
		return;
	}
	if (closeAfterMs !== undefined) closeLate(res, closeAfterMs);
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

/**
 * @param {import('node:http').ServerResponse} res
 * @param {number} afterMs
 */
function closeLate(res, afterMs) {
	res.setHeader('Connection', 'close');
	const { socket } = res;
	if (!socket) return;
	// Node.js calls this as soon as the answer has left.
	const close = socket.destroySoon.bind(socket);
	socket.destroySoon = () => void setTimeout(close, afterMs).unref();
}

module.exports = { send };
