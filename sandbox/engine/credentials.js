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

	async getDecrypted() {
		return /** @type {any} */ ({ ...this.fields });
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
