const { clock } = require('../../../build/nodes/Ryze/transport/clock');
const { Slowdowns } = require('../../../build/nodes/Ryze/transport/client');
const { openClient } = require('../../../build/nodes/Ryze/transport/client');
const { sendRequest } = require('../../../build/nodes/Ryze/transport/send');
const { Stopped } = require('../../../build/nodes/Ryze/errors/RyzeError');

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

let clients = 0;

/** @param {Array<Error | { statusCode: number, headers: object, body: unknown }>} answers one after the other */
async function open(answers) {
	const http = jest.fn(async (/** @type {string} */ _type, /** @type {any} */ _options) => {
		const answer = answers.shift();
		if (answer instanceof Error) throw answer;
		return answer;
	});
	const credential = {
		token: `a1b2c3d4-token-${clients++}`,
		instance: 'My Shop/ä',
		baseUrl: 'https://r.cloud/base',
	};
	const context = /** @type {any} */ ({
		getCredentials: async () => credential,
		helpers: { httpRequestWithAuthentication: http },
	});
	return { http, client: await openClient(context, new Slowdowns()) };
}

/** @type {import('../../../build/nodes/Ryze/transport/http').RyzeRequest} */
const usual = { method: 'POST', path: '/api/x', idempotent: true };
const limits = { timeout: 5000, maxWait: 60_000 };

describe('a request', () => {
	it('with a body goes as JSON, with the instance as the last segment', async () => {
		const { http, client } = await open([done]);
		expect(await sendRequest(client, { ...usual, body: { a: 1 } }, limits)).toBe(done.body);
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
		const { http, client } = await open([done]);
		await sendRequest(client, { ...usual, method: 'GET', query: { messageId: 'a&b' } }, limits);
		const [, options] = http.mock.calls[0];
		expect(options).toMatchObject({ method: 'GET', qs: { messageId: 'a&b' } });
		expect(options).not.toHaveProperty('body');
		expect(options).not.toHaveProperty('headers');
	});

	it('without a query has none', async () => {
		const { http, client } = await open([done]);
		await sendRequest(client, usual, limits);
		expect(http.mock.calls[0][1]).not.toHaveProperty('qs');
	});

	it('may take longer by as much as Ryze was asked to wait', async () => {
		const { http, client } = await open([done]);
		await sendRequest(client, { ...usual, delay: 600_000 }, limits);
		expect(http.mock.calls[0][1].timeout).toBe(606_000);
	});

	it('is not sent when another has failed while its file was read', async () => {
		const halt = new AbortController();
		const { http, client } = await open([done]);
		client.shared.signal = halt.signal;
		const attachment = {
			key: 'file',
			identity: () => 'own',
			size: async () => 3,
			open: async () => {
				halt.abort();
				return 'YWJj';
			},
		};
		await expect(sendRequest(client, { ...usual, attachment }, limits)).rejects.toThrow(Stopped);
		expect(http).not.toHaveBeenCalled();
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
		const { http, client } = await open([answer, done]);
		await expect(sendRequest(client, once, limits)).rejects.toMatchObject({
			failure: { uncertain: true },
		});
		expect(http).toHaveBeenCalledTimes(1);
	});

	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'])(
		'is sent again after %s, as no connection was made',
		async (code) => {
			const { http, client } = await open([coded(code), coded(code), done]);
			expect(await sendRequest(client, once, limits)).toEqual({ success: true });
			expect(http).toHaveBeenCalledTimes(3);
			expect(client.shared.slowdowns.retries).toBe(2);
		},
	);

	it('is sent again until it may have arrived, and then no more', async () => {
		const { http, client } = await open([coded('ECONNREFUSED'), coded('ECONNRESET'), done]);
		await expect(sendRequest(client, once, limits)).rejects.toThrow('the connection was lost');
		expect(http).toHaveBeenCalledTimes(2);
	});

	it('is sent again after a 429, as nothing was done', async () => {
		const { http, client } = await open([refused, done]);
		await sendRequest(client, once, limits);
		expect(http).toHaveBeenCalledTimes(2);
	});
});

describe('a request that may be done twice', () => {
	it.each([
		['ECONNRESET', coded('ECONNRESET')],
		['HTTP 503', away],
	])('is sent again after %s, three times', async (_, answer) => {
		const { http, client } = await open([answer, answer, answer, answer, done]);
		await expect(sendRequest(client, usual, limits)).rejects.toThrow();
		expect(http).toHaveBeenCalledTimes(4);
	});

	it.each([
		['CERT_HAS_EXPIRED', coded('CERT_HAS_EXPIRED')],
		['HTTP 500', { statusCode: 500, headers: {}, body: 'broken' }],
		['HTTP 404', { statusCode: 404, headers: {}, body: 'unknown' }],
	])('is not sent again after %s, as it would fail again', async (_, answer) => {
		const { http, client } = await open([answer, done]);
		await expect(sendRequest(client, usual, limits)).rejects.toThrow();
		expect(http).toHaveBeenCalledTimes(1);
	});
});

describe('Requests after one that was given up', () => {
	/** @param {import('../../../build/nodes/Ryze/transport/client').RyzeClient} client */
	const send = async (client) => {
		try {
			return await sendRequest(client, usual, { ...limits, maxWait: 300_000 });
		} catch (error) {
			return /** @type {any} */ (error).failure.reason;
		}
	};

	it('have one try each while Ryze refuses every one, until one gets through', async () => {
		const forGood = Array(40).fill(refused);
		const { http, client } = await open(forGood);
		expect(await send(client)).toBe('rate-limited');
		const tries = http.mock.calls.length;
		expect(tries).toBeGreaterThan(2);
		for (const more of [1, 2, 3]) {
			expect(await send(client)).toBe('rate-limited');
			expect(http).toHaveBeenCalledTimes(tries + more);
		}
		forGood.splice(0, Infinity, done, refused, done);
		expect(await send(client)).toEqual(done.body);
		expect(await send(client)).toEqual(done.body);
	});

	it('have one try each while Ryze is unreachable, until it is back', async () => {
		const { http, client } = await open([away, away, away, away, away, away, done, away, done]);
		expect(await send(client)).toBe('server-error');
		expect(http).toHaveBeenCalledTimes(4);
		for (const calls of [5, 6]) {
			expect(await send(client)).toBe('server-error');
			expect(http).toHaveBeenCalledTimes(calls);
		}
		expect(await send(client)).toEqual(done.body);
		expect(await send(client)).toEqual(done.body);
	});

	it('still wait for the rate limit while Ryze is unreachable', async () => {
		const { client } = await open([away, away, away, away, refused, done]);
		expect(await send(client)).toBe('server-error');
		expect(await send(client)).toEqual(done.body);
	});
});
