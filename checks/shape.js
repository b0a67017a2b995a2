'use strict';

/** @typedef {import('./types').Shape} Shape */

const JID = /^[^@\s]+@[^@\s]+$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;

/** @type {Record<string, (value: unknown) => boolean>} */
const TYPES = {
	string: (value) => typeof value === 'string',
	boolean: (value) => typeof value === 'boolean',
	integer: (value) => Number.isInteger(value),
	'string or null': (value) => value === null || typeof value === 'string',
	JID: (value) => typeof value === 'string' && JID.test(value),
	time: (value) => typeof value === 'string' && TIME.test(value),
	true: (value) => value === true,
	false: (value) => value === false,
};

/** @param {unknown} value in the words of JSON */
function typeOf(value) {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'list' : typeof value;
}

/**
 * Where a value differs from its shape. A shape is the name of a type in `TYPES`, `=` and a text that
 * is meant literally, a list with the shape of its elements (empty: any), or an object. A field with
 * `?` may be missing, one that is `absent` must be.
 *
 * No value of the answer stands in what is returned.
 *
 * @param {Shape} shape
 * @param {unknown} value
 * @param {(text: string) => string} [fill] puts in what the caller has given
 * @param {string} [path]
 * @returns {string[]} sentences
 */
function differences(shape, value, fill = (text) => text, path = '') {
	const at = path === '' ? 'the answer' : `\`${path}\``;
	if (typeof shape === 'string') {
		if (shape.startsWith('=')) {
			return value === fill(shape.slice(1)) ? [] : [`${at} is ${another(value)}`];
		}
		return TYPES[shape](value) ? [] : [`${at} is not ${shape} but ${another(value)}`];
	}
	if (Array.isArray(shape)) {
		if (!Array.isArray(value)) return [`${at} is no list but ${another(value)}`];
		const [element] = /** @type {Shape[]} */ (shape);
		if (element === undefined) return [];
		const found = value.flatMap((each) => differences(element, each, fill, `${path}[]`));
		return [...new Set(found)];
	}
	if (typeOf(value) !== 'object') return [`${at} is no object but ${another(value)}`];
	const fields = /** @type {Record<string, unknown>} */ (value);
	return Object.entries(shape).flatMap(([key, type]) => {
		const name = key.replace(/\?$/, '');
		const inner = path === '' ? name : `${path}.${name}`;
		const there = Object.hasOwn(fields, name);
		if (type === 'absent') return there ? [`\`${inner}\` should not be there`] : [];
		if (there) return differences(type, fields[name], fill, inner);
		return key === name ? [`\`${inner}\` is missing`] : [];
	});
}

/** @param {unknown} value */
function another(value) {
	if (typeof value === 'boolean') return String(value);
	return typeof value === 'string' ? 'another text' : typeOf(value);
}

/** The name of a field is shown if a programmer has chosen it, and not if it may be data. */
const FIELD = /^[A-Za-z_]\w{0,39}$/;
const MOST_FIELDS = 40;

/**
 * The shape of a JSON value: the names of its fields and their types, and no value.
 *
 * @param {unknown} value
 * @returns {string}
 */
function describeShape(value) {
	return describeAll([value]);
}

/**
 * One shape for several values, as the elements of a list.
 *
 * @param {unknown[]} values
 * @returns {string}
 */
function describeAll(values) {
	const lists = values.filter(Array.isArray);
	const objects = values.filter((value) => typeOf(value) === 'object');
	const others = values.filter((value) => !['list', 'object'].includes(typeOf(value)));
	/** @type {string[]} */
	const shown = [...new Set(others.map(typeOf))];
	if (lists.length > 0) {
		const elements = lists.flat();
		shown.push(elements.length === 0 ? '[]' : `[${describeAll(elements)}]`);
	}
	if (objects.length > 0) shown.push(describeObjects(/** @type {object[]} */ (objects)));
	return shown.join(' or ');
}

/** @param {object[]} objects */
function describeObjects(objects) {
	const keys = [...new Set(objects.flatMap(Object.keys))];
	if (keys.length > MOST_FIELDS || keys.some((key) => !FIELD.test(key) || /\d{4}/.test(key))) {
		return `{ ${keys.length} fields whose names may be data }`;
	}
	const fields = keys.map((key) => {
		const having = objects.filter((object) => Object.hasOwn(object, key));
		const values = having.map((object) => /** @type {any} */ (object)[key]);
		return `${key}${having.length < objects.length ? '?' : ''}: ${describeAll(values)}`;
	});
	return keys.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

module.exports = { describeShape, differences };
