'use strict';

const NUMBERS = /** @type {const} */ ([
	'limit',
	'windowMs',
	'latencyMs',
	'deliveryTimeoutMs',
	'largestBody',
]);

/** @type {import('./types').Settings['groupIdField'][]} */
const GROUP_ID_FIELDS = ['groupJid', 'jid'];

/** @type {import('./types').Counting[]} */
const COUNTINGS = [
	'window, reset rounded down',
	'window, reset rounded up',
	'window by the clock',
	'sliding log',
	'sliding counter',
	'token bucket',
];

/**
 * The defaults: 100 requests a minute and token (docs/ryze-api.md, "Rate limit"), no latency.
 *
 * Unknown in the docs: how often, when and how long a webhook is tried (docs/ryze-api.md,
 * "Deliveries"); taken: three attempts, so close together that tests need not wait, 10 s each.
 *
 * Unknown as well: the largest request (docs/ryze-api.md, "Send media"); taken: 64 MiB, which is
 * 48 MiB of media in base64.
 *
 * @returns {import('./types').Settings}
 */
function defaultSettings() {
	return {
		limit: 100,
		windowMs: 60_000,
		counting: 'window, reset rounded down',
		countsRefused: false,
		retryAfter: false,
		latencyMs: 0,
		resetHeader: undefined,
		retryDelaysMs: [100, 200],
		deliveryTimeoutMs: 10_000,
		groupIdField: 'groupJid',
		largestBody: 64 * 1024 * 1024,
	};
}

/**
 * Changes the settings in place; what `changes` does not name stays. An explicit
 * `resetHeader: undefined` brings the default header back.
 *
 * @param {import('./types').Settings} settings
 * @param {Partial<import('./types').Settings>} changes
 * @throws {TypeError} on a number that is negative, fractional or none at all, and on an unknown
 * way of counting or of naming the ID of a group
 */
function applySettings(settings, changes) {
	for (const name of NUMBERS) checkNumber(name, changes[name]);
	for (const delay of changes.retryDelaysMs ?? []) checkNumber('retryDelaysMs', delay);
	const { counting = settings.counting } = changes;
	if (!COUNTINGS.includes(counting)) throw new TypeError(`Unknown way of counting: ${counting}`);
	const { groupIdField = settings.groupIdField } = changes;
	if (!GROUP_ID_FIELDS.includes(groupIdField)) {
		throw new TypeError(`Unknown name of the ID of a group: ${groupIdField}`);
	}
	settings.counting = counting;
	settings.groupIdField = groupIdField;
	settings.countsRefused = changes.countsRefused ?? settings.countsRefused;
	settings.retryAfter = changes.retryAfter ?? settings.retryAfter;
	for (const name of NUMBERS) settings[name] = changes[name] ?? settings[name];
	settings.retryDelaysMs = changes.retryDelaysMs ?? settings.retryDelaysMs;
	if ('resetHeader' in changes) settings.resetHeader = changes.resetHeader;
}

/** @param {string} name @param {number | undefined} value */
function checkNumber(name, value) {
	if (value === undefined || (Number.isInteger(value) && value >= 0)) return;
	throw new TypeError(`${name} must be a whole number of at least 0, got ${value}`);
}

module.exports = { COUNTINGS, defaultSettings, applySettings };
