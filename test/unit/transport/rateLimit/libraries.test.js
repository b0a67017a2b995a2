const { createServer } = require('node:http');
const express = require('express');
const { rateLimit } = require('express-rate-limit');
const Koa = require('koa');
const koaRateLimit = require('koa-ratelimit');
const { RateLimiterMemory } = require('rate-limiter-flexible');
const { RateLimiter } = require('../../../../build/nodes/Ryze/transport/rateLimit/rateLimiter');

/** Limiters of npm, which nobody here wrote, in real time. */

const LIMIT = { max: 10, ms: 3000 };
const REQUESTS = 25;

/** @typedef {{ port: number, close: () => Promise<void> }} Server */

/** @param {import('node:http').RequestListener} handler @returns {Promise<Server>} */
async function serve(handler) {
	const server = createServer(handler);
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		port,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function expressServer() {
	const app = express();
	app.use(
		rateLimit({
			windowMs: LIMIT.ms,
			limit: LIMIT.max,
			legacyHeaders: true,
			standardHeaders: false,
			keyGenerator: () => 'token',
		}),
	);
	app.get('/', (_, response) => void response.json({}));
	return await serve(app);
}

async function koaServer() {
	const app = new Koa();
	const db = new Map();
	app.use(
		koaRateLimit({ driver: 'memory', db, duration: LIMIT.ms, max: LIMIT.max, id: () => 'token' }),
	);
	app.use((context) => void (context.body = {}));
	return await serve(app.callback());
}

/** With the headers that its README suggests. */
async function flexibleServer() {
	const limiter = new RateLimiterMemory({ points: LIMIT.max, duration: LIMIT.ms / 1000 });
	return await serve(async (_, response) => {
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
	});
}

describe('a limiter of npm', () => {
	it.concurrent.each([
		['express-rate-limit', expressServer],
		['koa-ratelimit', koaServer],
		['rate-limiter-flexible', flexibleServer],
	])(
		'serves all, and refuses few: %s',
		async (_, start) => {
			const server = await start();
			const limiter = new RateLimiter();
			let refused = 0;
			const request = async () => {
				const ticket = limiter.nextTicket();
				for (;;) {
					const permit = await limiter.acquire({ ticket, expiresAt: Infinity });
					if (typeof permit === 'string') throw new Error(permit);
					const response = await fetch(`http://127.0.0.1:${server.port}/`);
					const { status: statusCode } = response;
					await response.text();
					const headers = Object.fromEntries(response.headers);
					limiter.release(permit, { statusCode, headers, body: {} });
					if (statusCode !== 429) return statusCode;
					refused++;
				}
			};
			try {
				const statuses = await Promise.all(Array.from({ length: REQUESTS }, request));
				expect(statuses).toEqual(Array(REQUESTS).fill(200));
				expect(refused).toBeLessThanOrEqual(3);
			} finally {
				await server.close();
			}
		},
		120_000,
	);
});
