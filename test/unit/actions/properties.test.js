const { NodeHelpers } = require('n8n-workflow');
const { Ryze } = require('../../../dist/nodes/Ryze/Ryze.node');
const { node } = require('../../support/stockSentences');

const { description } = new Ryze();
const { properties } = description;

/**
 * The fields that n8n shows, without notices.
 *
 * @param {string} resource
 * @param {string} operation
 * @param {Record<string, any>} [others]
 */
function fieldsOf(resource, operation, others) {
	const parameters = { resource, operation, ...others };
	return properties
		.filter((property) => NodeHelpers.displayParameter(parameters, property, node, description))
		.filter(({ type }) => type !== 'notice')
		.map(({ name }) => name);
}

/**
 * @param {string} resource
 * @param {string} operation
 */
function optionsOf(resource, operation) {
	const options = properties.find(({ name }) => name === 'options')?.options ?? [];
	const parameters = { resource, operation };
	return options
		.map((option) => /** @type {import('n8n-workflow').INodeProperties} */ (option))
		.filter((option) => NodeHelpers.displayParameter({}, option, node, description, parameters))
		.map(({ name }) => name);
}

const general = ['instance', 'maxWait', 'requestsAtOnce', 'timeout'];

/** @type {Array<[string, string, string[], string[]]>} */
const all = [
	['message', 'pinMessage', ['pin', 'messageId', 'duration'], general],
	['message', 'get', ['messageId'], general],
	['message', 'favorite', ['favorite', 'messageId'], general],
	[
		'message',
		'sendText',
		['chat', 'text'],
		[
			'delay',
			'instance',
			'linkPreview',
			'maxWait',
			'mentionAll',
			'replyTo',
			'requestsAtOnce',
			'timeout',
		],
	],
	['chat', 'pinChat', ['pin', 'chat'], general],
	['chat', 'favorite', ['favorite', 'chat'], general],
];

describe('the panel of the node', () => {
	it.each(all)(
		'shows only the fields of the chosen operation: %s, %s',
		(resource, operation, fields, options) => {
			expect(fieldsOf(resource, operation, { pin: true })).toEqual([
				'resource',
				'operation',
				...fields,
				'options',
			]);
			expect(optionsOf(resource, operation)).toEqual(options);
		},
	);

	it('shows the options of an operation only with its own resource', () => {
		expect(optionsOf('chat', 'sendText')).toEqual(general);
	});

	it('hides the duration of an unpin', () => {
		expect(fieldsOf('message', 'pinMessage', { pin: false })).not.toContain('duration');
	});

	it('offers each operation once, sorted by name, with Pin Message chosen first', () => {
		const found = Object.fromEntries(
			properties
				.filter(({ name }) => name === 'operation')
				.map(({ displayOptions, options = [], ...property }) => [
					displayOptions?.show?.resource?.[0],
					[property.default, ...options.map((option) => 'value' in option && option.value)],
				]),
		);
		expect(found).toEqual({
			chat: ['pinChat', 'favorite', 'pinChat'],
			message: ['pinMessage', 'favorite', 'get', 'pinMessage', 'sendText'],
		});
		expect(properties[0]).toMatchObject({ name: 'resource', default: 'message' });
	});

	it('shows the notice about pins only for operations that pin', () => {
		const notices = properties.filter(({ type }) => type === 'notice');
		expect(notices.map(({ displayOptions }) => displayOptions?.show?.operation)).toEqual([
			['pinChat'],
			['pinMessage'],
		]);
	});
});
