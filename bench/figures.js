'use strict';

const { median, spread } = require('./stats');

/**
 * @typedef {object} Results
 * @property {Awaited<ReturnType<typeof import('./pacing').measurePacing>>} pacing
 * @property {Awaited<ReturnType<typeof import('./atOnce').measureAtOnce>>} atOnce
 * @property {Awaited<ReturnType<typeof import('./latency').measureLatency>>} latency
 * @property {Awaited<ReturnType<typeof import('./cpuPerItem').measureCpu>>} cpu
 * @property {Awaited<ReturnType<typeof import('./media').measureMedia>>} media
 * @property {Awaited<ReturnType<typeof import('./footprint').measureFootprint>>} footprint
 *
 * @typedef {object} Figure One row of the table.
 * @property {string} what
 * @property {string} ours
 * @property {string} [http] The HTTP Request node, as it is.
 * @property {string} [batched] The same, with its batching set to the limit.
 * @property {string} [reach] What the Ryze node has to reach.
 * @property {boolean} [reached]
 */

/** @param {number[]} counts Of several runs. @returns {string} */
const counts = (counts) => spread(counts, 0);

/** @param {number[]} values @param {number} value */
const all = (values, value) => values.every((each) => each === value);

/**
 * @param {Partial<Results>} results
 * @returns {Figure[]} Of what was measured.
 */
function figuresOf({ pacing, atOnce, latency, cpu, media, footprint }) {
	return [
		...(pacing ? pacingFigures(pacing) : []),
		...(atOnce ? atOnceFigures(atOnce) : []),
		...(latency ? latencyFigures(latency) : []),
		...(cpu ? cpuFigures(cpu) : []),
		...(media ? mediaFigures(media) : []),
		...(footprint ? footprintFigures(footprint) : []),
	];
}

/** @param {{ limit: number, windowMs: number }} limits */
const per = ({ limit, windowMs }) => `${limit} per ${windowMs / 1000} s`;

/** What the time may be at most where the ideal is 1. */
const MOST_PACE = 1.03;

/** @param {Results['pacing']} pacing */
function pacingFigures({ items, limits, usedBefore, unused, used, others }) {
	const before = `${usedBefore.requests} of them used ${usedBefore.earlierMs / 1000} s before`;
	return [
		...paceFigures(`${items} items at ${per(limits)}`, items, unused, MOST_PACE),
		...paceFigures(`the same, ${before}`, items, used),
		...others.flatMap(({ counting, series }) =>
			paceFigures(`the same, ${counting}`, items, { ours: series }, MOST_PACE),
		),
	];
}

/**
 * @param {string} title
 * @param {number} items
 * @param {Partial<import('./pacing').Pacing> & Pick<import('./pacing').Pacing, 'ours'>} pacing
 * @param {number} [reach] Of the time; a ratio to a shorter ideal is the same seconds, but looks worse.
 */
function paceFigures(title, items, { ours, http, batched }, reach) {
	/** @param {'pinned' | 'refused'} key */
	const row = (key) => ({
		ours: counts(ours[key]),
		...(http && { http: counts(http[key]) }),
		...(batched && { batched: counts(batched[key]) }),
	});
	return [
		{
			what: `${title}: pinned`,
			...row('pinned'),
			reach: String(items),
			reached: all(ours.pinned, items),
		},
		{ what: '… requests refused', ...row('refused'), reach: '0', reached: all(ours.refused, 0) },
		{
			what: '… time, ideal = 1',
			ours: spread(ours.ratio),
			...(http && { http: spread(http.ratio) }),
			...(batched && { batched: spread(batched.ratio) }),
			...(reach && { reach: `≤ ${reach}`, reached: median(ours.ratio) <= reach }),
		},
	];
}

/** @param {Results['atOnce']} atOnce @returns {Figure[]} */
function atOnceFigures({ calls, limits, pinned, refused, ratio }) {
	return [
		{
			what: `${calls} executions at once, ${per(limits)}: pinned`,
			ours: counts(pinned),
			reach: String(calls),
			reached: all(pinned, calls),
		},
		{
			what: '… requests refused',
			ours: counts(refused),
			reach: '≤ 1 %',
			reached: Math.max(...refused) <= calls / 100,
		},
		{
			what: '… time, ideal = 1',
			ours: spread(ratio),
			reach: '≤ 1.15',
			reached: median(ratio) <= 1.15,
		},
	];
}

/** @param {Results['latency']} latency @returns {Figure[]} */
function latencyFigures({ items, latencyMs, roundTrips: { one, twenty, http } }) {
	return [
		{
			what: `${items} items of ${latencyMs} ms, one at once: round trips`,
			ours: spread(one, 1),
			http: spread(http, 1),
		},
		{
			what: '… with 20 requests at once',
			ours: spread(twenty, 1),
			reach: '≤ 7',
			reached: median(twenty) <= 7,
		},
	];
}

/** @param {Results['cpu']} cpu @returns {Figure[]} */
function cpuFigures({ ratio: { ours, twenty }, perItemMs }) {
	return [
		{
			what: 'CPU time per item, HTTP Request = 1',
			ours: spread(ours),
			http: `1 (${median(perItemMs.http).toFixed(1)} ms)`,
			reach: '≤ 1.0',
			reached: median(ours) <= 1,
		},
		{ what: '… with 20 requests at once', ours: spread(twenty) },
	];
}

/** @param {Results['footprint']} footprint @returns {Figure[]} */
function footprintFigures({ loadMs, httpLoadMs, bytes, files }) {
	return [
		{
			what: 'load time: the package, the HTTP Request node',
			ours: `${spread(loadMs, 1)} ms`,
			http: `${spread(httpLoadMs, 1)} ms`,
			reach: '≤ 5 ms',
			reached: median(loadMs) <= 5,
		},
		{ what: 'size on disk', ours: `${Math.round(bytes / 1000)} kB in ${files} files` },
	];
}

/** @param {Results['media']} media @returns {Figure[]} */
function mediaFigures({ store, item }) {
	return [
		{
			what: "memory to send a file of 16 MB from n8n's store, the file = 1",
			ours: spread(store),
			reach: '≤ 3',
			reached: median(store) <= 3,
		},
		{
			what: '… from the item itself',
			ours: spread(item),
			reach: '≤ 3',
			reached: median(item) <= 3,
		},
	];
}

module.exports = { figuresOf };
