'use strict';

/** @param {number[]} values @returns {number} */
function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @param {number[]} values
 * @param {number} [digits]
 * @returns {string} The median and, where they differ, the lowest and the highest.
 */
function spread(values, digits = 2) {
	const [low, mid, high] = [Math.min(...values), median(values), Math.max(...values)].map((value) =>
		value.toFixed(digits),
	);
	return low === high ? mid : `${mid} (${low}–${high})`;
}

module.exports = { median, spread };
