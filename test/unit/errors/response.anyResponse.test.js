const fc = require('fast-check');
const { failureOfResponse } = require('../../../build/nodes/Ryze/errors/response');
const { LONGEST_TITLE } = require('../../../build/nodes/Ryze/errors/text');
const { stockSentences } = require('../../support/stockSentences');

const REASONS = [
	'invalid-parameter',
	'invalid-credential',
	'unauthorized',
	'forbidden',
	'instance-not-found',
	'message-not-found',
	'not-connected',
	'rate-limited',
	'unexpected-response',
	'server-error',
];

describe('any response', () => {
	it('is a success, or a failure that can be shown', () => {
		const anyStatus = fc.oneof(
			fc.integer({ min: 100, max: 599 }),
			fc.constantFrom(200, 201, 301, 400, 401, 403, 404, 429, 500, 502, 503, 504),
		);
		const anyHeaders = fc.dictionary(
			fc.constantFrom('location', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'date', 'other'),
			fc.oneof(fc.string(), fc.webUrl(), fc.integer().map(String), fc.array(fc.string())),
		);
		const sentence = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.lorem(),
			fc.constant('not connected'),
		);
		const anyBody = fc.oneof(
			fc.jsonValue(),
			fc.string(),
			fc.constantFrom(undefined, null, '', {}),
			fc.record({ success: fc.boolean(), error: fc.record({ message: sentence }) }),
			fc.record({ success: fc.boolean(), error: sentence, message: fc.jsonValue() }),
		);
		fc.assert(
			fc.property(anyStatus, anyHeaders, anyBody, (statusCode, headers, body) => {
				const failure = failureOfResponse({ statusCode, headers, body }, 'a1b2c3d4-token');
				const isObject = /^\[object Object\]$/.test(Object.prototype.toString.call(body));
				const said = isObject && /** @type {any} */ (body).success;
				const success = statusCode >= 200 && statusCode < 300 && isObject && said === true;
				expect(failure === undefined).toBe(success);
				if (!failure) return;
				expect(Object.keys(failure).sort()).toEqual([
					'description',
					'httpCode',
					'message',
					'reason',
					'uncertain',
				]);
				expect(failure.message).toMatch(/^[^\r\n\u2028\u2029]*\S[^\r\n\u2028\u2029]*$/);
				expect(failure.message.length).toBeLessThanOrEqual(LONGEST_TITLE + 1);
				expect(failure.description).toMatch(/^[A-Z'].*\.$/);
				expect(REASONS).toContain(failure.reason);
				expect(failure.httpCode).toBe(String(statusCode));
				expect(stockSentences).not.toContain(failure.message);
				expect(stockSentences).not.toContain(failure.description);
			}),
			{ numRuns: 500 },
		);
	});
});
