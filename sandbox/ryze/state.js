'use strict';

const { seeds } = require('./seeds');

/**
 * A fresh copy of the seeds that endpoints may change.
 *
 * @returns {import('./types').State}
 */
function createState() {
	const instances = new Map();
	for (const { known, ...seed } of Object.values(seeds.instances)) {
		instances.set(seed.name, { ...seed, messages: new Map(Object.entries(known)) });
	}
	return { instances, pins: new Map() };
}

/**
 * @param {import('./types').State} state
 * @param {string} name
 * @returns {import('./types').Instance}
 * @throws {Error} when there is no such instance: a mistake in the test, not an API answer
 */
function instanceOf(state, name) {
	const instance = state.instances.get(name);
	if (!instance) throw new Error(`The sandbox has no instance named "${name}"`);
	return instance;
}

module.exports = { createState, instanceOf };
