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
	const parameters = { resource, operation };
	const shown = properties.filter(
		(property) =>
			property.name === 'options' &&
			NodeHelpers.displayParameter(parameters, property, node, description),
	);
	return shown.flatMap(({ options = [] }) => options.map(({ name }) => name));
}

const defaults = { pin: true, mediaType: 'image', inputType: 'binary' };

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
	[
		'message',
		'sendMedia',
		['chat', 'mediaType', 'inputType', 'binaryPropertyName', 'caption'],
		[
			'delay',
			'fileName',
			'instance',
			'maxWait',
			'mentionAll',
			'replyTo',
			'requestsAtOnce',
			'timeout',
			'voiceNote',
		],
	],
	['chat', 'pinChat', ['pin', 'chat'], general],
	['chat', 'favorite', ['favorite', 'chat'], general],
];

describe('the panel of the node', () => {
	it.each(all)(
		'shows only the fields of the chosen operation: %s, %s',
		(resource, operation, fields, options) => {
			expect(fieldsOf(resource, operation, defaults)).toEqual([
				'resource',
				'operation',
				...fields,
				'options',
			]);
			expect(optionsOf(resource, operation)).toEqual(options);
		},
	);

	it('hides the duration of an unpin, and only then', () => {
		expect(fieldsOf('message', 'pinMessage', { pin: false })).not.toContain('duration');
		for (const pin of [true, '={{ $json.pin }}', "={{ $fromAI('Pin') }}", undefined]) {
			expect(fieldsOf('message', 'pinMessage', { pin })).toContain('duration');
		}
	});

	it('hides what a medium does not have or need, and only then', () => {
		const shown = (/** @type {Record<string, any>} */ others) =>
			fieldsOf('message', 'sendMedia', others);
		expect(shown({ inputType: 'url' })).toContain('mediaUrl');
		expect(shown({ inputType: 'url' })).not.toContain('binaryPropertyName');
		expect(shown({ mediaType: 'audio' })).not.toContain('caption');
		expect(shown({ mediaType: '={{ $json.type }}', inputType: '={{ $json.input }}' })).toEqual(
			expect.arrayContaining(['binaryPropertyName', 'mediaUrl', 'caption']),
		);
	});

	it('says what the node does under its name, for each operation', () => {
		const texts = JSON.parse(/\((\{.*\})\)/.exec(String(description.subtitle))?.[1] ?? '');
		expect(Object.keys(texts).sort()).toEqual(
			all.map(([resource, operation]) => `${resource} ${operation}`).sort(),
		);
		expect(texts['message pinMessage']).toBe('Pin message');
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
			message: ['pinMessage', 'favorite', 'get', 'pinMessage', 'sendMedia', 'sendText'],
		});
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
