const { failureOfResponse } = require('../../../build/nodes/Ryze/errors/response');
const { maskSecret } = require('../../../build/nodes/Ryze/errors/secrets');
const { LONGEST_TITLE } = require('../../../build/nodes/Ryze/errors/text');
const { RyzeError } = require('../../../build/nodes/Ryze/errors/RyzeError');

/** @typedef {import('../../../build/nodes/Ryze/errors/RyzeError').Failure} Failure */

const TOKEN = 'a1b2c3d4-token';

/**
 * @param {number} statusCode
 * @param {unknown} body
 * @param {Record<string, unknown>} [headers]
 */
const judge = (statusCode, body, headers = {}) =>
	failureOfResponse({ statusCode, headers, body }, TOKEN);

/** @param {string} sentence in the form of docs/ryze-api.md, "Responses" */
const says = (sentence) => ({ success: false, error: { message: sentence } });

describe('an object that says success: true', () => {
	it.each([200, 201, 202, 299])('is a success with HTTP %i', (status) => {
		expect(judge(status, { success: true, pinned: true })).toBeUndefined();
	});

	it.each([{}, { ok: true }, { success: 'true' }, { success: 1 }])(
		'is the only success: not %j',
		(body) => {
			expect(judge(200, body)).toMatchObject({
				message:
					'Received HTTP 200 with JSON that is not from Ryze instead of a response from Ryze',
				reason: 'unexpected-response',
			});
		},
	);

	it.each([199, 300, 400, 500])('is no success with HTTP %i', (status) => {
		expect(judge(status, { success: true })).toBeDefined();
	});
});

