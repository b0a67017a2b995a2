'use strict';

const { favorite } = require('./endpoints/favorite');
const { getContacts } = require('./endpoints/get-contacts');
const { getMessage } = require('./endpoints/get-message');
const { getSettings } = require('./endpoints/get-settings');
const { getWebhook } = require('./endpoints/get-webhook');
const { listGroups } = require('./endpoints/list-groups');
const { pinChat } = require('./endpoints/pin-chat');
const { pinMessage } = require('./endpoints/pin-message');
const { sendMedia } = require('./endpoints/send-media');
const { sendText } = require('./endpoints/send-text');
const { setWebhook } = require('./endpoints/set-webhook');

/**
 * Every endpoint the sandbox knows. A new one is a file in endpoints/ and a line here; token,
 * ownership and the instance's existence are checked before it is called.
 *
 * @type {[method: string, path: string, endpoint: import('./types').Endpoint][]}
 */
const ROUTES = [
	['GET', '/api/instance/getSettings/:instance', getSettings],
	['POST', '/api/message/text/:instance', sendText],
	['POST', '/api/message/media/:instance', sendMedia],
	['GET', '/api/chat/getMessage/:instance', getMessage],
	['POST', '/api/chat/pinMessage/:instance', pinMessage],
	['POST', '/api/chat/pinChat/:instance', pinChat],
	['POST', '/api/chat/favorite/:instance', favorite],
	['GET', '/api/chat/contacts/:instance', getContacts],
	['GET', '/api/group/list/:instance', listGroups],
	['POST', '/api/events/webhook/:instance', setWebhook],
	['GET', '/api/events/getWebhook/:instance', getWebhook],
];

const PARAMETER = '/:instance';

/**
 * @param {string} pattern ends in `/:instance`
 * @param {string} path
 * @returns {{ instanceName: string } | undefined} instanceName: decoded; '' when the segment is
 * missing
 * @throws {URIError} on a broken percent sign in the name
 */
function matchPath(pattern, path) {
	const base = pattern.slice(0, -PARAMETER.length);
	// "Instance name is required" (docs/ryze-api.md, "Authentication") can only be reached when the
	// path without the name still is a route; taken: with the last slash and without it.
	if (path === base) return { instanceName: '' };
	const rest = path.slice(base.length + 1);
	if (!path.startsWith(`${base}/`) || rest.includes('/')) return undefined;
	return { instanceName: decodeURIComponent(rest) };
}

/**
 * @param {string} method
 * @param {string} path percent-encoded, without query
 * @returns {{ endpoint?: import('./types').Endpoint, instanceName: string, allow: string[] }}
 * without an endpoint: `allow` lists the methods this path does take, empty = unknown path
 * @throws {URIError}
 */
function findRoute(method, path) {
	const allow = [];
	for (const [routeMethod, pattern, endpoint] of ROUTES) {
		const match = matchPath(pattern, path);
		if (!match) continue;
		if (routeMethod === method) return { endpoint, ...match, allow: [] };
		allow.push(routeMethod);
	}
	return { instanceName: '', allow };
}

module.exports = { findRoute };
