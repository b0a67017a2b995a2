'use strict';

const { seeds } = require('../../sandbox/ryze');
const { useSandbox } = require('../support/sandboxCalls');

const { demo, second, offline } = seeds.instances;

const sandbox = useSandbox();

/** @param {string} query @param {string} [token] */
const list = (query, token) => sandbox.call(`/api/instance/list${query}`, undefined, { token });

describe('the list of instances', () => {
	it.each([
		['', [demo, second, offline]],
		['?instanceName=', [demo, second, offline]],
		['?instanceName=demo', [demo]],
		['?instanceName=second,offline', [second, offline]],
		['?instanceName=second,nobody', [second]],
		['?instanceName=nobody,nowhere', []],
	])('of the account with %j has those that are named', async (query, found) => {
		const [status, body] = await list(query);
		expect(status).toBe(200);
		expect(body).toMatchObject({ success: true, meta: { total: found.length } });
		expect(body.message).toBe(`${found.length} Instance${found.length === 1 ? '' : 's'} found`);
		expect(body.instances).toMatchObject(
			found.map(({ id, name, token, numberJid }) => ({
				id,
				name,
				token,
				connection: { numberJid },
			})),
		);
	});

	it.each(['', '?instanceName=second', '?instanceName=nobody'])(
		'of an instance token has that one, with %j as well',
		async (query) => {
			const [status, { instances }] = await list(query, demo.token);
			expect([status, instances]).toMatchObject([200, [{ name: 'demo' }]]);
			expect(instances).toHaveLength(1);
		},
	);

	it('responds with 404 for one name that nobody has', async () => {
		const error = { message: 'Instance not found' };
		expect(await list('?instanceName=nobody')).toEqual([404, { success: false, error }]);
	});

	it('says whether an instance is connected', async () => {
		for (const connected of [true, false]) {
			sandbox.ryze.setConnected('demo', connected);
			const [, { instances }] = await list('?instanceName=demo');
			const state = connected ? 'connected' : 'disconnected';
			expect(instances).toMatchObject([{ status: state, connection: { state } }]);
		}
	});

	it('wants a token', async () => {
		expect((await list('', 'no-such-token'))[0]).toBe(401);
		expect(sandbox.ryze.requests).toMatchObject([{ path: '/api/instance/list', status: 401 }]);
	});
});
