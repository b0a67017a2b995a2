/*
 * What can go wrong on the way to Ryze and back, and what the node makes of it. One table for two
 * tests: test/engine/sentAgain.test.js and test/e2e/failures.test.js. In words: docs/errors.md.
 */
const { makeCertificate, seeds, startRyze } = require('../../sandbox/ryze');
const { failureKinds } = require('./failureKinds');

/** When a request is sent again. */
const LIMIT = 'when the limit has room';
const PAUSE = 'after a pause';
const NEVER = 'never';

/** Whether Ryze carries out the request that fails, and what the user reads of that. */
const DONE = { done: true, uncertain: true };
const NOT_DONE = { done: false, uncertain: false };
const UNKNOWN = { done: false, uncertain: true };

/**
 * @typedef {typeof LIMIT | typeof PAUSE | typeof NEVER} Again
 * @typedef {[keyof typeof failureKinds, Again, Again, { done: boolean, uncertain: boolean }, string]} Row
 */

/** @type {Row[]} what goes wrong; is a pin sent again, is a text; is it carried out; the reason */
const rows = [
	['429 of Ryze', LIMIT, LIMIT, NOT_DONE, 'rate-limited'],
	['429 of a proxy', LIMIT, LIMIT, NOT_DONE, 'rate-limited'],
	['429 with Retry-After', LIMIT, LIMIT, NOT_DONE, 'rate-limited'],
	['502', PAUSE, NEVER, DONE, 'server-error'],
	['503', PAUSE, NEVER, DONE, 'server-error'],
	['503 with Retry-After', PAUSE, NEVER, UNKNOWN, 'server-error'],
	['504', PAUSE, NEVER, DONE, 'server-error'],
	['503 of Ryze: no phone', NEVER, NEVER, NOT_DONE, 'not-connected'],
	['500 of Ryze: no phone', NEVER, NEVER, NOT_DONE, 'not-connected'],
	['500 of Ryze', NEVER, NEVER, UNKNOWN, 'server-error'],
	['408', NEVER, NEVER, DONE, 'unexpected-response'],
	['499', NEVER, NEVER, DONE, 'unexpected-response'],
	['a web page as a success', NEVER, NEVER, DONE, 'unexpected-response'],
	['a success that says false', NEVER, NEVER, NOT_DONE, 'unexpected-response'],
	['no address', PAUSE, PAUSE, NOT_DONE, 'unreachable'],
	['a refused connection', PAUSE, PAUSE, NOT_DONE, 'unreachable'],
	['an unknown certificate', NEVER, NEVER, NOT_DONE, 'unreachable'],
	['a cut before the work', PAUSE, NEVER, UNKNOWN, 'unreachable'],
	['a cut after the work', PAUSE, NEVER, DONE, 'unreachable'],
	['a cut in the answer', PAUSE, NEVER, DONE, 'unreachable'],
	['a cut in a TLS record', PAUSE, NEVER, DONE, 'unreachable'],
	['no TLS in the answer', NEVER, NEVER, DONE, 'unreachable'],
	['no answer', NEVER, NEVER, UNKNOWN, 'timeout'],
	['a late answer', NEVER, NEVER, DONE, 'timeout'],
	['a slow answer', NEVER, NEVER, DONE, 'timeout'],
];

const failures = rows.map(([name, pin, text, { done, uncertain }, reason]) => ({
	name,
	/** When it is sent again, by the kind of the request. */
	again: { pin, text },
	/** Whether the request that fails is carried out. */
	done,
	/** Whether the user reads that it may have been carried out. */
	uncertain,
	reason,
	...failureKinds[name],
}));

/** @typedef {typeof failures[number]} Failure */

const chat = seeds.chats.private;

/** A request that is idempotent, and one that is not. */
const kinds = /** @type {const} */ ({
	pin: {
		parameters: { operation: 'pinMessage', messageId: seeds.messages.group },
		adviceIfUncertain:
			'The message may or may not be pinned. Pinning it again is safe; at most, the chat shows a second line about it.',
		/** @param {Ryze} ryze how often it was carried out */
		carriedOut: (ryze) => ryze.pins.size,
	},
	text: {
		parameters: { operation: 'sendText', chat, text: 'Dinner at 8' },
		adviceIfUncertain:
			'The message may have been delivered anyway. Check the chat first, and send it again only if it is not there.',
		/** @param {Ryze} ryze how often it was carried out */
		carriedOut: (ryze) => ryze.sent.length,
	},
});

/** @typedef {Awaited<ReturnType<typeof startRyze>>} Ryze */

/**
 * Its own sandbox for one request, so that nothing that the node has learned of another one
 * counts.
 *
 * @param {Pick<Failure, 'fault' | 'at'>} failure
 * @param {Awaited<ReturnType<typeof makeCertificate>>} certificate that the client trusts
 * @param {number} [times] how often it fails
 */
async function startPlace({ fault, at = 'open' }, certificate, times = Infinity) {
	const ryze = await startRyze({
		// Short, so that a limit has room again soon.
		windowMs: 2000,
		...(at === 'secure' && { certificate }),
		...(at === 'stranger' && { certificate: await makeCertificate() }),
	});
	ryze.setFault(({ index }) => (index < times ? fault : undefined));
	const elsewhere = { closed: 'http://127.0.0.1:1', unknown: 'http://ryze.invalid' };
	const baseUrl = at in elsewhere ? elsewhere[/** @type {'closed'} */ (at)] : undefined;
	return { ryze, baseUrl: baseUrl ?? ryze.secureUrl ?? ryze.url };
}

module.exports = { failures, kinds, LIMIT, NEVER, PAUSE, startPlace };