describe('an error message of Ryze', () => {
	it.each([
		[
			500,
			'message with ID 3EB0 12 not found',
			'message-not-found',
			/sent or received.*the instance is the one that/,
		],
		[404, 'Message not found', 'message-not-found', /sent or received/],
		[500, 'invalid duration "1h": use "24h", "7d" or "30d"', 'invalid-parameter', /24h, 7d or 30d/],
		[
			500,
			'WhatsApp client is not connected',
			'not-connected',
			/Connect the phone of this instance again/,
		],
		[
			503,
			'WhatsApp client is not connected',
			'not-connected',
			/^Connect the phone of this instance again \(https:.*\)\.$/,
		],
		[400, 'Instance is not connected to WhatsApp', 'not-connected', /phone of this instance/],
		[503, 'Instance is not connected to WhatsApp', 'not-connected', /phone of this instance/],
		[400, 'Number is required', 'invalid-parameter', /country code, or the ID of a chat/],
		[400, 'either number or chat', 'invalid-parameter', /country code, or the ID of a chat/],
		[400, 'A number is wrong', 'invalid-parameter', /one of the values/],
		[400, 'Numbers are wrong', 'invalid-parameter', /one of the values/],
		[500, 'Number is required', 'server-error', /could not complete the request/],
		[400, 'message ID is required', 'invalid-parameter', /^Enter the ID of a message\.$/],
		[400, 'messageId is required', 'invalid-parameter', /^Enter the ID of a message\.$/],
		[400, 'Instance name is required', 'invalid-credential', /'Instance' in the Ryze WhatsApp API/],
		[400, 'Invalid request body: unexpected EOF', 'invalid-parameter', /one of the values/],
		[400, 'Something new about a field', 'invalid-parameter', /one of the values/],
		[401, 'Invalid token', 'unauthorized', /'Token' in the Ryze WhatsApp API credential/],
		...[
			'Invalid instance token',
			'Invalid account token',
			'Missing token',
			'Missing token in header',
			'Missing token in header, Authorization header, or query parameter',
		].map(
			(sentence) =>
				/** @type {[number, string, string, RegExp]} */ ([
					404,
					sentence,
					'unauthorized',
					/'Token' in the Ryze WhatsApp API credential/,
				]),
		),
		[
			500,
			'Failed to get settings configuration',
			'server-error',
			/could not handle the request.*Ryze support/,
		],
		[404, 'Failed to get instance', 'server-error', /could not handle the request/],
		[
			401,
			'Something about the token',
			'unauthorized',
			/'Token' in the Ryze WhatsApp API credential/,
		],
		[429, 'Slow down', 'rate-limited', /everything that uses the token/],
		[401, 'Unauthenticated', 'unauthorized', /'Token' in the Ryze WhatsApp API credential/],
		[403, 'Instance token does not match', 'forbidden', /'Token' and 'Instance'.*do not match/],
		[404, 'Instance not found', 'instance-not-found', /'Instance'.*upper and lower case/],
		[
			429,
			'Rate limit exceeded. Try again later.',
			'rate-limited',
			/everything that uses the token/,
		],
		[500, 'pq: too many clients', 'server-error', /could not complete the request/],
		[501, 'not supported', 'server-error', /could not complete the request/],
		[502, 'Bad gateway', 'server-error', /could not complete the request/],
		[404, 'Cannot POST /api', 'unexpected-response', /'Base URL'/],
		[409, 'Conflict', 'unexpected-response', /'Base URL'/],
	])(
		'(HTTP %i, %s) is the title, and gives the reason %s',
		(status, sentence, reason, description) => {
			expect(judge(status, says(sentence))).toEqual({
				message: sentence,
				description: expect.stringMatching(description),
				reason,
				httpCode: String(status),
				uncertain: reason === 'server-error',
			});
		},
	);

	it.each([
		['MESSAGE WITH ID x NOT found', 'message-not-found'],
		['Invalid Duration "x"', 'invalid-parameter'],
		['Client is Not Connected', 'not-connected'],
		['MESSAGEID IS REQUIRED', 'invalid-parameter'],
		['instance NAME is required', 'invalid-credential'],
		['INSTANCE NOT FOUND', 'instance-not-found'],
		['INVALID request body: x', 'invalid-parameter'],
	])(
		'(%s) is recognized in upper and lower case, but only at its beginning',
		(sentence, reason) => {
			expect(judge(500, says(sentence))?.reason).toBe(reason);
			const later = reason === 'not-connected' ? reason : 'server-error';
			expect(judge(500, says(`Worker: ${sentence}`))?.reason).toBe(later);
		},
	);

	it.each([
		['in error.message', { error: { message: 'It broke' }, message: 'not this' }],
		['in error', { error: 'It broke', message: 'not this' }],
		['in message', { message: 'It broke' }],
		['in message, beside an empty error', { error: { message: ' ' }, message: 'It broke' }],
		['in message, beside an error that is no text', { error: { message: 5 }, message: 'It broke' }],
		['on several lines', says('  It\r\n\tbroke \n')],
	])('is found %s', (_, body) => {
		expect(judge(500, body)?.message).toBe('It broke');
	});

	it('is cut where it is long', () => {
		const longest = 'x'.repeat(LONGEST_TITLE);
		expect(judge(500, says(longest))?.message).toBe(longest);
		expect(judge(500, says(`${longest}y`))?.message).toBe(`${longest}…`);
	});

	it('makes a 200 with success: false an error', () => {
		expect(judge(200, says('Instance not found'))).toMatchObject({
			message: 'Instance not found',
			reason: 'instance-not-found',
			httpCode: '200',
		});
		expect(judge(200, { success: false })).toMatchObject({
			message: 'Ryze responded with HTTP 200 and no explanation',
			reason: 'unexpected-response',
		});
	});
});

describe('a 429', () => {
	const tooMany = says('Rate limit exceeded. Try again later.');

	it.each(['0', undefined, 'many', ''])('is the limit of the token with %j remaining', (left) => {
		const failure = judge(429, tooMany, { 'x-ratelimit-remaining': left });
		expect(failure?.reason).toBe('rate-limited');
		expect(failure?.description).toMatch(/per minute for each token/);
	});

	it('is probably WhatsApp when the token has requests left', () => {
		const failure = judge(429, tooMany, { 'x-ratelimit-remaining': '1' });
		expect(failure?.reason).toBe('rate-limited');
		expect(failure?.description).toMatch(/still has room.*WhatsApp/);
		const other = judge(400, says('It broke'), { 'x-ratelimit-remaining': '1' });
		expect(other?.reason).toBe('invalid-parameter');
	});

	it('means what a known error message says, whatever the token has left', () => {
		const failure = judge(429, says('WhatsApp client is not connected'), {
			'x-ratelimit-remaining': '1',
		});
		expect(failure?.reason).toBe('not-connected');
	});

	it.each(['<html>', '', null])(
		'comes from something in front of Ryze with the body %j',
		(body) => {
			expect(judge(429, body)).toMatchObject({
				description: expect.stringMatching(/^Something in front of Ryze.* limits the requests/),
				reason: 'rate-limited',
				uncertain: false,
			});
		},
	);
});

