const { attempt } = require('../../../build/nodes/Ryze/transport/http');
const { retryWhen } = require('../../../build/nodes/Ryze/transport/retry');

const credential = { token: 'a1b2c3d4-token', instance: 'shop', baseUrl: 'https://r.cloud' };

/**
 * How one try ends when the network, or Ryze, does this.
 *
 * @param {Error | { statusCode: number, body: unknown }} outcome
 */
async function failed(outcome) {
	const context = /** @type {any} */ ({
		helpers: {
			httpRequestWithAuthentication: async () => {
				if (outcome instanceof Error) throw outcome;
				return { headers: {}, ...outcome };
			},
		},
	});
	const result = await attempt(
		context,
		credential,
		{ method: 'POST', path: '/api/x', idempotent: true },
		1000,
	);
	if (result.kind === 'succeeded') throw new Error('It did not fail');
	return result;
}

/** @param {string} sentence */
const says = (sentence) => ({ success: false, error: { message: sentence } });

/** @param {string} code @param {string} [syscall] */
const network = (code, syscall) => Object.assign(new Error('It failed'), { code, syscall });

const LIMIT = 'when the limit has room';
const PAUSE = 'after a pause';

/**
 * What test/engine/sentAgain.test.js cannot bring about over a real connection.
 *
 * @type {Array<[name: string, outcome: Parameters<typeof failed>[0], idempotent: string | undefined, other: string | undefined]>}
 */
const rows = [
	// Name, what happened, sent again when idempotent, sent again when not.
	['429 that mentions a phone', { statusCode: 429, body: says('not connected') }, LIMIT, LIMIT],
	[
		'429 that says the instance is not connected',
		{ statusCode: 429, body: says('Instance is not connected to WhatsApp') },
		LIMIT,
		LIMIT,
	],
	[
		'429 that tells of an internal problem',
		{ statusCode: 429, body: says('Failed to get instance') },
		LIMIT,
		LIMIT,
	],
	[
		'503 that says the instance is not connected',
		{ statusCode: 503, body: says('Instance is not connected to WhatsApp') },
		undefined,
		undefined,
	],
	['503 without a body', { statusCode: 503, body: '' }, PAUSE, undefined],
	[
		'504 of a gateway in JSON',
		{ statusCode: 504, body: says('Gateway timeout') },
		PAUSE,
		undefined,
	],
	[
		'500 about a message',
		{ statusCode: 500, body: says('message not found') },
		undefined,
		undefined,
	],
	['501', { statusCode: 501, body: '' }, undefined, undefined],
	['400', { statusCode: 400, body: says('Number is required') }, undefined, undefined],
	['401', { statusCode: 401, body: says('Invalid token') }, undefined, undefined],
	['404', { statusCode: 404, body: '' }, undefined, undefined],
	['302', { statusCode: 302, body: '' }, undefined, undefined],
	['EAI_AGAIN', network('EAI_AGAIN', 'getaddrinfo'), PAUSE, PAUSE],
	['EHOSTUNREACH', network('EHOSTUNREACH', 'connect'), PAUSE, PAUSE],
	['EHOSTDOWN', network('EHOSTDOWN', 'connect'), PAUSE, PAUSE],
	['ENETUNREACH', network('ENETUNREACH', 'connect'), PAUSE, PAUSE],
	['ENETDOWN', network('ENETDOWN', 'connect'), PAUSE, PAUSE],
	['EHOSTUNREACH while reading', network('EHOSTUNREACH', 'read'), PAUSE, undefined],
	['ECONNABORTED', network('ECONNABORTED'), PAUSE, undefined],
	['EPIPE', network('EPIPE', 'write'), PAUSE, undefined],
	['ETIMEDOUT', network('ETIMEDOUT'), PAUSE, undefined],
	['ETIMEDOUT of a connect', network('ETIMEDOUT', 'connect'), PAUSE, PAUSE],
	[
		'ECONNRESET before TLS, when nothing can have arrived',
		Object.assign(
			new Error('Client network socket disconnected before secure TLS connection was established'),
			{ code: 'ECONNRESET' },
		),
		PAUSE,
		undefined,
	],
	['EADDRNOTAVAIL of a connect', network('EADDRNOTAVAIL', 'connect'), PAUSE, PAUSE],
	['ECONNRESET of a connect', network('ECONNRESET', 'connect'), PAUSE, PAUSE],
	[
		'no connection to any address',
		new AggregateError([network('ETIMEDOUT', 'connect'), network('ECONNREFUSED', 'connect')]),
		PAUSE,
		PAUSE,
	],
	[
		'no connection to one address and a lost one to another',
		new AggregateError([network('ECONNREFUSED', 'connect'), network('ECONNRESET', 'read')]),
		PAUSE,
		undefined,
	],
	['ERR_STREAM_PREMATURE_CLOSE', network('ERR_STREAM_PREMATURE_CLOSE'), PAUSE, undefined],
	['CERT_HAS_EXPIRED', network('CERT_HAS_EXPIRED'), undefined, undefined],
	['EPROTO', network('EPROTO'), undefined, undefined],
	['HPE_INVALID_CONSTANT', network('HPE_INVALID_CONSTANT'), undefined, undefined],
	['ERR_INVALID_URL', network('ERR_INVALID_URL'), undefined, undefined],
	['XECONNRESET', network('XECONNRESET'), undefined, undefined],
	['an error without a code', new TypeError('x'), undefined, undefined],
];

describe('A request that failed with', () => {
	it.each(rows)('%s is sent again, or not', async (_, outcome, idempotent, other) => {
		const result = await failed(outcome);
		expect(retryWhen(result, true)).toBe(idempotent);
		expect(retryWhen(result, false)).toBe(other);
	});
});
