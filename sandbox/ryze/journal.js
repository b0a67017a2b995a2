'use strict';

const { kindOfRequest, kindOfSecret } = require('./tokens');

/**
 * The record of every request that arrived, oldest first. It grows until `clear()`.
 */
function createJournal() {
	/** @type {import('./types').RequestEntry[]} */
	const entries = [];

	/**
	 * Records a request as soon as its head is there, so that the order is that of arrival.
	 *
	 * @param {import('node:http').IncomingMessage} req
	 * @returns {{ entry: import('./types').RequestEntry, index: number, query: URLSearchParams }}
	 */
	function open(req) {
		const { path, query } = splitTarget(req.url ?? '/');
		/** @type {import('./types').RequestEntry} */
		const entry = {
			at: Date.now(),
			method: req.method ?? '',
			path,
			query: withoutSecret(query),
			token: kindOfRequest(req.headers),
			contentType: req.headers['content-type'],
			body: '',
			status: 0,
			refused: false,
		};
		const index = entries.push(entry) - 1;
		return { entry, index, query };
	}

	return {
		entries,
		open,
		// Emptied in place: callers hold on to the array.
		clear: () => entries.splice(0),
	};
}

/** @param {string} target */
function splitTarget(target) {
	// Not `new URL`: it would resolve dot segments, which the record should show as sent.
	const mark = target.indexOf('?');
	if (mark === -1) return { path: target, query: new URLSearchParams() };
	return { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
}

/** @param {URLSearchParams} query */
function withoutSecret(query) {
	const shown = Object.fromEntries(query);
	if (shown.token !== undefined) shown.token = kindOfSecret(shown.token);
	return shown;
}

module.exports = { createJournal };
