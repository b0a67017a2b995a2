'use strict';

/** An error answer in the API's envelope, thrown by whatever notices it. */
class Failure extends Error {
	/**
	 * @param {number} status
	 * @param {string} message becomes `error.message`
	 */
	constructor(status, message) {
		super(message);
		this.name = 'Failure';
		this.status = status;
	}
}

/**
 * @param {number} status
 * @param {object} value
 * @returns {import('./types').Answer}
 */
function json(status, value) {
	return {
		status,
		headers: { 'Content-Type': 'application/json; charset=utf-8' },
		body: JSON.stringify(value),
	};
}

/**
 * Plain text, the way Go's net/http answers what no handler took.
 *
 * @param {number} status
 * @param {string} body
 * @param {Record<string, string>} [headers]
 * @returns {import('./types').Answer}
 */
function text(status, body, headers = {}) {
	return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body };
}

/**
 * The error envelope: no code, no type, only the text (docs/ryze-api.md, "Responses").
 *
 * @param {number} status
 * @param {string} message
 */
function failure(status, message) {
	return json(status, { success: false, error: { message } });
}

module.exports = { Failure, json, text, failure };
