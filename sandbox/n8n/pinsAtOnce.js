'use strict';

const { readExample } = require('./rig');

/** The example whose production webhook pins the message that it is called with. */
const EXAMPLE = 'event-pins-message.json';

/**
 * @typedef {object} PinsAtOnce
 * @property {string[]} ids The messages, one for each call.
 * @property {Array<{ status: number, body: any }>} answers Of n8n, in the order of `ids`; status 0
 * when the connection was lost.
 * @property {number} tookMs From the first call to the last answer.
 * @property {number} refused Requests that the sandbox refused for its rate limit.
 * @property {number} requests All that it was sent.
 */

/**
 * Calls the production webhook of a workflow with a Ryze node many times at once, each time for
 * another message, which the sandbox is told of first. Rate limit and windows of the sandbox are the
 * caller's to set; what it has recorded is forgotten.
 *
 * @param {Pick<import('./rig').Rig, 'addWorkflow' | 'n8n' | 'rest' | 'ryze'>} rig
 * @param {number} count
 * @returns {Promise<PinsAtOnce>}
 */
async function pinAtOnce({ addWorkflow, n8n, rest, ryze }, count) {
	const ids = Array.from({ length: count }, (_, index) => `3EB0AT0NCE${1_000_000 + index}`);
	ryze.reset();
	ryze.addMessages('demo', ids);
	const workflow = await addWorkflow(readExample(EXAMPLE));
	await rest.activateWorkflow(workflow);

	const startedAt = performance.now();
	const answers = await Promise.all(
		ids.map(async (messageId) => {
			try {
				const response = await fetch(`${n8n.url}/webhook/ryze-pin`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ messageId }),
				});
				return { status: response.status, body: await bodyOf(response) };
			} catch (error) {
				return { status: 0, body: String(error) };
			}
		}),
	);
	const tookMs = performance.now() - startedAt;
	const refused = ryze.requests.filter((request) => request.refused).length;
	const requests = ryze.requests.length;
	await rest.deactivateWorkflow(workflow);
	return { ids, answers, tookMs, refused, requests };
}

/** @param {Response} response @returns {Promise<any>} */
async function bodyOf(response) {
	const text = await response.text();
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/**
 * The shortest time in which an API with this limit can take so many requests: all of the last
 * window's can be sent the moment it begins.
 *
 * @param {number} count
 * @param {{ limit: number, windowMs: number }} limits
 * @returns {number} Milliseconds, without the round trip of the last request.
 */
const idealMs = (count, { limit, windowMs }) => (Math.ceil(count / limit) - 1) * windowMs;

module.exports = { idealMs, pinAtOnce };
