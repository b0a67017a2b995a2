'use strict';

/* The texts of the product that a picture can show: those of the nodes, the credential, the errors
 * and the examples. */
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { exampleFiles, readExample } = require('../sandbox/n8n/rig');

const ROOT = join(__dirname, '..');

/** @param {string} text */
const plain = (text) => text.replace(/\s+/g, ' ').trim();

/** @param {unknown} value @returns {string[]} every text in it, however deep */
function textsIn(value) {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** @param {unknown} value @returns {string[]} the names of its fields, however deep */
function fieldsIn(value) {
	if (typeof value !== 'object' || value === null) return [];
	const inside = Object.values(value).flatMap(fieldsIn);
	return Array.isArray(value) ? inside : [...Object.keys(value), ...inside];
}

/** @param {string} folder @param {string} ending @returns {string[]} its files, however deep */
const filesIn = (folder, ending) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(ending))
		.map((file) => readFileSync(join(ROOT, folder, file), 'utf8'));

/** @param {string} content of a note, in Markdown @returns {string[]} as the editor shows its lines */
const linesOfNote = (content) =>
	content
		.split('\n')
		.map((line) => line.replace(/^(#+|-|\d+\.) /, '').replace(/\*+|`/g, ''))
		.filter((line) => line !== '');

/**
 * A sentence that the code puts together with others is no text of its own; it is looked for in the
 * code. A shorter one could be found there by chance.
 */
const SENTENCE_MIN = 30;

/** @returns {(text: string) => boolean} Whether a text is one of the product, as it is built. */
function productTexts() {
	if (!existsSync(join(ROOT, 'dist'))) throw new Error('Run `npm run build` first.');
	const { Ryze } = require('../build/nodes/Ryze/Ryze.node');
	const { RyzeTrigger } = require('../build/nodes/Ryze/RyzeTrigger.node');
	const { RyzeApi } = require('../build/credentials/RyzeApi.credentials');
	const { KNOWN_SENTENCES } = require('../build/nodes/Ryze/errors/advice');
	const { displayName, properties } = new RyzeApi();
	const examples = exampleFiles().map(readExample);
	const notes = examples.flatMap(({ nodes }) =>
		nodes.flatMap((/** @type {any} */ { parameters }) => linesOfNote(parameters.content ?? '')),
	);
	const outputs = filesIn('nodes/Ryze/__schema__', '.json').map((text) => JSON.parse(text));
	const product = [new Ryze().description, new RyzeTrigger().description, displayName, properties];
	const known = new Set(
		[...textsIn([product, KNOWN_SENTENCES, examples]), ...notes, ...fieldsIn(outputs)].map(plain),
	);
	/** @type {RegExp[]} */
	const patterns = KNOWN_SENTENCES.map(({ sentences }) => sentences)
		.filter((sentences) => sentences instanceof RegExp)
		.map(({ source, flags }) => new RegExp(`(${source})( \\[item \\d+\\])?$`, flags));
	const code = filesIn('dist', '.js').join('\n').replaceAll("\\'", "'");
	return (text) =>
		known.has(text) ||
		patterns.some((pattern) => pattern.test(text)) ||
		(text.length >= SENTENCE_MIN && code.includes(text));
}

module.exports = { productTexts };
