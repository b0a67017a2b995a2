'use strict';

const { seeds } = require('./seeds');

/** @type {Map<string, import('./types').TokenKind>} */
const KINDS = new Map([
	[seeds.accountToken, 'account'],
	[seeds.instances.demo.token, 'demo'],
	[seeds.instances.second.token, 'second'],
	[seeds.instances.offline.token, 'offline'],
]);

/**
 * @param {string} secret
 * @returns {import('./types').TokenKind}
 */
function kindOfSecret(secret) {
	if (secret === '') return 'none';
	return KINDS.get(secret) ?? 'unknown';
}

/**
 * Whose token a request carries: header `token`, else `Authorization: Bearer` (docs/ryze-api.md,
 * "Authentication"). The query form is for browser WebSockets only and does not count here.
 *
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @returns {import('./types').TokenKind}
 */
function kindOfRequest(headers) {
	// Unknown in the docs; taken: `token` wins when both are sent and differ (it is the
	// recommended way), an empty one is as good as none, and "Bearer " is matched literally.
	const direct = String(headers.token ?? '').trim();
	if (direct !== '') return kindOfSecret(direct);
	const authorization = headers.authorization ?? '';
	return kindOfSecret(authorization.startsWith('Bearer ') ? authorization.slice(7).trim() : '');
}

module.exports = { kindOfRequest, kindOfSecret };
