'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** What stands for a word that could be private. */
const HIDDEN = '…';

/** Groups of digits, as phone numbers are written. */
const PHONE = /\+?\d[\d\s().-]{5,}\d/g;

/** The longest text that is looked at. */
const LONGEST = 300;

/** Words of programs that write error texts; those of docs/ryze-api.md are added. */
const WORDS = `
	a able access action admin array declared malformed after again allowed already am an and any application are as at bad be
	been before beginning body bytes call can cannot channel character characters chat check client
	close closed code conflict connect connected connection contain contains content context could
	creating database deadline decode deleted denied did disabled disconnected do does due duplicate
	duration empty enabled encode end endpoint entity entry eof error exceed exceeded exceeds exist
	exists expected expired fail failed false field fields find for forbidden format found from full
	gateway get go got group has have header http https id in incorrect input instance insufficient
	integer internal invalid is it items json key large later least length limit logged long looking
	many match matched maximum may media message messages method minimum missing more most must name
	nil no node not nothing null number numeric object of offset on one only open operation option or
	out owner page pair param parameter parse parsing participant path payload permission pin pinned
	please problem process provided query range reached read received refused request requested
	require required requires response result retry returned route row rows send sent server service
	session short should since size something sql status store stored string struct success syntax
	text than that the this timed timeout to token too top true try type types unable unauthorized
	unavailable unexpected unknown unmarshal unpin unpinned unsupported until upstream url usage use
	user using valid validation value values was websocket when while with within without wrong yet
	you your
`;

const docs = readFileSync(join(__dirname, '../docs/ryze-api.md'), 'utf8');
// The words of an address are not those of an error text.
const KNOWN = new Set(wordsOf(WORDS + docs.replace(/https?:\/\/[^\s)>]+/g, '')));

/** @param {string} text */
function wordsOf(text) {
	const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
	return words.filter((word) => !/\d{4}/.test(word)).map((word) => word.toLowerCase());
}

/** @param {string} text */
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * A sentence of the API as it may be shown to anyone. Names and texts of people can stand in it
 * anywhere, so only words that are known remain.
 *
 * @param {unknown} sentence
 * @param {{ token?: string, instance?: string, message?: string }} [own] given by the user
 */
function plain(sentence, own = {}) {
	if (typeof sentence !== 'string') return '(no text)';
	let text = sentence;
	for (const secret of [own.token, own.message, own.instance]) {
		// Only whole words: the name of an instance may be a single letter.
		if (secret) text = text.replace(new RegExp(`(?<!\\w)${escaped(secret)}(?!\\w)`, 'g'), HIDDEN);
	}
	text = text.slice(0, LONGEST).replace(PHONE, HIDDEN);
	text = text.replace(/[\p{L}\p{N}_]+/gu, (word) =>
		KNOWN.has(word.toLowerCase()) || /^\d{1,3}$/.test(word) ? word : HIDDEN,
	);
	// What stands between hidden words could still show the form of a number or of an address.
	text = text.replace(/…([^\p{L}\p{N}]*…)+/gu, HIDDEN).replace(/[^ -~…]/g, HIDDEN);
	return sentence.length > LONGEST ? `${text} ${HIDDEN}` : text;
}

module.exports = { plain };
