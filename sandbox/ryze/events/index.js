'use strict';

const { incoming, newMessageId, outgoing } = require('../messages');
const { instanceOf } = require('../state');
const messageChanges = require('./message-changes');
const { messageExchange, withDefaults } = require('./message-exchange');
const otherEvents = require('./other-events');
const { listWebhooks, storeWebhook } = require('./webhooks');

/** Builders of the `data` of every event. */
const events = Object.freeze({ messageExchange, ...messageChanges, ...otherEvents });

/**
 * The part of the sandbox that a test uses for webhooks and events. Every method throws, or
 * rejects, when there is no instance with that name.
 *
 * @param {import('../types').State} state
 * @param {ReturnType<typeof import('./deliverer').createDeliverer>} deliverer
 */
function createEventControls(state, deliverer) {
	/**
	 * Sends one event to every enabled webhook of the instance that wants it.
	 *
	 * @param {string} instanceName
	 * @param {import('../types').EventName} event
	 * @param {object} data see `events`
	 * @param {import('../types').DeliverOptions} [options]
	 * @returns {Promise<import('../types').Delivery[]>} once all are delivered or given up
	 */
	async function deliver(instanceName, event, data, options) {
		return await deliverer.deliver(instanceOf(state, instanceName), event, data, options);
	}

	return {
		events,
		deliver,

		/** Every delivery, oldest first, also those under way. */
		deliveries: deliverer.deliveries,

		/** Resolves when no delivery is under way; the echo of a send is one. */
		idle: deliverer.idle,

		/**
		 * A message reaches the instance, or leaves from its phone (`direction: 'outgoing'`): from now
		 * on the instance knows it, and its webhooks are told.
		 *
		 * @param {string} instanceName
		 * @param {import('./message-exchange').Exchange} [exchange] the id is a new one by default
		 * @param {import('../types').DeliverOptions} [options]
		 * @returns {Promise<{ messageId: string, deliveries: import('../types').Delivery[] }>}
		 */
		async receive(instanceName, exchange = {}, options) {
			const { messages, numberJid } = instanceOf(state, instanceName);
			const isOwn = exchange.direction === 'outgoing';
			const messageId = exchange.id ?? newMessageId(state);
			const own = { jid: numberJid };
			const complete = withDefaults({
				...(isOwn ? { sender: own } : { recipient: own }),
				...exchange,
				id: messageId,
			});
			const { chat, sender, text: content, type, timestamp } = complete;
			const fields = { chat: chat.jid, content, type, timestamp };
			messages.set(
				messageId,
				isOwn ? outgoing(numberJid, fields) : incoming(numberJid, { ...fields, from: sender.jid }),
			);
			const data = messageExchange(complete);
			const deliveries = await deliver(instanceName, 'message.exchange', data, options);
			return { messageId, deliveries };
		},

		/**
		 * A webhook that someone made in another way than through the API.
		 *
		 * @param {string} instanceName
		 * @param {Parameters<typeof storeWebhook>[1]} row enabled by default, and labelled `default`
		 * @returns {import('../types').Webhook}
		 * @throws {Error} when the API would refuse it too
		 */
		setWebhook(instanceName, row) {
			return storeWebhook(instanceOf(state, instanceName), { enabled: true, ...row });
		},

		/**
		 * @param {string} instanceName
		 * @returns {import('../types').Webhook[]} copies, enabled and disabled, sorted by label
		 */
		webhooks(instanceName) {
			return listWebhooks(instanceOf(state, instanceName));
		},
	};
}

module.exports = { createEventControls, events };
