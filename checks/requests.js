'use strict';

const { UNKNOWN_MESSAGE } = require('./facts/shared');

/** @typedef {import('./types').Request} Request */
/** @typedef {import('./types').Caller} Caller */

/** A token that nobody has, in the form of those that Ryze gives out. */
const WRONG_TOKEN = '00000000-0000-4000-8000-000000000000';
const UNKNOWN_INSTANCE = 'no-such-instance-of-this-check';

/** @param {Request} request */
const needsMessage = ({ query, body }) => JSON.stringify({ query, body }).includes('":message"');

/** @param {string} name */
const otherCase = (name) => (name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase());

/** @param {string} name its first byte with a percent sign, which it would not need */
function encoded(name) {
	const [first, ...rest] = Buffer.from(name, 'utf8');
	const percent = `%${first.toString(16).toUpperCase().padStart(2, '0')}`;
	// A character of several bytes is encoded anyway.
	if (first > 127) return encodeURIComponent(name);
	return percent + encodeURIComponent(Buffer.from(rest).toString('utf8'));
}

/** @param {Request} request @param {Caller} caller */
function pathOf({ path, instance = 'own' }, { instance: own }) {
	const segments = {
		own: encodeURIComponent(own),
		encoded: encoded(own),
		'other case': encodeURIComponent(otherCase(own)),
		unknown: UNKNOWN_INSTANCE,
		none: '',
	};
	return path.replace(':instance', () => segments[instance]);
}

/** @param {Request} request @param {Caller} caller @returns {Record<string, string>} */
function tokenHeaders({ token = 'own' }, { token: own }) {
	const headers = {
		own: { token: own },
		'own as bearer': { Authorization: `Bearer ${own}` },
		'own beside a wrong bearer': { token: own, Authorization: `Bearer ${WRONG_TOKEN}` },
		wrong: { token: WRONG_TOKEN },
		none: {},
	};
	return headers[token];
}

/** @param {string} text @param {Caller} caller */
function fill(text, { message = UNKNOWN_MESSAGE, instance }) {
	if (text === ':instance') return instance;
	return text === ':message' ? message : text;
}

/**
 * A request of the table as this caller sends it.
 *
 * @param {Request} request
 * @param {Caller} caller
 * @returns {{ url: string, init: RequestInit }}
 */
function resolve(request, caller) {
	const { method, query = {}, body, contentType = 'application/json' } = request;
	const search = new URLSearchParams(
		Object.entries(query).map(
			([name, value]) => /** @type {[string, string]} */ ([name, fill(value, caller)]),
		),
	).toString();
	/** @type {Record<string, string>} */
	const headers = { Accept: 'application/json', ...tokenHeaders(request, caller) };
	if (body !== undefined) headers['Content-Type'] = contentType;
	const url = caller.baseUrl + pathOf(request, caller) + (search === '' ? '' : `?${search}`);
	return { url, init: { method, headers, body: textOf(body, caller) } };
}

/** @param {Request['body']} body @param {Caller} caller */
function textOf(body, caller) {
	if (body === undefined || typeof body === 'string') return body;
	return JSON.stringify(body, (_, value) =>
		typeof value === 'string' ? fill(value, caller) : value,
	);
}

/** Why this caller cannot send it. @param {Request} request @param {Caller} caller */
function obstacle(request, { instance, message }) {
	if (needsMessage(request) && message === undefined) return 'it needs --message <ID>';
	if (request.instance === 'other case' && otherCase(instance) === instance) {
		return 'the name of the instance has neither upper nor lower case';
	}
	return undefined;
}

/** For people, and without anything of the caller. @param {Request} request */
function shown({ method, path, query, token = 'own', instance = 'own' }) {
	const search = query ? `?${Object.keys(query).join('&')}` : '';
	const notes = [
		token !== 'own' && `token: ${token}`,
		instance !== 'own' && `instance: ${instance}`,
	].filter(Boolean);
	return `${method} ${path}${search}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

module.exports = { fill, obstacle, resolve, shown };
