const fc = require('fast-check');
const networkErrors = require('../../../build/nodes/Ryze/errors/networkErrors');
const { anyValue } = require('../../support/anyValue');

const { failureOfException } = networkErrors;

/** @param {unknown} error */
const mayHaveArrived = (error) => failureOfException(error, 'https://r.cloud', 's').uncertain;

/** @param {string} code */
const coded = (code) => Object.assign(new Error('It failed'), { code });

const notSent = [
	'ENOTFOUND',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EHOSTDOWN',
	'ENETDOWN',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

const maybeSent = [
	'ECONNRESET',
	'EPIPE',
	'ECONNABORTED',
	'ERR_STREAM_PREMATURE_CLOSE',
	'ETIMEDOUT',
	'HPE_INVALID_CONSTANT',
	'EPROTO',
	'ERR_SSL_WRONG_VERSION_NUMBER',
	'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
	'EMFILE',
	'ERR_BAD_RESPONSE',
	'',
	'econnrefused',
	'XECONNREFUSED',
	'ECONNREFUSEDX',
	'ENOTFOUND ',
];

describe('A request that got no response', () => {
	it.each(notSent)('cannot have arrived when it failed with %s', (code) => {
		expect(mayHaveArrived(coded(code))).toBe(false);
		expect(mayHaveArrived({ code: 'OTHER', cause: coded(code) })).toBe(false);
		expect(mayHaveArrived({ httpCode: code })).toBe(false);
	});

	it.each(maybeSent)('may have arrived when it failed with "%s"', (code) => {
		expect(mayHaveArrived(coded(code))).toBe(true);
		expect(mayHaveArrived({ code, cause: coded(code) })).toBe(true);
		expect(mayHaveArrived({ httpCode: code })).toBe(true);
	});

	it('is judged by the cause when the error around it says something else', () => {
		expect(mayHaveArrived({ code: 'ECONNREFUSED', cause: coded('ECONNRESET') })).toBe(true);
	});

	it.each([undefined, null, 'ECONNREFUSED', ['ECONNREFUSED'], new Error('ECONNREFUSED'), {}])(
		'may have arrived when the error has no code: %p',
		(error) => expect(mayHaveArrived(error)).toBe(true),
	);

	it.each(['read', 'write', 'writev'])(
		'may have arrived when the route was lost during a %s',
		(syscall) => {
			const lost = Object.assign(coded('EHOSTUNREACH'), { syscall });
			expect(mayHaveArrived(lost)).toBe(true);
			expect(mayHaveArrived(Object.assign(coded('EHOSTUNREACH'), { syscall: 'connect' }))).toBe(
				false,
			);
		},
	);

	/** @param {string} code @param {string} [syscall] */
	const inner = (code, syscall) => Object.assign(coded(code), { syscall });

	const refused = inner('ECONNREFUSED', 'connect');
	const givenUp = inner('ETIMEDOUT', 'connect');

	/** As Node.js does it: with the code of the first one. @param {any[]} errors */
	const allOf = (...errors) => Object.assign(new AggregateError(errors), { code: errors[0].code });

	/** As n8n 2.x wraps it: an error of the node around one of its HTTP client. @param {any} error */
	const wrapped = (error) => ({
		httpCode: error.code,
		cause: Object.assign(coded(error.code), { cause: error }),
	});

	/** As n8n 1.x does: without any cause. @param {string} httpCode @param {string[]} said */
	const inWords = (httpCode, ...said) => ({ httpCode, messages: [said.join(' | ')] });

	/** @type {Array<[string, any]>} */
	const neverConnected = [
		['one address, given up', givenUp],
		['one address given up, the other refused', allOf(givenUp, refused)],
		['the other way round', allOf(refused, givenUp)],
		['several addresses', allOf(givenUp, inner('ENETUNREACH', 'connect'), refused)],
		['a lookup among them', allOf(inner('EAI_AGAIN', 'getaddrinfo'), givenUp)],
		['a list in a list', allOf(allOf(givenUp, refused), givenUp)],
		['no free port', inner('EADDRNOTAVAIL', 'connect')],
		['a reset of the connection that was not there yet', inner('ECONNRESET', 'connect')],
		['an address that is none', inner('EINVAL', 'connect')],
	];

	it.each(neverConnected)('cannot have arrived when no connection was made: %s', (_, error) => {
		for (const around of [error, wrapped(error), wrapped(wrapped(error))]) {
			const { message, uncertain } = failureOfException(around, 'https://r.cloud', 's');
			expect(message).toMatch(/^Ryze could not be reached at r\.cloud \(.+\)$/);
			expect(uncertain).toBe(false);
		}
	});

	it.each([
		['connect ETIMEDOUT 127.0.0.1:443'],
		['connect ETIMEDOUT 127.0.0.1:443', 'connect ECONNREFUSED ::1:443'],
		['connect ECONNREFUSED ::1:443', 'connect ETIMEDOUT 127.0.0.1:443'],
		['connect ETIMEDOUT 10.0.0.1:443', 'connect ENETUNREACH ::1:443 - Local (:::0)'],
	])('cannot have arrived when n8n 1.x says so: %s', (...said) => {
		expect(mayHaveArrived(inWords('ETIMEDOUT', ...said))).toBe(false);
	});

	/** @type {Array<[string, any]>} */
	const oneMayBe = [
		['a connection that was lost', allOf(refused, inner('ECONNRESET', 'read'))],
		['a route that was lost', allOf(refused, inner('EHOSTUNREACH', 'write'))],
		['a timeout of no system call', allOf(refused, inner('ETIMEDOUT'))],
		['an unknown end', allOf(refused, new Error('?'))],
		['nothing that is known', allOf(givenUp, {})],
	];

	it.each(oneMayBe)('may have arrived when one of the addresses had %s', (_, error) => {
		for (const around of [error, wrapped(error), wrapped(wrapped(error))]) {
			expect(mayHaveArrived(around)).toBe(true);
		}
	});

	it.each([
		['ECONNREFUSED', 'connect ECONNREFUSED ::1:443', 'read ECONNRESET'],
		['ECONNREFUSED', 'connect ECONNREFUSED ::1:443', 'socket hang up'],
		['EHOSTUNREACH', 'read EHOSTUNREACH'],
		['ETIMEDOUT', 'read ETIMEDOUT'],
		['ECONNRESET', 'socket hang up'],
	])('may have arrived when n8n 1.x says so: %s', (code, ...said) => {
		expect(mayHaveArrived(inWords(code, ...said))).toBe(true);
	});

	it('cannot have arrived when the connection was lost before it was secure', () => {
		const said = 'Client network socket disconnected before secure TLS connection was established';
		const lost = Object.assign(new Error(said), { code: 'ECONNRESET' });
		for (const error of [lost, wrapped(lost), inWords('ECONNRESET', said)]) {
			expect(failureOfException(error, 'https://r.cloud', 's')).toMatchObject({
				message:
					'Ryze could not be reached at r.cloud (no secure connection could be made, ECONNRESET)',
				uncertain: false,
			});
		}
	});

	it('is judged although an error is its own cause', () => {
		const error = inner('ETIMEDOUT', 'connect');
		expect(mayHaveArrived(Object.assign(error, { cause: error }))).toBe(false);
		expect(mayHaveArrived(Object.assign(coded('EPIPE'), { errors: [error, {}] }))).toBe(true);
	});

	it('may have arrived unless its code says otherwise, whatever was thrown', () => {
		const code = fc.oneof(fc.constantFrom(...notSent, ...maybeSent), fc.string(), anyValue);
		const thrown = fc.record({ code, cause: fc.record({ code }) }, { requiredKeys: [] });
		const isText = (/** @type {unknown} */ value) => typeof value === 'string' && value !== '';
		fc.assert(
			fc.property(thrown, (error) => {
				const found = [error.cause?.code, error.code].find(isText);
				const safe = notSent.includes(/** @type {any} */ (found));
				// Any code about a certificate is safe, not only those listed.
				const secure = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/.test(String(found));
				expect(mayHaveArrived(error)).toBe(!(safe || secure));
			}),
			{ numRuns: 500 },
		);
	});
});
