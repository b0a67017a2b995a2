/** @typedef {Awaited<ReturnType<typeof import('./engine').startHarness>>} Harness */

/** @param {number} count */
const idsOf = (count) => Array.from({ length: count }, (_, index) => `3EB0MANY${index}`);

/**
 * One item for each message, to pin it. The sandbox knows all of them.
 *
 * @param {Harness} harness
 * @param {string[]} ids
 * @param {Record<string, unknown>} [options] of the node
 */
function pinEach(harness, ids, options = {}) {
	harness.ryze.addMessages('demo', new Set(ids));
	return {
		items: ids.map((id) => ({ json: { id } })),
		parameters: { messageId: '={{ $json.id }}', options },
		goOn: true,
	};
}

/**
 * Checks that every item ended exactly once and in order: pinned with its own ID, or failed with a
 * reason.
 *
 * @param {string[]} ids
 * @param {Awaited<ReturnType<Harness['run']>>} result
 * @returns {string[]} how each ended: 'pinned' or the reason
 */
function endsOf(ids, { success, failed, error }) {
	expect(error).toBeUndefined();
	const indexes = [success, failed].map((items) =>
		items.map(({ pairedItem }) => /** @type {{ item: number }} */ (pairedItem).item),
	);
	for (const list of indexes) expect(list).toEqual([...list].sort((a, b) => a - b));
	expect(indexes.flat().sort((a, b) => a - b)).toEqual(ids.map((_, index) => index));

	/** @type {string[]} */
	const ends = [];
	for (const [at, { json }] of success.entries()) {
		expect(json).toMatchObject({ success: true, pinned: true, message_id: ids[indexes[0][at]] });
		ends[indexes[0][at]] = 'pinned';
	}
	for (const [at, { json }] of failed.entries()) {
		ends[indexes[1][at]] = /** @type {any} */ (json).error.reason;
	}
	return ends;
}

/** @param {string[]} ids */
const allPinned = (ids) => ids.map(() => 'pinned');

module.exports = { allPinned, endsOf, idsOf, pinEach };
