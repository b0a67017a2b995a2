/* What tests on n8n's engine and on a real n8n share about the sandbox. */

/** A webhook that the user has made by hand; no trigger may ever touch it. */
const OWN = {
	label: 'default',
	url: 'http://127.0.0.1:9/own',
	authorization: 'Bearer own',
	events: ['call.update'],
};

/** @param {number} status @param {string} message @returns {import('../../sandbox/ryze/types').Fault} */
const refusing = (status, message) => ({ status, body: { success: false, error: { message } } });

/**
 * How each attempt was answered.
 *
 * @param {import('../../sandbox/ryze/types').Delivery[]} deliveries
 */
const statuses = (deliveries) =>
	deliveries.map(({ attempts }) => attempts.map(({ status }) => status));

module.exports = { OWN, refusing, statuses };
