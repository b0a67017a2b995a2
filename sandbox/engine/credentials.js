const { ICredentialsHelper } = require('n8n-workflow');

/** @typedef {{ token?: unknown, instance?: unknown, baseUrl?: unknown }} CredentialFields */

/** n8n's own helper lives in the server; this one lets the credential sign a request as it does. */
class CredentialsHelper extends ICredentialsHelper {
	/**
	 * @param {import('n8n-workflow').ICredentialType} type
	 * @param {CredentialFields} fields
	 */
	constructor(type, fields) {
		super();
		this.type = type;
		this.fields = fields;
	}

	getParentTypes() {
		return [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	getCredentialsProperties() {
		return this.type.properties;
	}

	/**
	 * n8n resolves expressions in a credential for the item whose index the node gives.
	 *
	 * @param {any} _additionalData
	 * @param {any} _nodeCredentials
	 * @param {any} _type
	 * @param {any} mode
	 * @param {any} _executeData
	 * @param {any} _raw
	 * @param {any} [values] what expressions are resolved with
	 */
	async getDecrypted(_additionalData, _nodeCredentials, _type, mode, _executeData, _raw, values) {
		const fields = /** @type {any} */ ({ ...this.fields });
		if (!values) return fields;
		const { workflow, node, runExecutionData, runIndex, itemIndex, connectionInputData } = values;
		return workflow.expression.getParameterValue(
			fields,
			runExecutionData,
			runIndex,
			itemIndex,
			node.name,
			connectionInputData,
			mode,
			{},
			undefined,
			false,
			fields,
		);
	}

	async preAuthentication() {
		return undefined;
	}

	async runPreAuthentication() {
		return undefined;
	}

	/**
	 * @param {any} credentials
	 * @param {string} _name
	 * @param {any} request
	 */
	async authenticate(credentials, _name, request) {
		return await /** @type {any} */ (this.type).authenticate(credentials, request);
	}

	async getCredentials() {
		return /** @type {any} */ (undefined);
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData() {}
}

module.exports = { CredentialsHelper };
