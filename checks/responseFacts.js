'use strict';

const { LIMIT_HEADERS } = require('./facts/shared');
const { ofHeaders, serverTime } = require('./judge');
const { headerOf } = require('./pace');
const { shown } = require('./requests');

/** @typedef {import('./types').Exchange} Exchange */
/** @typedef {import('./types').Judgement} Judgement */

/** The length of a window in seconds (docs/ryze-api.md, "Rate limit"). */
const MINUTE = 60;

const from = 'Rate limit';

/**
 * What docs/ryze-api.md says of all answers together. They are judged when all have come.
 *
 * @type {(Pick<import('./types').Fact, 'fact' | 'from' | 'standing'> &
 * { judge: (own: Exchange[]) => Judgement })[]} own: those with the right token
 */
const responseFacts = [
	{
		fact: 'Every answer has `X-RateLimit-Limit`, `-Remaining` and `-Reset`, in Unix seconds.',
		from,
		standing: 'documented',
		judge: (own) => eachHas(own, LIMIT_HEADERS),
	},
	{
		fact: 'Every answer has a `Date`.',
		from,
		standing: 'assumed',
		judge: (own) => eachHas(own, { Date: 'date' }),
	},
	{
		fact: 'The counter starts again every minute.',
		from,
		standing: 'documented',
		judge: (own) => {
			const distances = own
				.map(({ answer }) => headerOf(answer, 'X-RateLimit-Reset') - serverTime(answer))
				.filter((seconds) => !Number.isNaN(seconds));
			if (distances.length === 0) return unknown('no answer says when it starts again');
			const farthest = Math.max(...distances);
			if (farthest <= MINUTE + 1) return confirmed();
			return different(`the reset was up to ${Math.round(farthest)} seconds away`);
		},
	},
	{
		fact: 'Each request takes one of those that remain.',
		from,
		standing: 'documented',
		judge: (own) => {
			const steps = stepsOf(own);
			if (steps.length === 0) return unknown('no two answers in a row were of the same window');
			if (steps.every((step) => step >= 1)) return confirmed();
			const without = steps.filter((step) => step < 1).length;
			return different(`${without} of ${steps.length} requests did not`);
		},
	},
];

/** @param {Exchange[]} own what each request took from its window */
function stepsOf(own) {
	// Whether a refused request counts is not known.
	const done = own.map(({ answer }) => answer).filter(({ status }) => status !== 429);
	return done.slice(1).flatMap((answer, index) => {
		const before = done[index];
		const sameWindow =
			headerOf(answer, 'X-RateLimit-Reset') === headerOf(before, 'X-RateLimit-Reset');
		const step =
			headerOf(before, 'X-RateLimit-Remaining') - headerOf(answer, 'X-RateLimit-Remaining');
		return sameWindow && !Number.isNaN(step) ? [step] : [];
	});
}

/**
 * @param {Exchange[]} exchanges
 * @param {Record<string, import('./types').HeaderType>} headers
 */
function eachHas(exchanges, headers) {
	const lacking = exchanges.filter(({ answer }) => ofHeaders(headers, answer).length > 0);
	if (exchanges.length === 0) return unknown('there was no answer');
	if (lacking.length === 0) return confirmed();
	const [{ request, answer }] = lacking;
	const first = `HTTP ${answer.status} to ${shown(request)}: ${ofHeaders(headers, answer).join(', ')}`;
	return different(`not so in ${lacking.length} of ${exchanges.length}; the first is ${first}`);
}

/** @returns {Judgement} */
const confirmed = () => ({ verdict: 'confirmed', details: [] });

/** @param {string} detail @returns {Judgement} */
const different = (detail) => ({ verdict: 'different', details: [detail] });

/** @param {string} why @returns {Judgement} */
const unknown = (why) => ({ verdict: 'not checked', details: [why] });

module.exports = { responseFacts };