describe('a response with no error message', () => {
	it.each([
		[200, '', 'no content', 'unexpected-response'],
		[204, undefined, 'no content', 'unexpected-response'],
		[200, null, 'no content', 'unexpected-response'],
		[200, ' <!DOCTYPE html><p>Welcome', 'a web page', 'unexpected-response'],
		[200, '<?xml version="1.0"?>', 'a web page', 'unexpected-response'],
		[200, '<HTML>', 'a web page', 'unexpected-response'],
		[200, 'OK <b>', 'plain text', 'unexpected-response'],
		[200, [{ success: true }], 'JSON that is not an object', 'unexpected-response'],
		[200, true, 'JSON that is not an object', 'unexpected-response'],
		[200, 0, 'JSON that is not an object', 'unexpected-response'],
		[401, '<html>', 'a web page', 'unexpected-response'],
		[404, 'page not found', 'plain text', 'unexpected-response'],
		[500, '', 'no content', 'server-error'],
		[502, '<html><h1>502 Bad Gateway</h1>', 'a web page', 'server-error'],
		[503, {}, 'JSON that is not from Ryze', 'server-error'],
		[504, { error: {} }, 'JSON that is not from Ryze', 'server-error'],
	])('(HTTP %i, %j) is called %s, with the reason %s', (status, body, kind, reason) => {
		expect(judge(status, body)).toEqual({
			message: `Received HTTP ${status} with ${kind} instead of a response from Ryze`,
			description: expect.stringMatching(/'Base URL'.*proxy.*try again/),
			reason,
			httpCode: String(status),
			uncertain: status < 300 || status >= 500,
		});
	});
});

describe('A proxy that stopped waiting', () => {
	it.each([
		[408, '<html>'],
		[408, { error: 'Request Timeout' }],
		[499, { message: 'client closed request' }],
	])('is not taken for a refusal of Ryze: %i %j', (status, body) => {
		expect(judge(status, body)).toMatchObject({
			description: expect.stringMatching(/^Something in front of Ryze.* stopped waiting/),
			reason: 'unexpected-response',
			uncertain: true,
		});
	});
});

describe('a redirect', () => {
	it.each([
		['https://other.example:8443/api?token=x', 'other.example:8443'],
		['https://user:pass@other.example/', 'other.example'],
	])('to %s is not followed, and the error names the host', (location, host) => {
		expect(judge(302, '', { location })).toEqual({
			message: `'Base URL' redirects to ${host} (HTTP 302)`,
			description: expect.stringMatching(/not followed.*'Base URL'/),
			reason: 'unexpected-response',
			httpCode: '302',
			uncertain: false,
		});
	});

	it.each([undefined, '/login', '', 'javascript:alert(1)'])(
		'to %j has an error that names no host',
		(location) => {
			for (const status of [300, 308, 399]) {
				const failure = judge(status, { success: true }, { location });
				expect(failure?.message).toBe(`'Base URL' redirects (HTTP ${status})`);
			}
		},
	);
});

describe('a secret', () => {
	it('is removed from an error message, wherever it stands', () => {
		const failure = judge(401, says(`Token ${TOKEN}: ${TOKEN} is wrong`));
		expect(failure?.message).toBe('Token ***: *** is wrong');
		expect(judge(500, { error: `no ${TOKEN}` })?.message).toBe('no ***');
	});

	it('is gone before an error message is cut, so that no part of it is left', () => {
		const failure = judge(401, says('x'.repeat(LONGEST_TITLE - 5) + TOKEN));
		expect(failure?.message).not.toContain(TOKEN.slice(0, 4));
	});

	it('that is too short to be one is left in the text', () => {
		expect(maskSecret('Invalid token', 'n')).toBe('Invalid token');
	});
});

describe('the error that this package raises', () => {
	it('carries the failure, and the error of n8n that it stands for', () => {
		const failure = /** @type {Failure} */ (judge(401, says('Invalid token')));
		const cause = new Error('of n8n');
		const error = new RyzeError(failure, cause);
		expect(error).toBeInstanceOf(Error);
		expect(error).toMatchObject({ name: 'RyzeError', message: 'Invalid token', failure, cause });
	});
});

describe('a message with a very long ID', () => {
	it('is still reported as not found', () => {
		const failure = judge(500, says(`message with ID ${'x'.repeat(600)} not found`));
		expect(failure?.reason).toBe('message-not-found');
		expect(failure?.message).toHaveLength(LONGEST_TITLE + 1);
	});
});

describe('a gateway that is not connected', () => {
	it('is not taken for the phone', () => {
		expect(judge(504, { message: 'upstream not connected' })?.reason).toBe('server-error');
	});
});
