const { Workflow } = require('n8n-workflow');
const { Ryze } = require('../../../build/nodes/Ryze/Ryze.node');
const { entryOf, offered, shownFor } = require('../../support/operations');

const { description } = new Ryze();
const { properties } = description;

/** @param {Record<string, any>} parameters @returns {string[]} the fields that n8n shows */
const fieldsFor = (parameters) => shownFor(parameters).map(({ name }) => name);

/** @param {string} operation of messages @param {Record<string, any>} [others] */
const fieldsOf = (operation, others) => fieldsFor({ resource: 'message', operation, ...others });

/** The line on the canvas, as n8n makes it. @param {Record<string, any>} parameters */
function subtitleWith(parameters) {
	const node = {
		id: '1',
		name: 'Ryze',
		type: 'ryze',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	/** @type {any} */
	const nodeTypes = { getByNameAndVersion: () => new Ryze() };
	const nodes = /** @type {any} */ ([node]);
	const workflow = new Workflow({ nodes, connections: {}, active: false, nodeTypes });
	const { subtitle } = description;
	return workflow.expression.getSimpleParameterValue(
		/** @type {any} */ (workflow.getNode('Ryze')),
		subtitle,
		'internal',
		{},
	);
}

/** What every operation has. */
const GENERAL = ['instance', 'maxWait', 'requestsAtOnce', 'timeout'];

describe('the panel of the node', () => {
	it.each(offered)(
		'shows only the fields of the chosen operation: $name',
		({ name, operation }) => {
			const shown = fieldsFor(entryOf(name).parameters);
			expect(shown.slice(0, 2)).toEqual(['resource', 'operation']);
			expect(shown.at(-1)).toBe('options');
			const own = operation.properties.map((property) => property.name);
			const others = shown.slice(2, -1);
			expect(others).toEqual(own.filter((field) => others.includes(field)));
			// What a field hides depends on another field of its own.
			const hideable = operation.properties.filter(({ displayOptions }) => displayOptions);
			expect([...others, ...hideable.map((property) => property.name)]).toEqual(
				expect.arrayContaining(own),
			);
		},
	);

	it.each(offered)('offers the options of the chosen operation: $name', ({ name, operation }) => {
		const [options] = shownFor(entryOf(name).parameters).filter((each) => each.name === 'options');
		const found = (options.options ?? []).map((option) => option.name);
		const own = (operation.options ?? []).map((option) => option.name);
		expect([...found].sort()).toEqual([...GENERAL, ...own].sort());
		const labels = (options.options ?? []).map(
			(option) => 'displayName' in option && option.displayName,
		);
		expect(labels).toEqual([...labels].sort());
	});

	it('hides the duration of an unpin, and only then', () => {
		expect(fieldsOf('pinMessage', { pin: false })).not.toContain('duration');
		for (const pin of [true, '={{ $json.pin }}', "={{ $fromAI('Pin') }}", undefined]) {
			expect(fieldsOf('pinMessage', { pin })).toContain('duration');
		}
	});

	it('hides what a medium does not have or need, and only then', () => {
		const shown = (/** @type {Record<string, any>} */ others) => fieldsOf('sendMedia', others);
		expect(shown({ inputType: 'url' })).toContain('mediaUrl');
		expect(shown({ inputType: 'url' })).not.toContain('binaryPropertyName');
		expect(shown({ mediaType: 'audio' })).not.toContain('caption');
		expect(shown({ mediaType: '={{ $json.type }}', inputType: '={{ $json.input }}' })).toEqual(
			expect.arrayContaining(['binaryPropertyName', 'mediaUrl', 'caption']),
		);
	});

	it('says what the node does under its name, for each operation', () => {
		for (const { resource, operation } of offered) {
			expect(subtitleWith({ resource, operation: operation.entry.value })).toMatch(/^[A-Z][a-z]+ /);
		}
	});

	it.each([
		['Pin message', { pin: true }],
		['Pin message', {}],
		['Unpin message', { pin: false }],
		['Pin or unpin message', { pin: '={{ $json.missing.pin }}' }],
		['Pin or unpin message', { pin: "={{ $fromAI('Pin', '', 'boolean') }}" }],
		['Unstar message', { operation: 'favorite', favorite: false }],
		['Star or unstar message', { operation: 'favorite', favorite: '={{ $json.star }}' }],
		['Unpin chat', { resource: 'chat', operation: 'pinChat', pin: false }],
		['Unfavorite chat', { resource: 'chat', operation: 'favorite', favorite: false }],
		['Get message', { operation: 'get' }],
	])('says there what the switch of the operation is set to: %s for %j', (words, parameters) => {
		expect(subtitleWith(parameters)).toBe(words);
	});

	it('offers each operation once, sorted by name, with Pin Message chosen first', () => {
		const lists = properties.filter(({ name }) => name === 'operation');
		for (const { displayOptions, ...property } of lists) {
			const labels = (property.options ?? []).map((option) => String(option.name));
			expect(labels).toEqual([...new Set(labels)].sort());
			if (displayOptions?.show?.resource?.[0] === 'message') {
				expect(property.default).toBe('pinMessage');
			}
			const values = (property.options ?? []).map((option) => 'value' in option && option.value);
			expect(values).toContain(property.default);
		}
		expect(properties[0]).toMatchObject({ name: 'resource', default: 'message' });
	});

	it('shows the notice about pins only for operations that pin', () => {
		const notices = properties.filter(({ type }) => type === 'notice');
		expect(notices.map(({ displayOptions }) => displayOptions?.show?.operation)).toEqual([
			['pinMessage'],
			['pinChat'],
		]);
	});
});
