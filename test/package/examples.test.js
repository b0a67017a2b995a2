const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { NodeHelpers } = require('n8n-workflow');
const { exampleFiles, readExample } = require('../../sandbox/n8n/rig');
const { Ryze } = require('../../build/nodes/Ryze/Ryze.node');
const { RyzeTrigger } = require('../../build/nodes/Ryze/RyzeTrigger.node');

/** @typedef {{ name: string, left: number, top: number, right: number, bottom: number }} Box */

const ryze = new Ryze().description;

/** @type {Record<string, import('n8n-workflow').INodeTypeDescription>} */
const DESCRIPTIONS = {
	'n8n-nodes-ryzeapi.ryze': ryze,
	'n8n-nodes-ryzeapi.ryzeTool': ryze,
	'n8n-nodes-ryzeapi.ryzeHitlTool': ryze,
	'n8n-nodes-ryzeapi.ryzeTrigger': new RyzeTrigger().description,
};

const NOTE = 'n8n-nodes-base.stickyNote';

const AGENT = '@n8n/n8n-nodes-langchain.agent';

/** @param {any} node */
const isNote = (node) => node.type === NOTE;

/**
 * What a node takes on the canvas: its square (an agent is wider), and its name and its subtitle
 * below it.
 *
 * @param {any} node
 * @returns {Box}
 */
function boxOf({ name, type, position: [left, top], parameters }) {
	const [width, height] = type === NOTE ? [parameters.width, parameters.height] : [100, 160];
	return { name, left, top, right: left + (type === AGENT ? 260 : width), bottom: top + height };
}

/** @param {Box} one @param {Box} other */
const overlap = (one, other) =>
	one.left < other.right &&
	other.left < one.right &&
	one.top < other.bottom &&
	other.top < one.bottom;

/** @param {any[]} nodes @returns {string[]} pairs of names */
function overlaps(nodes) {
	const boxes = nodes.map(boxOf);
	return boxes.flatMap((one, index) =>
		boxes
			.slice(index + 1)
			.filter((other) => overlap(one, other))
			.map((other) => `${one.name} / ${other.name}`),
	);
}

/* How the editor of n8n 1.x draws a note, in pixels, as measured there; 2.x leaves smaller gaps. The
 * width of a character is an average that leaves room for words that do not fit into a line. */
const SIDES = 26;
const INDENT = 20;
const CHARACTER = { title: 11.5, text: 7.2 };
const LINE = { title: 33, text: 19 };
const GAP = 22;
const ITEM_GAP = 3;

/**
 * About how high a note must be, rather too high than too low.
 *
 * @param {{ content: string, width: number }} parameters
 */
