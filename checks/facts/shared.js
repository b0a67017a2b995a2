'use strict';

/** @typedef {import('../types').Answer} Answer */

const NOT_CONNECTED = 'Instance is not connected to WhatsApp';

/** The form of an ID of WhatsApp; no message has this one. */
const UNKNOWN_MESSAGE = '3EB000000000000000000000';

/** 15 digits behind a country code that no country has. */
const UNKNOWN_NUMBER = '999000000000001';

/** Cannot be read by any server, so nothing can be done for it. */
const BROKEN_JSON = '{"pin":';

/** @type {Record<string, import('../types').HeaderType>} */
const LIMIT_HEADERS = {
	'X-RateLimit-Limit': 'integer',
	'X-RateLimit-Remaining': 'integer',
	'X-RateLimit-Reset': 'Unix seconds',
};

/** @param {string} path without `/:instance` @param {Partial<import('../types').Request>} [more] */
const get = (path, more) =>
	/** @type {import('../types').Request} */ ({ method: 'GET', path: `${path}/:instance`, ...more });

/**
 * @param {string} path without `/:instance`
 * @param {object | string} body
 * @param {Partial<import('../types').Request>} [more]
 */
const post = (path, body, more) =>
	/** @type {import('../types').Request} */ ({
		method: 'POST',
		path: `${path}/:instance`,
		body,
		...more,
	});

const settings = get('/api/instance/getSettings');
const groups = get('/api/group/list', { query: { includeMembers: 'false' } });

const CONNECTED = 'the instance is connected to WhatsApp';
const DISCONNECTED = 'the instance is not connected to WhatsApp';
const UNCLEAR = 'the list of groups does not tell whether the instance is connected';

/** Only for an instance that is not connected: the list of groups shows it, and changes nothing. */
const whileDisconnected = {
	request: groups,
	/** @param {Answer} answer */
	unless: ({ status }) => (status === 503 ? undefined : status === 200 ? CONNECTED : UNCLEAR),
};

/** @param {number} status @param {string} why @returns {(answer: Answer) => string | undefined} */
const answered = (status, why) => (answer) => (answer.status === status ? why : undefined);

/** @param {string} sentence @param {string} why @returns {(answer: Answer) => string | undefined} */
const said = (sentence, why) => (answer) =>
	answer.json?.error?.message === sentence ? why : undefined;

/** @param {string} list @param {string} why @returns {(answer: Answer) => string | undefined} */
const empty = (list, why) => (answer) => {
	const found = answer.json?.[list];
	return Array.isArray(found) && found.length === 0 ? why : undefined;
};

module.exports = {
	BROKEN_JSON,
	CONNECTED,
	DISCONNECTED,
	LIMIT_HEADERS,
	NOT_CONNECTED,
	UNKNOWN_MESSAGE,
	UNKNOWN_NUMBER,
	answered,
	empty,
	get,
	groups,
	post,
	said,
	settings,
	whileDisconnected,
};
