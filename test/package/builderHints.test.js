const { join } = require('node:path');
const { loadEngine } = require('../../sandbox/engine');

/** The descriptions as n8n loads them. @type {Record<string, any>} */
const nodes = {};

beforeAll(async () => {
	const { loader } = await loadEngine(join(__dirname, '../..'));
	for (const name of Object.keys(loader.known.nodes)) {
		nodes[`${loader.packageName}.${name}`] = loader.getNode(name).type.description;
	}
});

const RYZE = 'n8n-nodes-ryzeapi.ryze';
const TRIGGER = 'n8n-nodes-ryzeapi.ryzeTrigger';

/**
 * Each property and option of a node, at any depth.
 *
 * @param {any[]} [entries]
 * @returns {any[]}
 */
const allOf = (entries = []) =>
	entries.flatMap((entry) => [
		entry,
		...allOf(entry.options),
		...allOf(entry.values),
		...allOf(entry.modes),
	]);

/** @param {string} node @returns {string[]} the names of what has a hint, once each */
const hinted = (node) => [
	...new Set(
		allOf(nodes[node].properties)
			.filter(({ builderHint }) => builderHint)
			.map(({ name }) => name),
	),
];

/** @returns {string[]} every text for n8n's AI builder */
const texts = () =>
	Object.values(nodes).flatMap(({ builderHint, properties }) => [
		builderHint?.searchHint ?? '',
		...(builderHint?.relatedNodes ?? []).map((/** @type {any} */ related) => related.relationHint),
		...allOf(properties).flatMap((entry) => entry.builderHint?.propertyHint ?? []),
	]);

describe("the hints for n8n's AI builder", () => {
	it('lead from each node to the other', () => {
		const related = Object.entries(nodes).map(([name, { builderHint }]) => [
			name,
			builderHint?.relatedNodes?.map((/** @type {any} */ related) => related.nodeType),
		]);
		expect(related).toEqual([
			[RYZE, [TRIGGER]],
			[TRIGGER, [RYZE]],
		]);
	});

	it('stand on every required field that a model fills in', () => {
		for (const node of [RYZE, TRIGGER]) {
			const required = nodes[node].properties.filter((/** @type {any} */ each) => each.required);
			expect(required).not.toEqual([]);
			expect(required.filter((/** @type {any} */ each) => !each.builderHint)).toEqual([]);
		}
	});

	it('stand on every field of the same name', () => {
		const without = allOf(nodes[RYZE].properties)
			.filter(({ name }) => hinted(RYZE).includes(name))
			.filter(({ builderHint }) => !builderHint);
		expect(without).toEqual([]);
	});

	// n8n refuses to load the whole package then.
	it('stand on no property named resource, operation or mode', () => {
		for (const node of [RYZE, TRIGGER]) {
			const found = hinted(node).filter((name) => /^(resource|operation|mode)$/.test(name));
			expect(found).toEqual([]);
		}
		expect(allOf(nodes[RYZE].properties).map(({ name }) => name)).toContain('operation');
	});

	it('are short, and name a field rather than write an expression', () => {
		expect(texts().length).toBeGreaterThan(15);
		expect(texts().filter((text) => text === '' || text.length > 160)).toEqual([]);
		expect(texts().filter((text) => text.includes('{{'))).toEqual([]);
	});
});
