const fc = require('fast-check');
const networkErrors = require('../../../build/nodes/Ryze/errors/networkErrors');
const { anyValue } = require('../../support/anyValue');

const { failureOfException, failureOfTimeout } = networkErrors;

/** @param {unknown} error */
const judge = (error) => failureOfException(error, 'https://ryzeapi.cloud/base', 'a1b2c3d4-token');

/** @param {string} code */
const coded = (code) => Object.assign(new Error(`It failed with ${code}`), { code });

const reasons = [
	['ENOTFOUND', 'the host name is unknown'],
	['EAI_AGAIN', 'the host name is unknown'],
	['ECONNREFUSED', 'the connection was refused'],
	['ECONNRESET', 'the connection was lost'],
	['EPIPE', 'the connection was lost'],
	['ECONNABORTED', 'the connection was lost'],
	['ERR_STREAM_PREMATURE_CLOSE', 'the connection was lost'],
	['ETIMEDOUT', 'the connection timed out'],
	['EHOSTUNREACH', 'there is no route to it'],
	['ENETUNREACH', 'there is no route to it'],
	['CERT_HAS_EXPIRED', 'its certificate was not accepted'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate was not accepted'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate was not accepted'],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its certificate was not accepted'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate was not accepted'],
	['ERR_SSL_WRONG_VERSION_NUMBER', 'the secure connection failed'],
	['EPROTO', 'the secure connection failed'],
	['HPE_INVALID_CONSTANT', 'the server there does not speak HTTP'],
	['ERR_BAD_RESPONSE', 'the response was cut off'],
];

describe('a request that gets no response', () => {
	it.each(reasons)('names the host and explains %s', (code, why) => {
		expect(judge(coded(code))).toEqual({
			message: expect.stringMatching(
				`^(Ryze could not be reached at|The connection to Ryze at) ryzeapi\\.cloud (failed )?\\(${why}, ${code}\\)$`,
			),
			description: expect.stringMatching(
				why === 'its certificate was not accepted'
					? /Check the certificate .*'Base URL'/
					: /Check the network .*'Base URL'/,
			),
			reason: 'unreachable',
			httpCode: null,
			uncertain: expect.any(Boolean),
		});
	});

	it.each([
		['on the error', coded('ECONNREFUSED')],
		['on a plain object', { code: 'ECONNREFUSED' }],
		['on its cause', { message: 'wrapped', code: 'OTHER', cause: coded('ECONNREFUSED') }],
		['on the cause, which is an object', { cause: { code: 'ECONNREFUSED' } }],
		["as n8n's httpCode", { message: 'wrapped', httpCode: 'ECONNREFUSED' }],
		[
			'on the error, beside an empty one on the cause',
			{ code: 'ECONNREFUSED', cause: { code: '' } },
		],
		['on the error, beside a cause that is no object', { code: 'ECONNREFUSED', cause: 'x' }],
		[
			'on an error about several addresses',
			Object.assign(new AggregateError([coded('ECONNREFUSED')]), { code: 'ECONNREFUSED' }),
		],
	])('finds the code %s', (_, error) => {
		expect(judge(error).message).toContain('(the connection was refused, ECONNREFUSED)');
	});

	it('takes a status for a response that was cut off, as n8n 1.x has no code for it', () => {
		const { message, uncertain } = judge({ message: 'stream has been aborted', httpCode: '200' });
		expect(message).toContain(' (the response was cut off, ERR_BAD_RESPONSE)');
		expect(uncertain).toBe(true);
	});

	it.each([
		['a code that nobody knows', coded('EMFILE'), ' (It failed with EMFILE, EMFILE)'],
		['a code with no text', { code: 'EMFILE' }, ' (EMFILE)'],
		['an error with no code', new Error('socket hang up'), ' (socket hang up)'],
		['a number for a code', { code: 7, message: 'odd' }, ' (odd)'],
		['an error that says nothing', new Error(''), ''],
		['undefined', undefined, ''],
		['null', null, ''],
		['a text', 'boom', ''],
	])('is told in one sentence for %s', (_, error, detail) => {
		expect(judge(error).message).toBe(`The connection to Ryze at ryzeapi.cloud failed${detail}`);
	});

	it.each(reasons.slice(0, 10))('does not take another code for %s', (code) => {
		expect(judge(coded(`X${code}`)).message).toContain(`, X${code})`);
		expect(judge(coded(`${code}X`)).message).toContain(`, ${code}X)`);
	});

	it('shows one line, without the token', () => {
		const { message } = judge(new Error('blocked\nfor a1b2c3d4-token'));
		expect(message).toBe('The connection to Ryze at ryzeapi.cloud failed (blocked for ***)');
	});

	it('removes the token before it cuts a long text', () => {
		const { message } = judge(new Error(`${'x'.repeat(495)}a1b2c3d4-token`));
		expect(message).not.toContain('a1b');
	});

	it('shows the port, but neither path nor password of the address', () => {
		const { message } = failureOfException(undefined, 'http://me:pw@127.0.0.1:8080/x?y', 'secret');
		expect(message).toBe('The connection to Ryze at 127.0.0.1:8080 failed');
	});

	it('is a failure that can be told, whatever was thrown', () => {
		const thrown = fc.oneof(
			anyValue,
			fc.string().map((text) => new Error(text)),
			fc.record({ message: anyValue, code: anyValue, httpCode: anyValue, cause: anyValue }),
			fc.string({ maxLength: 2000 }).map((code) => ({ cause: coded(code) })),
		);
		fc.assert(
			fc.property(thrown, (error) => {
				const { message, description, reason, httpCode, uncertain } = judge(error);
				expect(message).toMatch(
					uncertain
						? /^The connection to Ryze at ryzeapi\.cloud failed( \([^]+\))?$/
						: /^Ryze could not be reached at ryzeapi\.cloud( \([^]+\))?$/,
				);
				expect(description).toMatch(/Check the network/);
				expect([reason, httpCode]).toEqual(['unreachable', null]);
			}),
			{ numRuns: 300 },
		);
	});
});

describe('A request that got no response in time', () => {
	it.each([
		[30_000, '30 s'],
		[1500, '1.5 s'],
	])('says how long was waited: %i ms', (timeout, waited) => {
		expect(failureOfTimeout(timeout)).toEqual({
			message: `Ryze did not respond within ${waited}`,
			description: 'Ryze may be busy at the moment.',
			reason: 'timeout',
			httpCode: null,
			uncertain: true,
		});
	});
});
