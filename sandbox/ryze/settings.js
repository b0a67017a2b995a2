'use strict';

const NUMBERS = /** @type {const} */ (['limit', 'windowMs', 'latencyMs']);

/**
 * The defaults: 100 requests a minute and token (ryze-api.md 2.4), no latency.
 *
 * @returns {import('./types').Settings}
 */
function defaultSettings() {
	return { limit: 100, windowMs: 60_000, latencyMs: 0, resetHeader: undefined };
}

/**
 * Changes the settings in place; what `changes` does not name stays. An explicit
 * `resetHeader: undefined` brings the default header back.
 *
 * @param {import('./types').Settings} settings
 * @param {Partial<import('./types').Settings>} changes
 * @throws {TypeError} on a number that is negative, fractional or none at all
 */
function applySettings(settings, changes) {
	for (const name of NUMBERS) {
		const value = changes[name];
		if (value === undefined) continue;
		if (!Number.isInteger(value) || value < 0) {
			throw new TypeError(`${name} must be a whole number of at least 0, got ${value}`);
		}
	}
	for (const name of NUMBERS) settings[name] = changes[name] ?? settings[name];
	if ('resetHeader' in changes) settings.resetHeader = changes.resetHeader;
}

module.exports = { defaultSettings, applySettings };
