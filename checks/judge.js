'use strict';

const { plain } = require('./privacy');
const { fill } = require('./requests');
const { describeShape, differences } = require('./shape');

/** @typedef {import('./types').Answer} Answer */
/** @typedef {import('./types').Caller} Caller */

/** Seconds. A reset further away is no time in Unix seconds (docs/ryze-api.md, "Rate limit"). */
const FARTHEST = 300;

/**
 * Whether an answer is as its fact says.
 *
 * @param {import('./types').Fact} fact
 * @param {Answer} answer
 * @param {Caller} caller
 * @returns {import('./types').Judgement}
 */
function judge({ expect, unless }, answer, caller) {
	const why = unless?.(answer);
	if (why !== undefined) return { verdict: 'not checked', details: [why] };
	const { status, sentence, body, plainText, headers = {} } = expect;
	const found = [
		...ofStatus([status].flat(), answer),
		...(sentence === undefined ? [] : ofSentence(sentence, answer, caller)),
		...(body === undefined ? [] : ofBody(body, answer, caller)),
		...(plainText && answer.json !== undefined ? ['the answer is JSON'] : []),
		...ofHeaders(headers, answer),
	];
	if (found.length > 0) return { verdict: 'different', details: found };
	// Where the docs leave the sentence open, it is worth knowing.
	const open = sentence instanceof RegExp ? [quoted(answer, caller)] : [];
	return { verdict: 'confirmed', details: open };
}

/** @param {number[]} expected @param {Answer} answer */
function ofStatus(expected, { status }) {
	return expected.includes(status) ? [] : [`HTTP ${status} instead of ${expected.join(' or ')}`];
}

/** @param {string | RegExp} expected @param {Answer} answer @param {Caller} caller */
function ofSentence(expected, answer, caller) {
	const { json } = answer;
	const said = json?.error?.message;
	if (json?.success !== false || typeof said !== 'string') {
		return [`it is not the envelope of an error but ${kindOf(answer)}`];
	}
	const fits = typeof expected === 'string' ? said === expected : expected.test(said);
	return fits ? [] : [`the sentence is ${quoted(answer, caller)}`];
}

/** @param {import('./types').Shape} shape @param {Answer} answer @param {Caller} caller */
function ofBody(shape, answer, caller) {
	if (answer.json === undefined) return [`it is ${kindOf(answer)}`];
	const said = answer.json?.error?.message;
	if (typeof said === 'string') return [`the sentence is ${quoted(answer, caller)}`];
	const found = differences(shape, answer.json, (text) => fill(text, caller));
	return found.length === 0 ? [] : [...found, `it has ${describeShape(answer.json)}`];
}

/** @param {Answer} answer @param {Caller} caller */
function quoted({ json }, caller) {
	return `"${plain(json?.error?.message, caller)}"`;
}

/** What an answer is, without anything that stands in it. @param {Answer} answer */
function kindOf({ json, bytes, headers }) {
	if (json !== undefined) return describeShape(json);
	const type = /^[\w.+-]+\/[\w.+-]+/.exec(headers.get('content-type') ?? '')?.[0];
	return `${bytes} bytes of ${type ?? 'no known type'}, no JSON`;
}

/** @param {Record<string, import('./types').HeaderType>} expected @param {Answer} answer */
function ofHeaders(expected, answer) {
	return Object.entries(expected).flatMap(([name, type]) => {
		const value = answer.headers.get(name);
		if (value === null) return [`${name} is missing`];
		return fitsHeader(type, value, answer) ? [] : [`${name} is no ${WORDING[type]}`];
	});
}

const WORDING = {
	integer: 'whole number',
	'Unix seconds': 'time near now in Unix seconds',
	date: 'date',
};

/** @param {import('./types').HeaderType} type @param {string} value @param {Answer} answer */
function fitsHeader(type, value, answer) {
	if (type === 'date') return !Number.isNaN(Date.parse(value));
	if (!/^\d+$/.test(value)) return false;
	return type === 'integer' || Math.abs(Number(value) - serverTime(answer)) <= FARTHEST;
}

/** Seconds by the clock of the server, where it tells. @param {Answer} answer */
function serverTime({ headers, at }) {
	const date = Date.parse(headers.get('date') ?? '');
	return (Number.isNaN(date) ? at : date) / 1000;
}

module.exports = { judge, kindOf, ofHeaders, serverTime };
