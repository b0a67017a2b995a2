'use strict';

const { setMaxListeners } = require('node:events');
const { setTimeout: sleep } = require('node:timers/promises');
const { targetOf } = require('./address');
const { attempt } = require('./post');
const { isEvent, listWebhooks } = require('./webhooks');

/**
 * @typedef {import('../types').Delivery} Delivery
 * @typedef {import('./post').HookRequest} HookRequest
 */

/**
 * Delivers events to the webhooks of an instance (docs/ryze-api.md, "Deliveries").
 *
 * Unknown in the docs; taken: every status but 2xx is tried again; URL and authorization are those
 * of the moment of the event, also for later attempts; webhooks and events do not wait for each
 * other, so their order is not kept.
 *
 * @param {import('../types').Settings} settings read at each delivery
 * @param {string} baseUrl as the envelope names it
 */
function createDeliverer(settings, baseUrl) {
	/** @type {Delivery[]} */
	const deliveries = [];
	/** @type {Set<Promise<unknown>>} */
	const underWay = new Set();
	let ending = newEnding();

	/**
	 * Sends one event to every enabled webhook that wants it, or only to one of them.
	 *
	 * @param {import('../types').Instance} instance
	 * @param {import('../types').EventName} event
	 * @param {object} data
	 * @param {import('../types').DeliverOptions} [options]
	 * @returns {Promise<Delivery[]>} once all are delivered or given up; sorted by label. Rejects on
	 * an event or label that does not exist: a mistake in the test.
	 */
	async function deliver(instance, event, data, options = {}) {
		if (!isEvent(event)) throw new Error(`The API has no event named "${event}"`);
		const all = listWebhooks(instance);
		if (options.label !== undefined && !all.some(({ label }) => label === options.label)) {
			throw new Error(`${instance.name} has no webhook labelled "${options.label}"`);
		}
		// Made once: a retry queue stores the bytes, so every attempt and receiver gets the same.
		const instanceData = { baseUrl, instance: instance.name, token: instance.token };
		const body = JSON.stringify({ event, data, instanceData });
		const chosen = all.filter(
			({ label, enabled, events }) =>
				enabled && events.includes(event) && label === (options.label ?? label),
		);
		const delivered = chosen.map(async (webhook) => {
			const { url, refusal } = targetOf(webhook, event);
			/** @type {Delivery} */
			const record = {
				instance: instance.name,
				label: webhook.label,
				url,
				event,
				attempts: [],
				delivered: false,
			};
			deliveries.push(record);
			if (refusal !== undefined) {
				record.attempts.push({ at: Date.now(), status: 0, reason: refusal });
				return record;
			}
			const { authorization = webhook.authorization, repeat = false } = options;
			const { signal } = ending;
			await tryDelivery(record, { url, body, authorization }, signal);
			if (repeat) await tryDelivery(record, { url, body, authorization }, signal);
			return record;
		});
		const done = Promise.all(delivered);
		underWay.add(done);
		return await done.finally(() => underWay.delete(done));
	}

	/**
	 * @param {Delivery} record
	 * @param {HookRequest} hookRequest
	 * @param {AbortSignal} signal
	 */
	async function tryDelivery(record, hookRequest, signal) {
		for (const delayMs of [0, ...settings.retryDelaysMs]) {
			if (delayMs > 0) await sleep(delayMs, undefined, { signal }).catch(() => {});
			if (signal.aborted) return;
			const tried = await attempt(hookRequest, { timeoutMs: settings.deliveryTimeoutMs, signal });
			record.attempts.push(tried);
			if (tried.status < 200 || tried.status > 299) continue;
			record.delivered = true;
			return;
		}
	}

	return {
		deliveries,
		deliver,

		/** Resolves when no delivery is under way, also none that began meanwhile. */
		async idle() {
			while (underWay.size > 0) await Promise.all(underWay);
		},

		/** Gives up what is under way. */
		cancel() {
			ending.abort();
			ending = newEnding();
		},
	};
}

function newEnding() {
	const ending = new AbortController();
	// Each delivery listens for the end, however many there are.
	setMaxListeners(0, ending.signal);
	return ending;
}

module.exports = { createDeliverer };
