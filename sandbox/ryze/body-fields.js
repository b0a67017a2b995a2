'use strict';

const { Failure } = require('./answers');

/**
 * `flag` is a boolean whose default is not false, so that a missing one has to be told apart.
 *
 * @typedef {{ boolean: boolean, flag: boolean | undefined, string: string, number: number,
 * strings: string[], numbers: number[] }} Values
 * @typedef {keyof Values} Type
 */

/** What a field holds that is missing or null. @type {{ [T in Type]: () => Values[T] }} */
const EMPTY = {
	boolean: () => false,
	flag: () => undefined,
	string: () => '',
	number: () => 0,
	strings: () => [],
	numbers: () => [],
};

/** @type {Record<Type, (value: unknown) => boolean>} */
const FITS = {
	boolean: (value) => typeof value === 'boolean',
	flag: (value) => value === undefined || typeof value === 'boolean',
	string: (value) => typeof value === 'string',
	// JSON has no infinity, but JavaScript reads a number as one when it is too large.
	number: (value) => Number.isFinite(value),
	strings: (value) => Array.isArray(value) && value.every(FITS.string),
	numbers: (value) => Array.isArray(value) && value.every(FITS.number),
};

/**
 * Reads the named fields of a JSON request body.
 *
 * The docs have one error for this, `Invalid request body: <...>`, for "Malformed JSON"
 * (docs/ryze-api.md, "Pin a message"). Unknown in the docs; taken: it also answers a body that is no
 * object, and a field of a wrong type; a field that is missing or null counts as false, '', 0 or [],
 * a flag not at all; an unknown field is ignored; and what stands for `<...>`.
 *
 * @template {Record<string, Type>} F
 * @param {{ body: import('./types').RawBody, contentType: string | undefined }} request
 * @param {F} fields name -> type
 * @returns {{ [K in keyof F]: Values[F[K]] }}
 * @throws {Failure} 400 `Invalid request body: <...>`
 */
function readFields(request, fields) {
	const given = parse(request) ?? {};
	if (typeof given !== 'object' || Array.isArray(given)) throw invalid('not an object');
	/** @type {Record<string, unknown>} */
	const read = {};
	for (const [name, type] of Object.entries(fields)) {
		const value = (Object.hasOwn(given, name) ? given[name] : undefined) ?? EMPTY[type]();
		if (!FITS[type](value)) throw invalid(`wrong type of "${name}"`);
		read[name] = value;
	}
	return /** @type {any} */ (read);
}

/**
 * @param {{ body: import('./types').RawBody, contentType: string | undefined }} request
 * @returns {any}
 */
function parse({ body, contentType }) {
	// The docs mark Content-Type as required but name no error for it; taken: a body that does
	// not call itself JSON is not read as JSON.
	const mediaType = (contentType ?? '').split(';')[0].trim().toLowerCase();
	if (mediaType !== 'application/json') throw invalid('not declared as JSON');
	if (body.tooLarge) throw invalid('too large');
	try {
		return JSON.parse(body.text);
	} catch {
		throw invalid('malformed JSON');
	}
}

/** @param {string} detail */
function invalid(detail) {
	return new Failure(400, `Invalid request body: ${detail}`);
}

module.exports = { readFields };
