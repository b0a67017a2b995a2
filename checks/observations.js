'use strict';

const { BROKEN_JSON, post } = require('./facts/shared');
const { kindOf, serverTime } = require('./judge');
const { headerOf } = require('./pace');

/** @typedef {import('./types').Answer} Answer */

/** The length of a window in seconds (docs/ryze-api.md, "Rate limit"). */
const MINUTE = 60;

/** @param {Answer[]} answers */
function limitOf(answers) {
	const limits = new Set(answers.map((answer) => headerOf(answer, 'X-RateLimit-Limit')));
	const known = [...limits].filter((limit) => Number.isFinite(limit));
	if (known.length === 0) return 'cannot tell: no answer says it';
	return `${known.join(' and ')} (the documented limit is 100; support can raise it)`;
}

/**
 * How the reset is rounded (docs/ryze-api.md, "Rate limit"), by the answers to requests that began a
 * window. The date is cut off, so a minute is 60 from it to a reset that is cut off as well, and 61
 * to one that is rounded up; 1 less where a second ended in between.
 *
 * @param {Answer[]} answers with any token, as each has its own window
 */
function roundingOf(answers) {
	const begun = answers.filter(
		(answer) =>
			headerOf(answer, 'X-RateLimit-Remaining') === headerOf(answer, 'X-RateLimit-Limit') - 1 &&
			Number.isFinite(headerOf(answer, 'X-RateLimit-Reset')) &&
			!Number.isNaN(Date.parse(answer.headers.get('date') ?? '')),
	);
	if (begun.length === 0) return 'cannot tell: no request was seen to begin a window';
	const resets = begun.map((answer) => headerOf(answer, 'X-RateLimit-Reset'));
	if (!resets.every(Number.isInteger)) return 'exact: it has fractions of a second';

	const distances = begun.map((answer, index) => resets[index] - serverTime(answer));
	const only = (/** @type {number[]} */ ...allowed) =>
		distances.every((distance) => allowed.includes(distance));
	const seen = `${distances.join(', ')} seconds from date to reset`;
	if (resets.every((reset) => reset % MINUTE === 0)) {
		if (only(MINUTE - 1, MINUTE, MINUTE + 1)) {
			return `cannot tell: the window began with a minute of the clock (${seen})`;
		}
		return `exact: windows end by the clock, with each minute (${seen})`;
	}
	if (only(MINUTE - 1, MINUTE) && distances.includes(MINUTE)) return `down (${seen})`;
	if (only(MINUTE + 1)) return `up (${seen})`;
	if (only(MINUTE, MINUTE + 1)) return `up, or to the nearest second (${seen})`;
	return `cannot tell: no window of a minute fits (${seen})`;
}

const PATHS = /** @type {const} */ (['/api/chat/pinChat', '/api/chat/pin']);

/** Nothing can be pinned by a body that cannot be read. */
const pinPaths = PATHS.map((path) => post(path, BROKEN_JSON));

/**
 * Which of the two paths exists (docs/ryze-api.md, "Pin a chat").
 *
 * @param {(Answer | undefined)[]} answers to `pinPaths`
 */
function pinPathOf(answers) {
	return PATHS.map((path, index) => `${path} ${existence(answers[index])}`).join(', ');
}

/** @param {Answer | undefined} answer */
function existence(answer) {
	if (!answer) return 'was not asked';
	const { status, json } = answer;
	const said = json?.error?.message;
	const isRyze = json?.success === false && typeof said === 'string';
	if (isRyze && status === 400 && said.startsWith('Invalid request body')) return 'exists';
	if (!isRyze && (status === 404 || status === 405)) return 'does not exist';
	return `cannot be told (HTTP ${status}, ${kindOf(answer)})`;
}

module.exports = { limitOf, pinPathOf, pinPaths, roundingOf };
