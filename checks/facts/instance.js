'use strict';

const shared = require('./shared');

const { empty, get } = shared;
const documented = /** @type {const} */ ({ standing: 'documented', effect: 'harmless' });
const assumed = /** @type {const} */ ({ ...documented, standing: 'assumed' });

const webhooks = get('/api/events/getWebhook');
const noLabel = get('/api/events/getWebhook', { query: { label: 'no-such-label' } });

/** @param {string} instanceName @returns {import('../types').Request} */
const listOf = (instanceName) => ({
	method: 'GET',
	path: '/api/instance/list',
	query: { instanceName },
});

/**
 * Nothing here writes: a webhook that is written replaces the one that was there.
 *
 * @type {import('../types').Fact[]}
 */
const instance = [
	{
		fact: 'The settings of an instance have seven fields.',
		...documented,
		from: 'Instance settings',
		request: shared.settings,
		expect: {
			status: 200,
			body: {
				success: 'true',
				settings: {
					autoRejectCalls: 'boolean',
					callRejectMessage: 'string',
					ignoreGroupMessages: 'boolean',
					keepOnlineStatus: 'boolean',
					autoReadMessages: 'boolean',
					disableHistorySync: 'boolean',
					ignoreStatus: 'boolean',
				},
			},
		},
	},
	{
		fact: 'The settings can be read while disconnected.',
		...assumed,
		from: 'Instance settings',
		request: shared.settings,
		given: shared.whileDisconnected,
		expect: { status: 200 },
	},
	{
		fact: 'The list of instances has one of a given name, with its connection and its profile.',
		...documented,
		from: 'List instances',
		request: listOf(':instance'),
		expect: {
			status: 200,
			body: {
				success: 'true',
				instances: [
					{
						name: 'string',
						status: 'string',
						connection: {
							state: 'string',
							numberJid: 'string or null',
							presenceStatus: 'string',
							displayStatus: 'string',
						},
						profile: {
							name: 'string',
							pictureUrl: 'string',
							isBusiness: 'boolean',
							businessName: 'string',
						},
					},
				],
			},
		},
	},
	{
		fact: 'A name that no instance has: HTTP 404.',
		...documented,
		from: 'List instances',
		request: listOf('no-such-instance-of-this-check'),
		unless: shared.answered(200, 'the token is that of one instance'),
		expect: { status: 404, sentence: /./ },
	},
	{
		fact: 'The list of instances can be read while disconnected.',
		...assumed,
		from: 'List instances',
		request: listOf(':instance'),
		given: shared.whileDisconnected,
		expect: { status: 200 },
	},
	{
		fact: 'The webhooks are the list `webhooks`.',
		...documented,
		from: 'Webhooks',
		request: webhooks,
		expect: { status: 200, body: { success: 'true', webhooks: [] } },
	},
	{
		fact: 'Each webhook has seven fields.',
		...documented,
		from: 'Webhooks',
		request: webhooks,
		unless: empty('webhooks', 'the instance has no webhook'),
		expect: {
			status: 200,
			body: {
				webhooks: [
					{
						label: 'string',
						enabled: 'boolean',
						url: 'string',
						authorization: 'string or null',
						byEvents: 'boolean',
						events: ['string'],
						mediaBase64: 'boolean',
					},
				],
			},
		},
	},
	{
		fact: 'A label that no webhook has: HTTP 404.',
		...documented,
		from: 'Webhooks',
		request: noLabel,
		expect: { status: 404, sentence: /./ },
	},
	{
		fact: 'The sentence for that label is `Webhook not configured for this instance`.',
		...assumed,
		from: 'Webhooks',
		request: noLabel,
		expect: { status: 404, sentence: 'Webhook not configured for this instance' },
	},
	{
		fact: 'The webhooks can be read while disconnected.',
		...assumed,
		from: 'Webhooks',
		request: webhooks,
		given: shared.whileDisconnected,
		expect: { status: 200 },
	},
];

module.exports = { instance };
