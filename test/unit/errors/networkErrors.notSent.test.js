const fc = require('fast-check');
const silence = require('../../../dist/nodes/Ryze/errors/networkErrors');
const { anyValue } = require('../../support/anyValue');

const { failureOfException, mayPass, surelyNotSent } = silence;

const UNCERTAIN = 'The message may have been delivered all the same.';

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
	'ERR_SSL_WRONG_VERSION_NUMBER',
	'EPROTO',
];

const maybeSent = [
	'ECONNRESET',
	'EPIPE',
	'ECONNABORTED',
	'ERR_STREAM_PREMATURE_CLOSE',
	'ETIMEDOUT',
	'HPE_INVALID_CONSTANT',
	'EMFILE',
	'ERR_BAD_RESPONSE',
	'',
	'econnrefused',
	'XECONNREFUSED',
	'ECONNREFUSEDX',
	'ENOTFOUND ',
];

describe('a request that Ryze surely did not get', () => {
	it.each(notSent)('has failed with %s', (code) => {
		expect(surelyNotSent(coded(code))).toBe(true);
		expect(surelyNotSent({ code: 'OTHER', cause: coded(code) })).toBe(true);
		expect(surelyNotSent({ httpCode: code })).toBe(true);
	});

	it.each(maybeSent)('has not failed with "%s"', (code) => {
		expect(surelyNotSent(coded(code))).toBe(false);
		expect(surelyNotSent({ code, cause: coded(code) })).toBe(false);
		expect(surelyNotSent({ httpCode: code })).toBe(false);
	});

	it('goes by the cause, where the wrapping says something else', () => {
		expect(surelyNotSent({ code: 'ECONNREFUSED', cause: coded('ECONNRESET') })).toBe(false);
	});

	it.each([undefined, null, 'ECONNREFUSED', ['ECONNREFUSED'], new Error('ECONNREFUSED'), {}])(
		'is not known of an error without a code: %p',
		(error) => expect(surelyNotSent(error)).toBe(false),
	);

	it('never may have been carried out, and all others may, whatever was thrown', () => {
		const code = fc.oneof(fc.constantFrom(...notSent, ...maybeSent), fc.string(), anyValue);
		const thrown = fc.oneof(
			anyValue,
			fc.record({ code, httpCode: code, message: fc.string(), cause: anyValue }),
			fc.record({ code, cause: fc.record({ code }) }, { requiredKeys: [] }),
		);
		fc.assert(
			fc.property(thrown, (error) => {
				const { description } = failureOfException(error, 'https://r.cloud', 's', UNCERTAIN);
				expect(description.includes(UNCERTAIN)).toBe(!surelyNotSent(error));
			}),
			{ numRuns: 500 },
		);
	});

	it('is not for that reason worth another try', () => {
		expect(notSent.filter((code) => !mayPass(coded(code)))).toEqual([
			'CERT_HAS_EXPIRED',
			'DEPTH_ZERO_SELF_SIGNED_CERT',
			'ERR_TLS_CERT_ALTNAME_INVALID',
			'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
			'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
			'ERR_SSL_WRONG_VERSION_NUMBER',
			'EPROTO',
		]);
	});
});
