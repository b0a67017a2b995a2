'use strict';

const { once, setMaxListeners } = require('node:events');
const { createServer } = require('node:http');
const { createAddressBookControls } = require('./address-book');
const { createEventControls, events } = require('./events');
const { createDeliverer } = require('./events/deliverer');
const { createJournal } = require('./journal');
const { createLimiter } = require('./limiter');
const { incoming, outgoing } = require('./messages');
const { createPipeline } = require('./pipeline');
const { currentPins } = require('./pins');
const { seeds } = require('./seeds');
const { applySettings, defaultSettings } = require('./settings');
const { createState, instanceOf, resetState, storeFile } = require('./state');
const { listenSecurely, makeCertificate } = require('./tls');

/**
 * Starts a stand-in for RyzeAPI on 127.0.0.1. It is our reading of the API's documents, not a
 * recording of the real server; guesses are marked "unknown in the docs" where they are made.
 *
 * @param {{ port?: number, certificate?: { key: string, cert: string } } &
 * Partial<import('./types').Settings>} [options] port 0 = a free one; with a certificate, it listens
 * with TLS as well, at `secureUrl`
 * @throws {Error} when the port is taken (code EADDRINUSE)
 */
async function startRyze({ port = 0, certificate, ...options } = {}) {
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
	const server = createServer();
	// Go servers keep idle connections unless told otherwise; Node would drop them after 5 s.
	server.keepAliveTimeout = 0;
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	const address = /** @type {import('node:net').AddressInfo} */ (server.address());
	const url = `http://127.0.0.1:${address.port}`;
	const deliverer = createDeliverer(settings, url);
	server.on(
		'request',
		createPipeline({
			settings,
			state,
			journal,
			limiter,
			faultFunction: () => fault,
			emit: (...event) => void deliverer.deliver(...event),
			signal: stopping.signal,
		}),
	);
	const secure = certificate && (await listenSecurely(server, certificate));
	/** @type {Promise<void> | undefined} */
	let stopped;

	return {
		url,
		secureUrl: secure?.url,
		seeds,
		requests: journal.entries,
		/** Those that have not ended, the newest last. */
		get pins() {
			return currentPins(state);
		},
		pinLines: state.pinLines,
		pinnedChats: state.pinnedChats,
		readChats: state.readChats,
		favorites: state.favorites,
		/** The emoji of the own number by `<instance>/<messageId>`, as the chat shows it. */
		reactions: state.reactions,
		deleted: state.deleted,
		sent: state.sent,
		...createEventControls(state, deliverer),
		...createAddressBookControls(state),

		/**
		 * Makes messages known to an instance. Survives reset().
		 *
		 * @param {string} instanceName
		 * @param {Iterable<string>} ids
		 * @param {string} [chatJid]
		 * @throws {Error} when there is no such instance
		 */
		addMessages(instanceName, ids, chatJid = seeds.chats.private) {
			const { messages, numberJid } = instanceOf(state, instanceName);
			// One record for all of them: tests add a great many.
			const record = incoming(numberJid, { chat: chatJid });
			for (const id of ids) messages.set(id, record);
		},

		/**
		 * A message that the instance has sent, from the phone or in an earlier time. Survives reset().
		 *
		 * @param {string} instanceName
		 * @param {string} messageId
		 * @param {string} chat JID
		 * @returns {string} the ID
		 * @throws {Error} when there is no such instance
		 */
		addSent(instanceName, messageId, chat) {
			const { messages, numberJid } = instanceOf(state, instanceName);
			messages.set(messageId, outgoing(numberJid, { chat }));
			return messageId;
		},

		/**
		 * A message that the instance knows has a file. Survives reset().
		 *
		 * @param {string} instanceName
		 * @param {string} messageId
		 * @param {import('./types').StoredFile} file
		 * @throws {Error} when there is no such instance or message
		 */
		addFile(instanceName, messageId, file) {
			storeFile(instanceOf(state, instanceName), messageId, file);
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

		/**
		 * Forgets requests, pins, marks, favourites, reactions, deletions, sends, webhooks, deliveries
		 * (those under way are given up), rate-limit windows and the fault. Messages that were sent or
		 * received stay known, and groups and contacts stay as they were set.
		 */
		reset() {
			journal.clear();
			resetState(state);
			deliverer.cancel();
			deliverer.deliveries.length = 0;
			limiter.clear();
			fault = undefined;
		},

		/** Cuts every connection and gives up deliveries; resolves when the port is free. May be called again. */
		stop() {
			stopped ??= new Promise((resolve) => {
				stopping.abort();
				deliverer.cancel();
				secure?.stop();
				server.close(() => resolve());
				server.closeAllConnections();
			});
			return stopped;
		},
	};
}

module.exports = { startRyze, makeCertificate, seeds, events };
