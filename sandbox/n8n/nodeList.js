'use strict';

/*
 * Writes the list of n8n's own nodes among which test/package/judges.test.js looks for ours: of each
 * node its name, its name in the editor, its description, and its search words. As a development dependency,
 * n8n-nodes-base would be 180 MB, and much more with its own dependencies.
 *
 * node sandbox/n8n/nodeList.js
 */
const fs = require('node:fs');
const path = require('node:path');
const { installN8n } = require('./install');
const { N8N_VERSIONS } = require('./versions');

const FILE = path.join(__dirname, '../../test/package/n8nNodes.tsv');

const PACKAGES = ['n8n-nodes-base', '@n8n/n8n-nodes-langchain'];

/**
 * @typedef {{ name: string, displayName: string, description: string, codex: { alias: string[] } }} ListedNode
 */

/** A cell of the list: on one line, without a tab. @param {string} [text] */
const cell = (text = '') => text.replace(/\s+/g, ' ').trim();

/** @param {any} node */
const newestOf = ({ version }) => Math.max(...[version].flat());

/** @param {string} modules @returns {any[]} the newest description of each node that is offered */
function readNodes(modules) {
	/** @type {Map<string, any>} */
	const newest = new Map();
	for (const name of PACKAGES) {
		const file = path.join(modules, name, 'dist/types/nodes.json');
		for (const node of JSON.parse(fs.readFileSync(file, 'utf8'))) {
			const fullName = `${name}.${node.name}`;
			const known = newest.get(fullName);
			if (!known || newestOf(node) > newestOf(known)) newest.set(fullName, node);
		}
	}
	return [...newest]
		.filter(([, node]) => !node.hidden)
		.map(([name, { displayName, description, codex }]) => [
			name,
			displayName,
			cell(description),
			...(codex?.alias ?? []),
		]);
}

/** Installs n8n where it has to be, and writes the list. */
async function main() {
	const { dir } = await installN8n(N8N_VERSIONS[0]);
	const lines = readNodes(path.join(dir, 'node_modules')).map((cells) => cells.join('\t'));
	fs.writeFileSync(FILE, [`n8n ${N8N_VERSIONS[0]}`, ...lines, ''].join('\n'));
	console.log(`${lines.length} nodes of n8n ${N8N_VERSIONS[0]} are in ${FILE}.`);
}

/** @returns {{ title: string, nodes: ListedNode[] }} The list; `title` names the n8n. */
function readNodeList() {
	const [title, ...lines] = fs.readFileSync(FILE, 'utf8').trimEnd().split('\n');
	const nodes = lines.map((line) => {
		const [name, displayName, description, ...alias] = line.split('\t');
		return { name, displayName, description, codex: { alias } };
	});
	return { title, nodes };
}

if (require.main === module) void main();

module.exports = { readNodeList };
