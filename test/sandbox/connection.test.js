'use strict';

const http = require('node:http');
const https = require('node:https');
const { connect } = require('node:net');
const { makeCertificate, startRyze, seeds } = require('../../sandbox/ryze');

/** @typedef {import('../../sandbox/ryze/types').Fault} Fault */

/** @type {Awaited<ReturnType<typeof startRyze>>} */
let ryze;
/** @type {Awaited<ReturnType<typeof makeCertificate>>} */
let certificate;

beforeAll(async () => {
	certificate = await makeCertificate();
	ryze = await startRyze({ certificate });
});
afterEach(() => ryze.reset());
afterAll(async () => await ryze.stop());

/**
 * Sends a text on its own connection.
 *
 * @param {Fault} [fault] of this request
 * @param {https.RequestOptions} [options]
 */
async function send(fault, base = ryze.url, options = {}) {
	ryze.setFault(() => fault);
	const begin = performance.now();
	const { request } = base.startsWith('https') ? https : http;
	const url = `${base}/api/message/text/demo`;
	const headers = { token: seeds.instances.demo.token, 'Content-Type': 'application/json' };
	return await new Promise((resolve) => {
		/** @type {any} */
		const seen = { body: '' };
		const call = request(url, {
			method: 'POST',
			headers,
			agent: false,
			ca: certificate.cert,
			...options,
		});
		const end = () => resolve(seen);
		call.on('response', (response) => {
			Object.assign(seen, { status: response.statusCode, headers: response.headers });
			response.setEncoding('utf8').on('data', (text) => (seen.body += text));
			response.on('end', () => (seen.answeredAfter = performance.now() - begin));
			response.on('error', (/** @type {any} */ { code }) => (seen.code = code));
			response.on('close', end);
		});
		call.on('error', (/** @type {any} */ { code }) => {
			seen.code = code;
			end();
		});
		call.end(JSON.stringify({ number: seeds.chats.private, message: 'Hi' }));
	});
}

describe('a response that is cut off', () => {
	it('has its head and half of its body, after the work', async () => {
		const { status, headers, body, code } = await send({ reset: 'midway' });
		expect({ status, code }).toEqual({ status: 200, code: 'ECONNRESET' });
		expect(body).toMatch(/^\{"success":true,/);
		expect(body).toHaveLength(Math.floor(Number(headers['content-length']) / 2));
		expect(ryze.sent).toHaveLength(1);
		expect(ryze.requests).toMatchObject([{ status: 0 }]);
	});
});

describe('a slow close', () => {
	it('comes after a response that is complete', async () => {
		// The client itself would close the connection at once after an answer with this header.
		ryze.setFault(() => ({ closeAfterMs: 300 }));
		const socket = connect(Number(new URL(ryze.url).port), '127.0.0.1');
		socket.setEncoding('utf8').write('GET /none HTTP/1.1\r\nHost: ryze\r\n\r\n');
		let answer = '';
		let answeredAt = NaN;
		socket.on('data', (text) => {
			answer += text;
			answeredAt = performance.now();
		});
		await new Promise((resolve) => socket.once('end', resolve));
		expect(answer).toMatch(/\r\nConnection: close\r\n/);
		expect(answer).toMatch(/404 page not found\n$/);
		expect(performance.now() - answeredAt).toBeGreaterThan(270);
		expect(ryze.requests).toMatchObject([{ status: 404 }]);
		socket.destroy();
	});

	it('does not hold up a client that knows the length of the response', async () => {
		const { body, answeredAfter } = await send({ closeAfterMs: 60_000 });
		expect(JSON.parse(body)).toMatchObject({ success: true });
		expect(answeredAfter).toBeLessThan(60_000);
	});

	it('does not hold up the end of the sandbox', async () => {
		const own = await startRyze();
		own.setFault(() => ({ closeAfterMs: 60_000 }));
		await fetch(`${own.url}/none`);
		await own.stop();
	});
});

describe('a gateway that loses the response', () => {
	it('responds in its own words, after the work', async () => {
		const lost = { status: 504, body: '<html>', afterWork: true };
		expect(await send(lost)).toMatchObject({ status: 504, body: '<html>' });
		expect(ryze.sent).toHaveLength(1);
	});

	it('does no work unless it is told so', async () => {
		await send({ status: 504, body: '<html>' });
		expect(ryze.sent).toEqual([]);
	});
});

describe('a sandbox with TLS', () => {
	it('responds like the one without, and counts together with it', async () => {
		expect(await send(undefined, String(ryze.secureUrl))).toMatchObject({
			status: 200,
			body: expect.stringContaining('Message sent successfully'),
			headers: { 'x-ratelimit-remaining': '99' },
		});
		expect((await send()).headers['x-ratelimit-remaining']).toBe('98');
		expect(ryze.sent).toHaveLength(2);
	});

	it('is not trusted by a client that does not know its certificate', async () => {
		const { code } = await send(undefined, String(ryze.secureUrl), { ca: undefined });
		expect(code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
		expect(ryze.requests).toEqual([]);
	});

	/** @type {Array<[Fault, RegExp, number]>} */
	const cuts = [
		[{ reset: 'before' }, /^ECONNRESET$/, 0],
		[{ reset: 'after' }, /^ECONNRESET$/, 1],
		[{ reset: 'midway' }, /^ECONNRESET$/, 1],
		[{ breakTls: 'half a record' }, /^ECONNRESET$/, 1],
		[{ breakTls: 'no record' }, /^ERR_SSL_/, 1],
	];
	it.each(cuts)('can break a connection: %j', async (fault, code, sent) => {
		expect((await send(fault, String(ryze.secureUrl))).code).toMatch(code);
		expect(ryze.sent).toHaveLength(sent);
		expect(ryze.requests).toMatchObject([{ status: 0 }]);
	});

	it('is not there unless it was asked for, and then no TLS can break', async () => {
		const own = await startRyze();
		expect(own.secureUrl).toBeUndefined();
		await own.stop();
		expect(await send({ breakTls: 'no record' })).toMatchObject({
			status: 500,
			body: expect.stringContaining('breakTls is only for requests to secureUrl'),
		});
	});

	it('cuts open connections when it stops', async () => {
		const own = await startRyze({ certificate });
		own.setFault(() => ({ hang: true }));
		const url = String(own.secureUrl);
		const waiting = send(undefined, url);
		while (own.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
		await own.stop();
		expect((await waiting).code).toBe('ECONNRESET');
		expect(await send(undefined, url)).toMatchObject({ code: 'ECONNREFUSED' });
	});
});
