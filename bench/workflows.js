'use strict';

/**
 * @typedef {object} Work What is done with each item.
 * @property {string} type
 * @property {number} typeVersion
 * @property {Record<string, unknown>} parameters
 */

/**
 * @param {Record<string, unknown>} [options] Of the Ryze node.
 * @returns {Work}
 */
const ryze = (options = {}) => ({
	type: 'n8n-nodes-ryzeapi.ryze',
	typeVersion: 1,
	parameters: {
		resource: 'message',
		operation: 'pinMessage',
		pin: true,
		messageId: '={{ $json.id }}',
		duration: '7d',
		options,
	},
});

/**
 * The HTTP Request node, newest version, set up as someone would from Ryze's documents.
 *
 * @param {Record<string, unknown>} [options] Of the node.
 * @returns {(baseUrl: string) => Work}
 */
const httpRequest =
	(options = {}) =>
	(baseUrl) => ({
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: {
			method: 'POST',
			url: `${baseUrl}/api/chat/pinMessage/demo`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'ryzeApi',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={ "pin": true, "messageId": "{{ $json.id }}", "duration": "7d" }',
			options,
		},
	});

/**
 * The same node, told the limit by hand.
 *
 * @param {{ limit: number, windowMs: number }} limits
 */
const httpRequestBatched = ({ limit, windowMs }) =>
	httpRequest({ batching: { batch: { batchSize: limit, batchInterval: windowMs } } });

/** No work: what the rest of the workflow costs. @type {Work} */
const nothing = { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

/**
 * A production webhook that hands one item for each id to the work, and answers when all are done.
 *
 * @param {object} options
 * @param {string} options.path Of the webhook.
 * @param {string[]} options.ids
 * @param {Work} options.work
 * @param {{ id: string, name: string }} options.credential
 * @param {boolean} options.keep Whether n8n shall keep the data of the execution.
 */
function benchWorkflow({ path, ids, work, credential, keep }) {
	const webhook = { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} };
	const list = JSON.stringify({ list: ids.map((id) => ({ id })) });
	const items = { mode: 'raw', jsonOutput: list, options: {} };
	const each = { fieldToSplitOut: 'list', options: {} };
	const nodes = [
		{ name: 'Call', type: 'n8n-nodes-base.webhook', typeVersion: 2, parameters: webhook },
		{ name: 'Items', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: items },
		{ name: 'Each', type: 'n8n-nodes-base.splitOut', typeVersion: 1, parameters: each },
		{ name: 'Work', ...work, credentials: { ryzeApi: credential } },
	];
	const stored = keep ? 'all' : 'none';
	return {
		name: path,
		nodes: nodes.map((node) => ({ id: node.name, position: [0, 0], webhookId: path, ...node })),
		connections: Object.fromEntries(
			nodes
				.slice(1)
				.map(({ name }, index) => [
					nodes[index].name,
					{ main: [[{ node: name, type: 'main', index: 0 }]] },
				]),
		),
		settings: {
			executionOrder: 'v1',
			saveDataSuccessExecution: stored,
			saveDataErrorExecution: stored,
		},
	};
}

module.exports = { benchWorkflow, httpRequest, httpRequestBatched, nothing, ryze };
