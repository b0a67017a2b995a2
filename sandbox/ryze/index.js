'use strict';

const { once, setMaxListeners } = require('node:events');
const { createServer } = require('node:http');
const { createJournal } = require('./journal');
const { createLimiter } = require('./limiter');
const { createPipeline } = require('./pipeline');
const { seeds } = require('./seeds');
const { applySettings, defaultSettings } = require('./settings');
const { createState, instanceOf } = require('./state');

/**
 * Starts a stand-in for RyzeAPI on 127.0.0.1. It is our reading of the API's documents, not a
 * recording of the real server; guesses are marked "unknown in the docs" where they are made.
 *
 * @param {{ port?: number, limit?: number, windowMs?: number, latencyMs?: number }} [options]
 * port 0 = a free one; limit = requests per window and token; times in milliseconds
 * @throws {Error} when the port is taken (code EADDRINUSE)
 */
async function startRyze({ port = 0, ...options } = {}) {
	const settings = defaultSettings();
	applySettings(settings, options);
	const state = createState();
	const journal = createJournal();
	const limiter = createLimiter(settings);
	const stopping = new AbortController();
	// Each answer that is delayed listens for the end, however many there are.
	setMaxListeners(0, stopping.signal);
	/** @type {import('./types').FaultFunction | undefined} */
	let fault;
	const server = createServer(
		createPipeline({
			settings,
			state,
			journal,
			limiter,
			faultFunction: () => fault,
			signal: stopping.signal,
		}),
	);
	// Go servers keep idle connections unless told otherwise; Node would drop them after 5 s.
	server.keepAliveTimeout = 0;
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	const address = /** @type {import('node:net').AddressInfo} */ (server.address());
	/** @type {Promise<void> | undefined} */
	let stopped;

	return {
		url: `http://127.0.0.1:${address.port}`,
		seeds,
		requests: journal.entries,
		pins: state.pins,

		/**
		 * Makes messages known to an instance. Survives reset().
		 *
		 * @param {string} instanceName
		 * @param {Iterable<string>} ids
		 * @param {string} [chatJid]
		 * @throws {Error} when there is no such instance
		 */
		addMessages(instanceName, ids, chatJid = seeds.chats.private) {
			const { messages } = instanceOf(state, instanceName);
			for (const id of ids) messages.set(id, chatJid);
		},

		/** @param {Partial<import('./types').Settings>} changes survive reset() */
		configure(changes) {
			applySettings(settings, changes);
		},

		/**
		 * Survives reset().
		 *
		 * @param {string} instanceName
		 * @param {boolean} connected
		 * @throws {Error} when there is no such instance
		 */
		setConnected(instanceName, connected) {
			instanceOf(state, instanceName).connected = connected;
		},

		/** @param {import('./types').FaultFunction | undefined} fn asked for each request */
		setFault(fn) {
			fault = fn;
		},

		/**
		 * Another program uses the same token; begins a window when none is running.
		 *
		 * @param {import('./types').TokenKind} kind
		 * @param {number} count requests
		 */
		spend(kind, count) {
			limiter.spend(kind, count);
		},

		/** Forgets requests, pins, rate-limit windows and the fault. */
		reset() {
			journal.clear();
			state.pins.clear();
			limiter.clear();
			fault = undefined;
		},

		/** Cuts every connection; resolves when the port is free. May be called again. */
		stop() {
			stopped ??= new Promise((resolve) => {
				stopping.abort();
				server.close(() => resolve());
				server.closeAllConnections();
			});
			return stopped;
		},
	};
}

module.exports = { startRyze, seeds };
