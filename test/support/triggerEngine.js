const { join } = require('node:path');
const { loadEngine } = require('../../sandbox/engine');
const { startReceiver } = require('../../sandbox/engine/receiver');
const { seeds, startRyze } = require('../../sandbox/ryze');
const { OWN, refusing, statuses } = require('./sandbox');

/** @typedef {Partial<import('../../sandbox/engine/trigger').TriggerOptions>} TriggerOptions */

const { demo } = seeds.instances;

/** The trigger on n8n's engine, a web server in the place of n8n's, and its own sandbox. */
async function startTriggerHarness() {
	const engine = await loadEngine(join(__dirname, '../..'));
	const receiver = await startReceiver();
	const ryze = await startRyze({ limit: 1_000_000, retryDelaysMs: [20] });
	let workflows = 0;
	const credential = { token: demo.token, instance: demo.name, baseUrl: ryze.url };

	/** @param {TriggerOptions} [options] */
	const trigger = (options = {}) =>
		engine.trigger({ n8nUrl: receiver.url, credential, ...options });

	return {
		ryze,
		receiver,
		credential,
		trigger,

		/**
		 * A trigger that is on, of a workflow that no event has started yet.
		 *
		 * @param {TriggerOptions} [options]
		 */
		async listening(options) {
			const made = trigger({ workflowId: `wf-${++workflows}`, ...options });
			await made.switchOn();
			receiver.listenFor(made);
			return made;
		},

		/** The items of each workflow that was started. */
		items: () =>
			receiver.started.map(({ items }) => items.map(({ json }) => /** @type {any} */ (json))),

		/** The bodies of all that was sent to change something at Ryze. */
		posted: () =>
			ryze.requests.flatMap(({ method, body }) =>
				method === 'POST' ? [/** @type {any} */ (body)] : [],
			),

		/** The webhooks of triggers at Ryze. */
		ours: () => ryze.webhooks('demo').filter(({ label }) => label.startsWith('n8n-')),

		reset() {
			ryze.reset();
			receiver.reset();
		},

		async stop() {
			await ryze.stop();
			await receiver.stop();
		},
	};
}

/**
 * What n8n shows of a failure.
 *
 * @param {Promise<unknown>} promise
 * @returns {Promise<any>}
 */
async function failureOf(promise) {
	try {
		await promise;
	} catch (error) {
		return error;
	}
	throw new Error('It did not fail');
}

module.exports = { failureOf, OWN, refusing, seeds, startTriggerHarness, statuses };
