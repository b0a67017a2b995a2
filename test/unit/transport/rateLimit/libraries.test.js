const { IncomingMessage, ServerResponse } = require('node:http');
const { Socket } = require('node:net');
const express = require('express');
const { rateLimit } = require('express-rate-limit');
const Koa = require('koa');
const koaRateLimit = require('koa-ratelimit');
const { RateLimiterMemory } = require('rate-limiter-flexible');
const { runConcurrently } = require('../../../../build/nodes/Ryze/actions/run/concurrency');
const { RateLimiter } = require('../../../../build/nodes/Ryze/transport/rateLimit/rateLimiter');

/** Limiters of npm, which nobody here wrote, at the documented limit and with jest's clock. */

const LIMIT = { max: 100, ms: 60_000 };
const REQUESTS = 150;
/** Milliseconds. */
const TRAVEL = 20;

/** @typedef {import('node:http').RequestListener} Listener */
/** @typedef {import('../../../../build/nodes/Ryze/errors/response').RyzeResponse} RyzeResponse */

/** @param {Partial<import('express-rate-limit').Options>} headers @returns {Listener} */
function expressServer(headers) {
	const app = express();
	const limits = { windowMs: LIMIT.ms, limit: LIMIT.max, keyGenerator: () => 'token' };
	app.use(rateLimit({ ...limits, ...headers }));
	app.get('/', (_, response) => void response.json({}));
	return app;
}

/** @returns {Listener} */
function koaServer() {
	const app = new Koa();
	const limits = { duration: LIMIT.ms, max: LIMIT.max, id: () => 'token' };
	app.use(koaRateLimit({ ...limits, driver: 'memory', db: new Map() }));
	app.use((context) => void (context.body = {}));
	return app.callback();
}

/** With the headers that its README suggests. @returns {Listener} */
function flexibleServer() {
	const limiter = new RateLimiterMemory({ points: LIMIT.max, duration: LIMIT.ms / 1000 });
	return async (_, response) => {
		const result = await limiter.consume('token').catch((refusal) => {
			response.statusCode = 429;
			response.setHeader('Retry-After', refusal.msBeforeNext / 1000);
			return refusal;
		});
		response.setHeader('X-RateLimit-Limit', LIMIT.max);
		response.setHeader('X-RateLimit-Remaining', result.remainingPoints);
		const reset = Math.ceil((Date.now() + result.msBeforeNext) / 1000);
		response.setHeader('X-RateLimit-Reset', reset);
		response.end('{}');
	};
}

const clock = {
	now: () => Date.now(),
	/** @param {number} milliseconds */
	sleep: async (milliseconds) =>
		await new Promise((resolve) => void setTimeout(resolve, milliseconds)),
};

let requests = 0;

/** @param {Listener} server @returns {Promise<RyzeResponse>} */
async function get(server) {
	// No two arrive in the same instant.
	await clock.sleep(TRAVEL + (requests++ % REQUESTS) / 100);
	const request = new IncomingMessage(new Socket());
	Object.assign(request, { method: 'GET', url: '/' });
	const response = new ServerResponse(request);
	const answer = new Promise((resolve) => {
		response.end = () => {
			const { statusCode } = response;
			// Node.js sets the date when it sends the headers.
			const headers = { date: new Date().toUTCString(), ...response.getHeaders() };
			const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
			resolve({ statusCode, headers: Object.fromEntries(texts), body: {} });
			return response;
		};
	});
	server(request, /** @type {any} */ (response));
	const answered = await answer;
	await clock.sleep(TRAVEL);
	return answered;
}

/** @param {Promise<unknown>} work time passes until it has ended */
async function run(work) {
	let ended = false;
	const noted = work.finally(() => (ended = true));
	while (!ended) {
		await new Promise((resolve) => void setImmediate(resolve));
		if (!ended) jest.advanceTimersToNextTimer();
	}
	await noted;
}

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
	jest.setSystemTime(Date.UTC(2026, 0, 1, 12, 0, 13, 300));
});
afterEach(() => void jest.useRealTimers());

const X_HEADERS = { legacyHeaders: true, standardHeaders: false };
/** Its other headers have names that Ryze does not use. */
const RETRY_AFTER_ONLY = /** @type {const} */ ({
	legacyHeaders: false,
	standardHeaders: 'draft-6',
});

describe('a limiter of npm', () => {
	it.each([
		['express-rate-limit', 150, () => expressServer(X_HEADERS)],
		['express-rate-limit', 1, () => expressServer(X_HEADERS)],
		// Before the first refusal nothing tells of a limit, so many at once are refused together.
		['express-rate-limit with Retry-After only', 1, () => expressServer(RETRY_AFTER_ONLY)],
		['koa-ratelimit', 150, koaServer],
		['koa-ratelimit', 1, koaServer],
		['rate-limiter-flexible', 150, flexibleServer],
		['rate-limiter-flexible', 1, flexibleServer],
	])(
		'serves all within 1.03 of the ideal time, one refused at most: %s, %i at once',
		async (...given) => {
			const [, slots, start] = given;
			const server = start();
			const limiter = new RateLimiter(clock);
			let refused = 0;
			const request = async () => {
				const ticket = limiter.nextTicket();
				for (;;) {
					const permit = await limiter.acquire({ ticket, expiresAt: Infinity });
					if (typeof permit === 'string') throw new Error(permit);
					const answer = await get(server);
					limiter.release(permit, answer, true);
					if (answer.statusCode !== 429) return answer.statusCode;
					refused++;
				}
			};
			const begin = Date.now();
			/** @type {number[]} */
			const ended = [];
			await run(
				runConcurrently(REQUESTS, slots, async (index) => {
					ended[index] = await request();
					return true;
				}),
			);
			expect(ended).toEqual(Array(REQUESTS).fill(200));
			const last = Math.ceil((REQUESTS - LIMIT.max) / slots) * 2 * TRAVEL;
			const ratio = (Date.now() - begin) / (LIMIT.ms + last);
			expect(ratio).toBeLessThanOrEqual(1.03);
			expect(refused).toBeLessThanOrEqual(1);
		},
	);
});
