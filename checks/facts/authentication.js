'use strict';

const { LIMIT_HEADERS, answered, get, post, settings, UNKNOWN_MESSAGE } = require('./shared');

const from = 'Authentication';
const harmless = /** @type {const} */ ({ effect: 'harmless' });
const documented = /** @type {const} */ ({ from, standing: 'documented', ...harmless });
const assumed = /** @type {const} */ ({ from, standing: 'assumed', ...harmless });
const path = '/api/instance/getSettings';

const MISSING = /^Missing token( in header(, Authorization header, or query parameter)?)?$/;
const INVALID = /^(Invalid (instance |account )?token|Unauthenticated)$/;
const unknown = { message: UNKNOWN_MESSAGE, pin: { pin: false, messageId: UNKNOWN_MESSAGE } };

/** @type {import('../types').Fact[]} */
const authentication = [
	{
		fact: 'The header `token` opens the instance that the path names.',
		...documented,
		request: settings,
		expect: { status: 200, body: { success: 'true' } },
	},
	{
		fact: '`Authorization: Bearer` opens it too.',
		...documented,
		request: get(path, { token: 'own as bearer' }),
		expect: { status: 200, body: { success: 'true' } },
	},
	{
		fact: '`token` counts if both headers are sent.',
		...assumed,
		request: get(path, { token: 'own beside a wrong bearer' }),
		expect: { status: 200, body: { success: 'true' } },
	},
	{
		fact: 'No token: HTTP 401 with one of three sentences.',
		...documented,
		request: get(path, { token: 'none' }),
		expect: { status: 401, sentence: MISSING },
	},
	{
		fact: 'A token that nobody has: HTTP 401 with one of four sentences.',
		...documented,
		request: get(path, { token: 'wrong' }),
		expect: { status: 401, sentence: INVALID },
	},
	{
		fact: 'A request without a token is limited as well.',
		...assumed,
		from: 'Rate limit',
		request: get(path, { token: 'none' }),
		expect: { status: 401, headers: LIMIT_HEADERS },
	},
	{
		fact: 'A request with a wrong token is limited as well.',
		...assumed,
		from: 'Rate limit',
		request: get(path, { token: 'wrong' }),
		expect: { status: 401, headers: LIMIT_HEADERS },
	},
	{
		fact: 'Pin Message answers `Invalid token` to a wrong token.',
		...documented,
		from: 'Pin a message',
		request: post('/api/chat/pinMessage', unknown.pin, { token: 'wrong' }),
		expect: { status: 401, sentence: 'Invalid token' },
	},
	{
		fact: 'The token is checked before the name of the instance.',
		...assumed,
		request: get(path, { token: 'wrong', instance: 'unknown' }),
		expect: { status: 401, sentence: INVALID },
	},
	{
		fact: 'The token of another instance gets HTTP 403, `Instance token does not ma…`.',
		...documented,
		request: get(path, { instance: 'unknown' }),
		expect: { status: 403, sentence: /^Instance token does not ma/ },
		unless: answered(404, 'the token is that of the account'),
	},
	{
		fact: 'An instance that does not exist: HTTP 404 `Instance not found`.',
		...documented,
		request: get(path, { instance: 'unknown' }),
		expect: { status: 404, sentence: 'Instance not found' },
		unless: answered(403, 'the token is that of one instance'),
	},
	{
		fact: 'A path without a name: HTTP 400 `Instance name is required`.',
		...assumed,
		request: get(path, { instance: 'none' }),
		expect: { status: 400, sentence: 'Instance name is required' },
	},
	{
		fact: 'Upper and lower case of the name count.',
		...assumed,
		standing: 'seen in other clients',
		request: get(path, { instance: 'other case' }),
		expect: { status: [403, 404] },
	},
	{
		fact: 'The name in the path is URL-encoded.',
		...assumed,
		standing: 'seen in other clients',
		request: get(path, { instance: 'encoded' }),
		expect: { status: 200, body: { success: 'true' } },
	},
	{
		fact: 'An unknown path gets a 404 that is no JSON.',
		...assumed,
		from: 'Responses',
		request: get('/api/chat/noSuchEndpoint'),
		expect: { status: 404, plainText: true },
	},
];

module.exports = { authentication };
