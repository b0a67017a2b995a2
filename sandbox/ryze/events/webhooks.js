'use strict';

const { Failure } = require('../answers');

/** @typedef {import('../types').EventName} EventName */

/** All there are (docs/ryze-api.md, "Webhooks"). @type {readonly EventName[]} */
const EVENTS = Object.freeze([
	'message.exchange',
	'message.status',
	'call.update',
	'group.flow',
	'instance.state',
	'label.update',
]);
const DEFAULT_LABEL = 'default';
const MAX_ENABLED = 3;

/** @param {string} name @returns {name is EventName} */
const isEvent = (name) => EVENTS.some((event) => event === name);

/**
 * Creates or replaces the row with this label.
 *
 * Unknown in the docs; taken:
 * - The status and the text of all three refusals.
 * - No events at all: all six, as when they are left out. An empty label: `default`, as when
 *   reading. An empty authorization: none.
 * - A cleared `url` is '' and a cleared `events` []; `byEvents`, which is not said to be cleared,
 *   stays as sent.
 *
 * @param {import('../types').Instance} instance
 * @param {Partial<Omit<import('../types').Webhook, 'events'>> & { events?: string[] }} row what is
 * missing gets its default
 * @returns {import('../types').Webhook} as stored, a copy
 * @throws {Failure} 400
 */
function storeWebhook({ webhooks }, row) {
	const label = row.label || DEFAULT_LABEL;
	const enabled = row.enabled ?? false;
	const events = (row.events ?? []).filter(isEvent);
	const unknown = row.events?.find((name) => !isEvent(name));
	if (unknown !== undefined) throw new Failure(400, `Invalid event: ${unknown}`);
	if (enabled && !row.url) throw new Failure(400, 'URL is required when enabled is true');
	const others = [...webhooks.values()].filter((other) => other.enabled && other.label !== label);
	if (enabled && others.length >= MAX_ENABLED) {
		throw new Failure(400, `Maximum of ${MAX_ENABLED} enabled webhooks per instance reached`);
	}
	webhooks.set(label, {
		label,
		enabled,
		url: (enabled && row.url) || '',
		authorization: (enabled && row.authorization) || null,
		byEvents: row.byEvents ?? false,
		events: enabled ? (events.length === 0 ? [...EVENTS] : events) : [],
		mediaBase64: (enabled && row.mediaBase64) || false,
	});
	return structuredClone(/** @type {import('../types').Webhook} */ (webhooks.get(label)));
}

/**
 * @param {import('../types').Instance} instance
 * @returns {import('../types').Webhook[]} copies, enabled and disabled, sorted by label
 */
function listWebhooks({ webhooks }) {
	// Unknown in the docs: which alphabet; taken: that of the character codes, as Go sorts.
	const labels = [...webhooks.keys()].sort();
	return labels.map((label) => structuredClone(/** @type {any} */ (webhooks.get(label))));
}

module.exports = { DEFAULT_LABEL, isEvent, listWebhooks, storeWebhook };
