'use strict';

/** @typedef {{ email: string, password: string }} Account */

/** What n8n's REST API refused. */
class N8nRestError extends Error {
	/** @param {string} request @param {number} status HTTP status. @param {string} reason */
	constructor(request, status, reason) {
		super(`${request} was answered with ${status}: ${reason}`);
		this.name = 'N8nRestError';
		this.status = status;
	}
}

/** A login on a running n8n, through the REST API that its editor uses. */
class N8nSession {
	/** @param {string} url Of a running n8n, without a slash at the end. */
	constructor(url) {
		this.url = url;
		this.cookie = '';
	}

	/**
	 * Makes the owner account of a fresh n8n, and is logged in with it afterwards.
	 *
	 * @param {Account} account n8n wants 8 characters with a digit and a capital letter in a password.
	 */
	async setupOwner({ email, password }) {
		const names = { firstName: 'Ryze', lastName: 'Sandbox' };
		await this.request('POST', '/rest/owner/setup', { email, password, ...names });
	}

	/** @param {Account} account */
	async login({ email, password }) {
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/**
	 * @param {'GET' | 'POST' | 'PATCH' | 'DELETE'} method
	 * @param {string} path
	 * @param {unknown} [body] Sent as JSON.
	 * @returns {Promise<any>} What is under `data` in the answer; the answer itself without it.
	 */
	async request(method, path, body) {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				'content-type': 'application/json',
				// A login only counts together with the browser id that it was made with.
				'browser-id': 'ryze-rig',
				...(this.cookie ? { cookie: this.cookie } : {}),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		for (const cookie of response.headers.getSetCookie()) {
			if (cookie.startsWith('n8n-auth=')) this.cookie = cookie.split(';')[0];
		}
		const text = await response.text();
		if (!response.ok) throw new N8nRestError(`${method} ${path}`, response.status, reasonIn(text));
		const answer = JSON.parse(text);
		return answer.data === undefined ? answer : answer.data;
	}
}

/** @param {string} text The body of a refusal. */
function reasonIn(text) {
	try {
		return JSON.parse(text).message ?? text;
	} catch {
		return text.slice(0, 300);
	}
}

module.exports = { N8nRestError, N8nSession };