function heightOf({ content, width }) {
	/** @param {string} text @param {'title' | 'text'} style @param {number} [indent] */
	const heightOfLines = (text, style, indent = 0) => {
		const lines = Math.ceil((text.length * CHARACTER[style]) / (width - SIDES - indent));
		return lines * LINE[style];
	};
	const [title, ...blocks] = content.replace(/[*`]/g, '').split('\n\n');
	const heights = blocks.map((block) => {
		if (!/^(-|\d\.) /.test(block)) return heightOfLines(block, 'text');
		const items = block.split('\n').map((item) => item.replace(/^\S+ /, ''));
		return items.reduce((sum, item) => sum + heightOfLines(item, 'text', INDENT) + ITEM_GAP, 0);
	});
	const all = [heightOfLines(title.replace('## ', ''), 'title'), ...heights];
	return all.reduce((sum, height) => sum + height + GAP, 0);
}

/**
 * Parameters of a Ryze node that it does not have, or not with its resource and operation.
 *
 * @param {any} node
 * @returns {string[]}
 */
function unknownParameters(node) {
	const description = DESCRIPTIONS[node.type];
	const shown = description.properties.filter((property) =>
		NodeHelpers.displayParameter(node.parameters, property, node, description),
	);
	return Object.entries(node.parameters).flatMap(([name, value]) => {
		const property = shown.find((each) => each.name === name);
		if (!property) return [name];
		if (property.type !== 'collection') return wrongValues(property, value);
		return Object.entries(/** @type {any} */ (value)).flatMap(([option, chosen]) => {
			const known = /** @type {any[]} */ (property.options).find((each) => each.name === option);
			return known ? wrongValues(known, chosen) : [`${name}.${option}`];
		});
	});
}

/**
 * @param {any} property @param {any} value
 * @returns {string[]} the name of the property once for each value that it does not take
 */
function wrongValues({ name, type, options, modes }, value) {
	const values = [value].flat();
	if (type === 'resourceLocator') {
		const names = modes.map((/** @type {any} */ mode) => mode.name);
		return values
			.filter((each) => each.__rl !== true || !names.includes(each.mode))
			.map(() => name);
	}
	if (type !== 'options' && type !== 'multiOptions') return [];
	const known = options.map((/** @type {any} */ option) => option.value);
	return values
		.filter((each) => !String(each).startsWith('=') && !known.includes(each))
		.map(() => name);
}

describe.each(exampleFiles())('the example %s', (file) => {
	const { name, nodes } = readExample(file);
	const notes = nodes.filter(isNote);

	it('has a name that shows what it belongs to, and a note that explains it', () => {
		expect(name).toMatch(/^Ryze: /);
		expect(notes.map((/** @type {any} */ note) => note.name)).toEqual(['About this workflow']);
		expect(notes[0].parameters.content).toMatch(/^## .+\n\n/);
	});

	it('has no note or node on top of another', () => {
		expect(overlaps(nodes)).toEqual([]);
	});

	it('has notes that are high enough for their texts, and not much higher', () => {
		for (const { parameters } of notes) {
			expect(parameters.height).toBeGreaterThanOrEqual(heightOf(parameters));
			expect(parameters.height).toBeLessThan(heightOf(parameters) + 80);
		}
	});

	it('uses only parameters that the Ryze nodes have', () => {
		const ours = nodes.filter((/** @type {any} */ node) => node.type in DESCRIPTIONS);
		expect(ours.length).toBeGreaterThan(0);
		expect(ours.flatMap(unknownParameters)).toEqual([]);
	});

	it('reads the ID of a message where the trigger and the sends put it', () => {
		expect(JSON.stringify(nodes)).not.toContain('data.messageId');
	});

	it('names only nodes that it has', () => {
		const names = nodes.map((/** @type {any} */ node) => node.name);
		const text = JSON.stringify(nodes);
		for (const [, referred] of text.matchAll(/\$\('(.+?)'\)/g)) expect(names).toContain(referred);
	});

	it("holds no credential, no phone number and no ID of someone's chat or message", () => {
		for (const { credentials, parameters } of nodes) {
			expect(credentials).toBeUndefined();
			// Only the IDs of n8n's own lists have so many digits.
			const text = JSON.stringify(parameters).replace(/"id":"[^"]+"/g, '');
			expect(text).not.toMatch(/\d{7}|@g\.us|@s\.whatsapp\.net|3EB0\w/);
		}
	});
});

describe('the examples', () => {
	it('have no node ID and no webhook in common', () => {
		const ids = exampleFiles()
			.flatMap((file) => readExample(file).nodes)
			.flatMap(({ id, webhookId, parameters }) => [id, webhookId, parameters.path])
			.filter((id) => id !== undefined);
		expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
	});

	it('are all in the README', () => {
		const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
		const list = /^## Examples$(.*?)^## /ms.exec(readme)?.[1] ?? '';
		const listed = [...list.matchAll(/\[([\w-]+)\]\(examples\/(.+?)\)/g)];
		expect(listed.map(([, , file]) => file).sort()).toEqual(exampleFiles());
		for (const [, name, file] of listed) expect(file).toBe(`${name}.json`);
		expect(listed[0][1]).toBe('reply-to-pin');
	});
});
