'use strict';

/**
 * Reads the format in which n8n keeps executions, the one of npm's `flatted`: a JSON list in which
 * the first entry is the value, and every string inside an object or list is the position of the
 * entry that it stands for. That is how one object can be in several places, or in itself.
 *
 * @param {string} text
 * @returns {any}
 */
function parseFlatted(text) {
	/** @type {unknown[]} */
	const entries = JSON.parse(text);
	/** @type {Set<unknown>} */
	const resolved = new Set();

	/** @param {unknown} position @returns {unknown} */
	const entryAt = (position) => {
		const entry = entries[Number(position)];
		if (typeof entry !== 'object' || entry === null || resolved.has(entry)) return entry;
		resolved.add(entry); // before its parts: one of them may be the entry itself
		const parts = /** @type {Record<string, unknown>} */ (entry);
		for (const key of Object.keys(parts)) {
			if (typeof parts[key] === 'string') parts[key] = entryAt(parts[key]);
		}
		return entry;
	};
	return entryAt(0);
}

module.exports = { parseFlatted };
