'use strict';

const { Failure, json } = require('../answers');
const { SETTINGS } = require('./get-settings');

/**
 * GET /api/instance/list (docs/ryze-api.md, "Instance settings"). An empty filter lists all.
 *
 * Unknown in the docs; taken: blanks around the names of the filter do not count, several names
 * that are all unknown give an empty list, and the order is that of creation.
 *
 * @type {import('../types').Endpoint}
 */
function listInstances({ state, caller, query }) {
	const all = [...state.instances.values()];
	const found = caller === 'account' ? filtered(all, query) : all.filter((i) => i.name === caller);
	return json(200, {
		success: true,
		message: found.length === 1 ? '1 Instance found' : `${found.length} Instances found`,
		instances: found.map(describe),
		meta: { total: found.length },
	});
}

/**
 * @param {import('../types').Instance[]} all
 * @param {URLSearchParams} query
 */
function filtered(all, query) {
	const names = (query.get('instanceName') ?? '')
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
	if (names.length === 0) return all;
	const found = all.filter(({ name }) => names.includes(name));
	if (names.length === 1 && found.length === 0) throw new Failure(404, 'Instance not found');
	return found;
}

/**
 * Unknown in the docs; taken: the number is null while disconnected, and the blocks whose fields
 * were not visible are empty.
 *
 * @param {import('../types').Instance} instance
 */
function describe({ id, name, token, numberJid, connected }) {
	const state = connected ? 'connected' : 'disconnected';
	return {
		id,
		name,
		token,
		status: state,
		connection: {
			state,
			numberJid: connected ? numberJid : null,
			presenceStatus: connected ? 'available' : 'unavailable',
			displayStatus: '',
		},
		profile: { name: `Sandbox ${name}`, pictureUrl: '', isBusiness: false, businessName: '' },
		webhook: {},
		websocket: { enabled: false, events: [], mediaBase64: false },
		chatwoot: {},
		proxy: {},
		settings: SETTINGS,
		s3: {},
	};
}

module.exports = { listInstances };
