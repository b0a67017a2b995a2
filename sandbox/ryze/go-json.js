'use strict';

const { Failure } = require('./answers');

/**
 * @typedef {{ bool: boolean, string: string, float64: number, '[]string': string[] }} GoValues
 * @typedef {keyof GoValues} GoType
 */

/** What JSON calls a value that fits. @type {Record<GoType, string>} */
const JSON_TYPES = { bool: 'bool', string: 'string', float64: 'number', '[]string': 'array' };

/** @type {Record<GoType, () => GoValues[GoType]>} */
const ZERO_VALUES = { bool: () => false, string: () => '', float64: () => 0, '[]string': () => [] };

/**
 * Decodes a JSON request body into the named fields the way Go's encoding/json fills a struct:
 * a field that is missing or null keeps its zero value (false, '', 0, []), an unknown field is
 * ignored, a wrong type is an error. The API wraps a Go library (ryze-api.md, head), so its service is taken
 * to be Go; the docs themselves only say "Malformed JSON" (pin-message.txt, error table).
 *
 * Unlike Go, field names are matched by exact case, so that a misspelt name shows.
 *
 * @template {Record<string, GoType>} F
 * @param {{ body: import('./types').RawBody, contentType: string | undefined }} request
 * @param {string} structName only for the error text
 * @param {F} fields name -> type
 * @returns {{ [K in keyof F]: GoValues[F[K]] }}
 * @throws {Failure} 400 `Invalid request body: <...>`
 */
function decodeFields(request, structName, fields) {
	const value = parse(request);
	/** @type {Record<string, GoValues[GoType]>} */
	const decoded = {};
	for (const [name, type] of Object.entries(fields)) decoded[name] = ZERO_VALUES[type]();
	const found = goTypeOf(value);
	if (found !== 'object' && found !== 'null') {
		throw invalid(`json: cannot unmarshal ${found} into Go value of type ${structName}`);
	}
	for (const [name, member] of Object.entries(value ?? {})) {
		if (!Object.hasOwn(fields, name) || member === null) continue;
		decoded[name] = fitted(member, fields[name], `${structName}.${name}`);
	}
	return /** @type {any} */ (decoded);
}

/**
 * @param {unknown} value
 * @param {GoType} type
 * @param {string} field only for the error text
 * @returns {any} the value as Go would hold it
 * @throws {Failure}
 */
function fitted(value, type, field) {
	// Go refuses a number that no float64 can hold; JavaScript has made it infinite by now.
	if (goTypeOf(value) !== JSON_TYPES[type] || Math.abs(Number(value)) === Infinity) {
		const target = `Go struct field ${field} of type ${type}`;
		throw invalid(`json: cannot unmarshal ${goTypeOf(value)} into ${target}`);
	}
	if (!Array.isArray(value)) return value;
	return value.map((member) => (member === null ? '' : fitted(member, 'string', field)));
}

/**
 * @param {{ body: import('./types').RawBody, contentType: string | undefined }} request
 * @returns {any}
 */
function parse({ body, contentType }) {
	// The docs mark Content-Type as required but name no error for it; taken: a body that does
	// not call itself JSON is not read as JSON.
	const mediaType = (contentType ?? '').split(';')[0].trim().toLowerCase();
	if (mediaType !== 'application/json') throw invalid(`unsupported content type "${mediaType}"`);
	if (body.tooLarge) throw invalid('http: request body too large');
	if (body.text.trim() === '') throw invalid('EOF');
	try {
		return JSON.parse(body.text);
	} catch (error) {
		throw invalid(syntaxError(body.text, /** @type {Error} */ (error).message));
	}
}

/**
 * Go's words for what V8 found; near enough, as the docs leave this part open.
 *
 * @param {string} text
 * @param {string} v8Message
 */
function syntaxError(text, v8Message) {
	const position = /at position (\d+)/.exec(v8Message)?.[1];
	const character =
		/^Unexpected token '(.+?)',/su.exec(v8Message)?.[1] ?? text[Number(position ?? text.length)];
	if (character === undefined) return 'unexpected EOF';
	return `invalid character '${character}' looking for beginning of value`;
}

/** @param {unknown} value */
function goTypeOf(value) {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** @param {string} detail */
function invalid(detail) {
	return new Failure(400, `Invalid request body: ${detail}`);
}

module.exports = { decodeFields };
