/**
 * The part of JSON schema that the output schemas of the node use.
 *
 * @typedef {object} Schema
 * @property {string} type
 * @property {Record<string, Schema>} [properties] none: its fields are not documented
 * @property {string[]} [required]
 */

/** @param {unknown} value */
function typeOf(value) {
	if (Array.isArray(value)) return 'array';
	if (Number.isInteger(value)) return 'integer';
	return value === null ? 'null' : typeof value;
}

/** @param {string} path @param {string} key */
const below = (path, key) => (path === '' ? key : `${path}.${key}`);

/**
 * What is wrong with an output by its schema: a field that is missing, of another type, or unknown.
 *
 * @param {any} value
 * @param {Schema} schema
 * @param {string} [path]
 * @returns {string[]}
 */
function mistakesIn(value, schema, path = '') {
	const type = typeOf(value);
	if (type !== schema.type && !(type === 'integer' && schema.type === 'number')) {
		return [`${path} is of type ${type}, not ${schema.type}`];
	}
	const { properties, required = [] } = schema;
	if (!properties) return [];
	return [
		...required.filter((key) => !(key in value)).map((key) => `${below(path, key)} is missing`),
		...Object.entries(value).flatMap(([key, inner]) =>
			key in properties
				? mistakesIn(inner, properties[key], below(path, key))
				: [`${below(path, key)} is not in the schema`],
		),
	];
}

/**
 * The path of each field of a schema.
 *
 * @param {Schema} schema
 * @returns {string[]}
 */
const pathsOf = ({ properties = {} }) =>
	Object.entries(properties).flatMap(([key, inner]) => [
		key,
		...pathsOf(inner).map((rest) => below(key, rest)),
	]);

/** @param {any} output @param {string} path */
const hasPath = (output, path) =>
	path.split('.').reduce((part, key) => part?.[key], output) !== undefined;

module.exports = { hasPath, mistakesIn, pathsOf };
