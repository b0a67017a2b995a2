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
		instances.set(seed.name, { ...seed, messages, files: new Map(), webhooks: new Map() });
	}
	const { messageId, type, mimeType, base64 } = seeds.picture;
	const file = { type, mimeType, data: Buffer.from(base64, 'base64') };
	for (const instance of instances.values()) {
		if (instance.messages.has(messageId)) storeFile(instance, messageId, file);
	}
	return {
		instances,
		pins: new Map(),
		pinLines: [],
		pinnedChats: new Set(),
		readChats: new Map(),
		favorites: new Map(),
		reactions: new Map(),
		deleted: new Map(),
		sent: [],
		messageCount: 0,
	};
}

/**
 * A message that an instance knows has a file.
 *
 * @param {import('./types').Instance} instance
 * @param {string} messageId
 * @param {import('./types').StoredFile} file
 * @throws {Error} when there is no such message: a mistake in the test, not an API answer
 */
function storeFile({ messages, files }, messageId, file) {
	const record = messages.get(messageId);
	if (!record) throw new Error(`The sandbox has no message "${messageId}"`);
	const { type, mimeType, data } = file;
	const media = { type, mimeType, size: data.length };
	messages.set(messageId, Object.freeze({ ...record, content: '', type, media }));
	files.set(messageId, file);
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
	state.deleted.clear();
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

module.exports = { createState, instanceOf, resetState, storeFile };
