'use strict';

const { Failure, json } = require('../answers');

/**
 * GET /api/instance/list (docs/ryze-api.md, "List instances"). The only endpoint without an instance
 * in its path. It works while instances are disconnected.
 *
 * Unknown in the docs; taken:
 * - The sentence of the 404: that of all endpoints. Names count in the same case as in a path.
 * - An empty `instanceName`: as none, so all instances of the account.
 * - `status`: as `connection.state`. What is in the summaries that are empty here.
 *
 * @type {import('../types').AccountEndpoint}
 */
function listInstances({ state, caller, query }) {
	const names = (query.get('instanceName') ?? '').split(',').filter((name) => name !== '');
	const all = [...state.instances.values()];
	const wanted =
		caller === 'account'
			? all.filter(({ name }) => names.length === 0 || names.includes(name))
			: all.filter(({ name }) => name === caller);
	if (names.length === 1 && wanted.length === 0) throw new Failure(404, 'Instance not found');
	return json(200, {
		success: true,
		message: wanted.length === 1 ? '1 Instance found' : `${wanted.length} Instances found`,
		instances: wanted.map(shown),
		meta: { total: wanted.length },
	});
}

/** @param {import('../types').Instance} instance */
function shown({ id, name, token, numberJid, connected, webhooks }) {
	const state = connected ? 'connected' : 'disconnected';
	return {
		id,
		name,
		token,
		status: state,
		connection: {
			state,
			numberJid,
			presenceStatus: connected ? 'available' : 'unavailable',
			displayStatus: connected ? 'Connected' : 'Disconnected',
		},
		profile: {
			name: `Sandbox ${name}`,
			pictureUrl: 'https://example.com/profile.jpg',
			isBusiness: false,
			businessName: '',
		},
		webhook: webhooks.get('default') ?? { enabled: false },
		websocket: { enabled: false, events: [], mediaBase64: false },
		chatwoot: {},
		proxy: {},
		settings: {},
		s3: {},
	};
}

module.exports = { method: 'GET', path: '/api/instance/list', answer: listInstances };
