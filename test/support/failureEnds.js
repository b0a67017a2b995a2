const { kinds, LIMIT, NEVER, PAUSE } = require('./failures');

/** @typedef {import('./failures').Failure} Failure */
/** @typedef {keyof typeof kinds} Kind */
/** @typedef {Awaited<ReturnType<typeof import('./failures').startPlace>>} Place */

/**
 * @typedef {object} End of one item
 * @property {Kind} kind of its request
 * @property {Failure} failure that it met
 * @property {Place} place where it did
 * @property {number} timeout seconds
 * @property {object | undefined} output its item, if it succeeded
 * @property {any} error what the user reads, if it failed
 * @property {Array<{ message: string }>} hints of the node
 */

/** How often a request was sent again, as the hint says it. @param {End} end */
const retriesOf = ({ hints }) =>
	Number(/retried (\d+) time/i.exec(hints.map(({ message }) => message).join())?.[1] ?? 0);

/** @param {End} end @returns {string[]} the titles that the user may read */
function titlesOf({ failure: { title, codes = [''] }, place, timeout }) {
	const { host } = new URL(place.baseUrl);
	const said = title.replace('HOST', host).replace('TIMEOUT', String(timeout));
	return codes.map((code) => said.replace('CODE', code));
}

/** Checks what the user reads. @param {End} end */
function expectError(end) {
	const { kind, failure, output, error } = end;
	expect(output).toBeUndefined();
	expect(titlesOf(end)).toContain(error?.message);
	expect(error.reason).toBe(failure.reason);
	expect(error.description).not.toBe('');
	expect(error.description.startsWith(kinds[kind].adviceIfUncertain)).toBe(failure.uncertain);
}

/** Checks an item that met its failure once. @param {End} end */
function expectEndAfterOne(end) {
	const { kind, failure, place, output } = end;
	const again = failure.again[kind] !== NEVER;
	expect(retriesOf(end)).toBe(again ? 1 : 0);
	if (again) expect(output).toMatchObject({ success: true });
	else expectError(end);
	expect(place.ryze.requests).toHaveLength(again ? 2 : 1);
	expect(kinds[kind].carriedOut(place.ryze)).toBe(again || failure.done ? 1 : 0);
}

/** Checks an item that met its failure each time. @param {End} end */
function expectEndAfterAll(end) {
	const { kind, failure, place } = end;
	expectError(end);
	const again = failure.again[kind];
	// For how long 'Max Wait (Seconds)' leaves it, test/engine/rateLimit.test.js shows.
	if (again !== LIMIT) expect(retriesOf(end)).toBe(again === PAUSE ? 3 : 0);
	expect(place.ryze.requests).toHaveLength(failure.fault ? retriesOf(end) + 1 : 0);
	expect(kinds[kind].carriedOut(place.ryze)).toBe(failure.done ? 1 : 0);
}

module.exports = { expectEndAfterAll, expectEndAfterOne };
