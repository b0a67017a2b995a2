'use strict';

const { incoming, outgoing } = require('./messages');
const { seeds } = require('./seeds');

/** When the seeds were written, as far as their readers are told. */
const SEED_TIME = '2026-04-28T14:30:00Z';

/**
 * A fresh copy of the seeds that endpoints may change.
 *
 * @returns {import('./types').State}
 */
function createState() {
	/** @type {import('./types').State['instances']} */
	const instances = new Map();
	for (const { known, sent, ...seed } of Object.values(seeds.instances)) {
		const messages = new Map();
		for (const [id, chat] of Object.entries(known)) {
			messages.set(id, incoming(seed.numberJid, { chat, timestamp: SEED_TIME }));
		}
		// Sent just now: an older one could not be edited.
		for (const [id, chat] of Object.entries(sent)) {
			messages.set(id, outgoing(seed.numberJid, { chat }));
		}
		instances.set(seed.name, { ...seed, messages, webhooks: new Map() });
	}
	return {
		instances,
		pins: new Map(),
		pinLines: [],
		pinnedChats: new Set(),
		readChats: new Map(),
		favorites: new Map(),
		reactions: new Map(),
		sent: [],
		messageCount: 0,
	};
}

/**
 * Forgets what requests did. What an instance knows, its groups and contacts included, and whether
 * it is connected stays.
 *
 * @param {import('./types').State} state
 */
function resetState(state) {
	// Emptied in place: callers hold on to them.
	state.pins.clear();
	state.pinLines.length = 0;
	state.pinnedChats.clear();
	state.readChats.clear();
	state.favorites.clear();
	state.reactions.clear();
	state.sent.length = 0;
	for (const { webhooks } of state.instances.values()) webhooks.clear();
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

module.exports = { createState, instanceOf, resetState };
