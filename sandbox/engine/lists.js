const { ExternalSecretsProxy, LoadOptionsContext } = require('./core');
const { Workflow } = require('n8n-workflow');
const { CredentialsHelper } = require('./credentials');
const { nodeOf } = require('./nodes');

/**
 * @typedef {object} ListOptions
 * @property {'ryze' | 'ryzeTrigger'} [form] the node that has the list
 * @property {string} method of `listSearch`
 * @property {string} [filter] what the user searches for
 * @property {string} [page] the token of the next page
 * @property {Record<string, unknown>} [parameters] of the node
 * @property {import('./credentials').CredentialFields} credential
 */

/**
 * Fills a list in the editor as n8n does (dynamic-node-parameters.service.js of n8n 2.41.1).
 *
 * @param {import('./trigger').LoadedPackage} loaded
 * @param {ListOptions} options
 * @returns {Promise<import('n8n-workflow').INodeListSearchResult>}
 */
async function searchList({ packageName, credentialType, nodeTypes }, options) {
	const { form = 'ryze', method, filter, page, parameters = {}, credential } = options;
	const node = {
		...nodeOf('Ryze', `${packageName}.${form}`),
		parameters: /** @type {any} */ (parameters),
		credentials: { ryzeApi: { id: '1', name: 'Ryze WhatsApp API' } },
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = /** @type {any} */ ({
		credentialsHelper: new CredentialsHelper(credentialType, credential),
		externalSecretsProxy: new ExternalSecretsProxy(),
		currentNodeParameters: parameters,
		variables: {},
	});
	const context = new LoadOptionsContext(workflow, node, additionalData, '');
	const { listSearch } = nodeTypes.getByName(node.type).methods;
	return await listSearch[method].call(context, filter, page);
}

module.exports = { searchList };
