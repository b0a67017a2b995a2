'use strict';

const { obstacle, resolve } = require('./requests');
const { NoAnswer, send } = require('./send');

/** @typedef {import('./types').Request} Request */
/** @typedef {import('./types').Answer} Answer */

/** After so many requests in a row without an answer, no more are sent. */
const SILENCE = 2;

const LIMITED = 'the rate limit was reached, or WhatsApp slowed the number down (HTTP 429)';

/** @param {Request} request */
const isOwn = ({ token }) => token === undefined || token.startsWith('own');

/**
 * Sends each request once, whoever asks for its answer again, until there is a reason to stop.
 *
 * @param {import('./types').Caller} caller
 * @param {{ pace: ReturnType<typeof import('./pace').createPace>, timeout?: number,
 * signal?: AbortSignal }} how
 */
function createClient(caller, { pace, timeout, signal }) {
	/** @type {Map<string, Answer | string>} by request; a string: why there is no answer */
	const known = new Map();
	/** @type {import('./types').Exchange[]} in the order in which they were sent */
	const exchanges = [];
	let silent = 0;
	let maybePinned = false;
	/** @type {string | undefined} */
	let ended;

	/** @param {Request} request @returns {Promise<Answer | string>} */
	async function exchange(request) {
		await pace.turn();
		const pinnedBefore = maybePinned;
		const { pin, messageId } = /** @type {any} */ (request.body ?? {});
		const isVisible = messageId === ':message';
		if (isVisible && pin) maybePinned = true;
		const { url, init } = resolve(request, caller);
		try {
			const answer = await send(url, init, timeout);
			silent = 0;
			exchanges.push({ request, answer });
			if (isOwn(request)) pace.note(answer);
			if (isVisible && pin && answer.json?.success === false) maybePinned = pinnedBefore;
			if (isVisible && answer.json?.pinned === false) maybePinned = false;
			if (answer.status !== 429) return answer;
			ended ??= LIMITED;
			return LIMITED;
		} catch (error) {
			if (!(error instanceof NoAnswer)) throw error;
			silent += 1;
			if (silent === SILENCE) ended ??= `the API has stopped answering: ${error.message}`;
			return error.message;
		}
	}

	/** @param {number} [needed] requests @returns {string | undefined} why no more are sent */
	function stop(needed) {
		if (signal?.aborted) ended ??= 'it was stopped by hand';
		ended ??= pace.stop(needed);
		return ended;
	}

	return {
		exchanges,
		stop,
		/** Whether a message was pinned and not unpinned, as far as the answers tell. */
		maybePinned: () => maybePinned,

		/**
		 * @param {Request} request
		 * @param {{ always?: boolean }} [how] always: even when there is a reason to stop
		 * @returns {Promise<Answer | string>} a string: why there is no answer
		 */
		async ask(request, { always = false } = {}) {
			const key = JSON.stringify(request);
			const before = known.get(key) ?? obstacle(request, caller);
			if (before !== undefined) return before;
			const reason = stop();
			if (reason !== undefined && !always) return reason;
			const answer = await exchange(request);
			known.set(key, answer);
			return answer;
		},
	};
}

module.exports = { createClient, isOwn };
