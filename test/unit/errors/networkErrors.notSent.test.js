const fc = require('fast-check');
const networkErrors = require('../../../dist/nodes/Ryze/errors/networkErrors');
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

describe('A request that got no answer', () => {
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
