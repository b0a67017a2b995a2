'use strict';

const { authenticate, openInstance } = require('./access');
const { Failure, failure, text } = require('./answers');
const { findRoute } = require('./routes');

/**
 * Does the work of one request and gives the answer for it. Never throws for what a client did.
 *
 * Unknown in the docs: paths that do not exist; taken: as Go's net/http, in plain text and before
 * the token is looked at.
 *
 * @param {string} method
 * @param {string} path percent-encoded, without query
 * @param {import('./types').Context} context
 * @returns {Promise<import('./types').Answer>}
 */
async function dispatch(method, path, context) {
	try {
		const { endpoint, instanceName, allow } = findRoute(method, path);
		if (!endpoint) {
			if (allow.length === 0) return text(404, '404 page not found\n');
			return text(405, 'Method Not Allowed\n', { Allow: allow.join(', ') });
		}
		authenticate(context.caller);
		// The endpoint asks for none then.
		if (instanceName === undefined) return await endpoint(context, /** @type {any} */ (undefined));
		const instance = openInstance(context.state, context.caller, instanceName);
		return await endpoint(context, instance);
	} catch (error) {
		if (error instanceof Failure) return failure(error.status, error.message);
		if (error instanceof URIError) return text(400, '400 Bad Request');
		throw error;
	}
}

module.exports = { dispatch };
