'use strict';

const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const FOLDER = join(__dirname, 'endpoints');

/**
 * Every endpoint the sandbox knows: a new one is a file in endpoints/. Token, ownership and the
 * instance's existence are checked before it is called.
 *
 * @type {import('./types').Route[]}
 */
const ROUTES = readdirSync(FOLDER).map((file) => require(join(FOLDER, file)));

const PARAMETER = '/:instance';

/**
 * @param {string} pattern ends in `/:instance`, if the path names an instance
 * @param {string} path
 * @returns {{ instanceName?: string } | undefined} instanceName: decoded; '' when the segment is
 * missing, none when the path has no place for it
 * @throws {URIError} on a broken percent sign in the name
 */
function matchPath(pattern, path) {
	if (!pattern.endsWith(PARAMETER)) return path === pattern ? {} : undefined;
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
 * @returns {{ endpoint?: import('./types').Endpoint, instanceName?: string, allow: string[] }}
 * without an endpoint: `allow` lists the methods this path does take, empty = unknown path
 * @throws {URIError}
 */
function findRoute(method, path) {
	const allow = [];
	for (const route of ROUTES) {
		const match = matchPath(route.path, path);
		if (!match) continue;
		if (route.method === method) return { endpoint: route.answer, ...match, allow: [] };
		allow.push(route.method);
	}
	return { instanceName: '', allow };
}

module.exports = { findRoute };
