/* Small workflows for the end-to-end tests. */
const { randomUUID } = require('node:crypto');

/** @param {string} name @param {string} type @param {object} parameters @param {object} [more] */
const node = (name, type, parameters, more) => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters,
	...more,
});

/** Next to each other, so that each can be clicked. @param {any[]} nodes */
const inARow = (nodes) => nodes.map((each, index) => ({ ...each, position: [220 * index, 0] }));

/** @param {string[]} names */
const chain = (names) =>
	Object.fromEntries(
		names
			.slice(0, -1)
			.map((name, index) => [
				name,
				{ main: [[{ node: names[index + 1], type: 'main', index: 0 }]] },
			]),
	);

/**
 * A chat as the field 'Chat' stores it.
 *
 * @param {string} value a phone number, an ID or an expression
 */
const byId = (value) => ({ __rl: true, mode: 'id', value });

/** @param {Record<string, unknown>} parameters @param {object} [settings] */
const ryze = (parameters, settings) =>
	node(
		'Ryze',
		'n8n-nodes-ryzeapi.ryze',
		{ resource: 'message', operation: 'pinMessage', ...parameters },
		settings,
	);

/**
 * By hand or with `n8n execute`: each of `items` goes into the Ryze node.
 *
 * @param {object[]} items
 * @param {Record<string, unknown>} parameters of the Ryze node
 * @param {object} [settings] of the Ryze node, e.g. `{ onError: 'continueErrorOutput' }`
 */
const manual = (items, parameters, settings) => ({
	name: 'Manual',
	nodes: inARow([
		node('Start', 'n8n-nodes-base.manualTrigger', {}),
		node(
			'Items',
			'n8n-nodes-base.set',
			{ mode: 'raw', jsonOutput: JSON.stringify({ list: items }), options: {} },
			{ typeVersion: 3.4 },
		),
		node('Each', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'list', options: {} }),
		ryze(parameters, settings),
	]),
	connections: chain(['Start', 'Items', 'Each', 'Ryze']),
	settings: { executionOrder: 'v1' },
});

/**
 * Each event of Ryze starts it, and is handed on as it is.
 *
 * @param {Record<string, unknown>} [parameters] of the trigger
 */
const triggered = (parameters) => ({
	name: 'Triggered',
	nodes: inARow([
		node('Trigger', 'n8n-nodes-ryzeapi.ryzeTrigger', parameters ?? {}, { webhookId: randomUUID() }),
		node('End', 'n8n-nodes-base.noOp', {}),
	]),
	connections: chain(['Trigger', 'End']),
	settings: { executionOrder: 'v1' },
});

/**
 * Several triggers in one workflow.
 *
 * @param {Record<string, { id: string, name: string }>} credentials by the name of the trigger
 */
const triggeredByEach = (credentials) => ({
	name: 'Triggered by each',
	nodes: Object.entries(credentials).map(([name, { id, name: ofCredential }]) =>
		node(
			name,
			'n8n-nodes-ryzeapi.ryzeTrigger',
			{},
			{ webhookId: randomUUID(), credentials: { ryzeApi: { id, name: ofCredential } } },
		),
	),
	connections: {},
	settings: { executionOrder: 'v1' },
});

/**
 * A production webhook starts it; each of `list` in the body goes into the Ryze node.
 *
 * @param {string} path of the webhook
 * @param {Record<string, unknown>} parameters of the Ryze node
 * @param {object} [settings] of the Ryze node
 */
const called = (path, parameters, settings) => ({
	name: 'Called',
	nodes: inARow([
		node(
			'Webhook',
			'n8n-nodes-base.webhook',
			{ path, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
			{ typeVersion: 2, webhookId: randomUUID() },
		),
		node('Each', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'body.list', options: {} }),
		ryze(parameters, settings),
	]),
	connections: chain(['Webhook', 'Each', 'Ryze']),
	settings: { executionOrder: 'v1' },
});

module.exports = { byId, called, manual, triggered, triggeredByEach };
