const { clock } = require('../../../dist/nodes/Ryze/transport/clock');
const { Delays } = require('../../../dist/nodes/Ryze/transport/delays');
const { openSession, sendRequest } = require('../../../dist/nodes/Ryze/transport/request');

const real = { ...clock };
/** @type {number[]} */
const pauses = [];

beforeAll(() => {
	let skipped = 0;
	clock.now = () => real.now() + skipped;
	clock.sleep = async (milliseconds) => {
		pauses.push(milliseconds);
		skipped += milliseconds;
	};
});
afterAll(() => Object.assign(clock, real));
beforeEach(() => void pauses.splice(0));

const done = { statusCode: 200, headers: {}, body: { success: true } };
const refused = { statusCode: 429, headers: {}, body: { error: { message: 'Too many' } } };
const away = { statusCode: 503, headers: {}, body: 'away' };

/** @param {string} code */
const coded = (code) => Object.assign(new Error('It failed'), { code });

let sessions = 0;

/** @param {Array<Error | { statusCode: number, headers: object, body: unknown }>} answers one after the other */
function open(answers) {
	const http = jest.fn(async (/** @type {string} */ _type, /** @type {any} */ _options) => {
		const answer = answers.shift();
		if (answer instanceof Error) throw answer;
		return answer;
	});
	const context = /** @type {any} */ ({ helpers: { httpRequestWithAuthentication: http } });
	const credential = {
		token: `a1b2c3d4-token-${sessions++}`,
		instance: 'My Shop/ä',
		baseUrl: 'https://r.cloud/base',
	};
	return { http, session: openSession(context, credential, new Delays()) };
}

/** @type {import('../../../dist/nodes/Ryze/transport/attempt').RyzeRequest} */
const usual = { method: 'POST', path: '/api/x', idempotent: true, ifUncertain: 'Who knows.' };
const limits = { timeout: 5000, maxWait: 60_000 };

describe('a request', () => {
	it('with a body goes as JSON, with the instance as the last segment', async () => {
		const { http, session } = open([done]);
		expect(await sendRequest(session, { ...usual, body: { a: 1 } }, limits)).toBe(done.body);
		expect(http.mock.calls).toEqual([
			[
				'ryzeApi',
				{
					method: 'POST',
					url: 'https://r.cloud/base/api/x/My%20Shop%2F%C3%A4',
					body: { a: 1 },
					headers: { 'Content-Type': 'application/json' },
					json: true,
					timeout: 6000,
					disableFollowRedirect: true,
					ignoreHttpStatusErrors: true,
					returnFullResponse: true,
				},
			],
		]);
	});

	it('without one has a query, and says nothing of a body', async () => {
		const { http, session } = open([done]);
		await sendRequest(session, { ...usual, method: 'GET', query: { messageId: 'a&b' } }, limits);
		const [, options] = http.mock.calls[0];
		expect(options).toMatchObject({ method: 'GET', qs: { messageId: 'a&b' } });
		expect(options).not.toHaveProperty('body');
		expect(options).not.toHaveProperty('headers');
	});

	it('without a query has none', async () => {
		const { http, session } = open([done]);
		await sendRequest(session, usual, limits);
		expect(http.mock.calls[0][1]).not.toHaveProperty('qs');
	});

	it('may take longer by as much as Ryze was asked to wait', async () => {
		const { http, session } = open([done]);
		await sendRequest(session, { ...usual, delay: 600_000 }, limits);
		expect(http.mock.calls[0][1].timeout).toBe(606_000);
	});
});

describe('a request that must not be done twice', () => {
	const once = { ...usual, idempotent: false };

	it.each([
		['ECONNRESET', coded('ECONNRESET')],
		['ETIMEDOUT', coded('ETIMEDOUT')],
		['an unknown error', new Error('?')],
		['HTTP 503', away],
	])('is not sent again after %s, and says that it may have been done', async (_, answer) => {
		const { http, session } = open([answer, done]);
		await expect(sendRequest(session, once, limits)).rejects.toMatchObject({
			failure: { description: expect.stringMatching(/^Who knows\. /) },
		});
		expect(http).toHaveBeenCalledTimes(1);
	});

	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'])(
		'is sent again after %s, as no connection was made',
		async (code) => {
			const { http, session } = open([coded(code), coded(code), done]);
			expect(await sendRequest(session, once, limits)).toEqual({ success: true });
			expect(http).toHaveBeenCalledTimes(3);
			expect(session.delays.repeats).toBe(2);
		},
	);

	it('is sent again until it may have arrived, and then no more', async () => {
		const { http, session } = open([coded('ECONNREFUSED'), coded('ECONNRESET'), done]);
		await expect(sendRequest(session, once, limits)).rejects.toThrow('the connection was cut');
		expect(http).toHaveBeenCalledTimes(2);
	});

	it('is sent again after a 429, as nothing was done', async () => {
		const { http, session } = open([refused, done]);
		await sendRequest(session, once, limits);
		expect(http).toHaveBeenCalledTimes(2);
	});
});

describe('a request that may be done twice', () => {
	it.each([
		['ECONNRESET', coded('ECONNRESET')],
		['HTTP 503', away],
	])('is sent again after %s, three times', async (_, answer) => {
		const { http, session } = open([answer, answer, answer, answer, done]);
		await expect(sendRequest(session, usual, limits)).rejects.toThrow();
		expect(http).toHaveBeenCalledTimes(4);
	});

	it.each([
		['CERT_HAS_EXPIRED', coded('CERT_HAS_EXPIRED')],
		['HTTP 500', { statusCode: 500, headers: {}, body: 'broken' }],
		['HTTP 404', { statusCode: 404, headers: {}, body: 'unknown' }],
	])('is not sent again after %s, as it would fail again', async (_, answer) => {
		const { http, session } = open([answer, done]);
		await expect(sendRequest(session, usual, limits)).rejects.toThrow();
		expect(http).toHaveBeenCalledTimes(1);
	});
});
