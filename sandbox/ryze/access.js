'use strict';

const { Failure } = require('./answers');

/**
 * @param {import('./types').TokenKind} kind
 * @throws {Failure} 401
 */
function authenticate(kind) {
	// The guide lists three sentences for a missing token without saying which goes where
	// (docs/ryze-api.md, "Authentication"); taken: not the one that speaks of the query, which does
	// not count here.
	if (kind === 'none') throw new Failure(401, 'Missing token in header');
	if (kind === 'unknown') throw new Failure(401, 'Invalid token');
}

/**
 * The instance a path names, if this token may use it. Names are case-sensitive
 * (docs/ryze-api.md, "Authentication").
 *
 * Unknown in the docs: the order; taken: as one middleware would do it, name, then ownership, then
 * existence. So an instance token gets 403 for every name but its own, existing or not.
 *
 * @param {import('./types').State} state
 * @param {import('./types').TokenKind} caller
 * @param {string} name
 * @returns {import('./types').Instance}
 * @throws {Failure} 400, 403, 404
 */
function openInstance(state, caller, name) {
	if (name === '') throw new Failure(400, 'Instance name is required');
	if (caller !== 'account' && caller !== name) {
		// Only "Instance token does not ma" is known of this sentence (docs/ryze-api.md,
		// "Authentication"); the rest is a guess.
		throw new Failure(403, 'Instance token does not match the requested instance');
	}
	const instance = state.instances.get(name);
	if (!instance) throw new Failure(404, 'Instance not found');
	return instance;
}

module.exports = { authenticate, openInstance };
