'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { failure, json, text } = require('./answers');
const { largestOf, readBody, readable } = require('./body');
const { dispatch } = require('./dispatch');
const { send } = require('./send');
const { breakTls, tcpOf } = require('./tls');

/**
 * @typedef {object} Services
 * @property {import('./types').Settings} settings
 * @property {import('./types').State} state
 * @property {ReturnType<typeof import('./journal').createJournal>} journal
 * @property {ReturnType<typeof import('./limiter').createLimiter>} limiter
 * @property {() => import('./types').FaultFunction | undefined} faultFunction
 * @property {import('./types').Context['emit']} emit
 * @property {AbortSignal} signal aborted when the sandbox stops
 */

/**
 * What happens to a request from its head to its last byte: record, rate limit, body, fault, work,
 * delay, answer. The work precedes the delay, so a client that gives up waiting has changed things
 * all the same.
 *
 * @param {Services} services
 * @returns {import('node:http').RequestListener}
 */
function createPipeline(services) {
	return (req, res) => {
		serve(services, req, res).catch((error) => {
			// A client that left, or stop(): nobody is there to be told.
			if (services.signal.aborted || res.destroyed) return;
			res.statusCode = 500;
			res.end(`The sandbox itself failed: ${error instanceof Error ? error.stack : error}`);
		});
	};
}

/**
 * @param {Services} services
 * @param {import('node:http').IncomingMessage} req
 * @param {import('node:http').ServerResponse} res
 */
async function serve(services, req, res) {
	const { settings, state, journal, limiter, emit, signal } = services;
	const { entry, index, query } = journal.open(req);
	const { refused, headers: limitHeaders } = limiter.take(entry.token);
	entry.refused = refused;
	res.on('close', () => {
		if (!res.writableFinished) entry.status = 0;
	});

	const body = await readBody(req, largestOf(entry.path, settings));
	entry.body = readable(body.text);
	const fault = services.faultFunction()?.({ ...entry, index }) ?? {};
	if (fault.hang) return;
	if (fault.reset === 'before') return cut(res);

	/** @type {import('./types').Context} */
	const context = {
		state,
		settings,
		caller: entry.token,
		query,
		body,
		contentType: entry.contentType,
		emit,
		signal,
	};
	// The limit stands before everything else: a refused request is not answered by a fault either,
	// though the way to the client may still fail.
	const answer = refused
		? failure(429, 'Rate limit exceeded. Try again later.')
		: await answerOf(fault, () => dispatch(entry.method, entry.path, context));

	const waitMs = settings.latencyMs + (fault.delayMs ?? 0);
	if (waitMs > 0) await sleep(waitMs, undefined, { signal });
	if (fault.reset === 'after') return cut(res);
	if (res.destroyed) return;
	if (fault.breakTls && res.socket) return breakTls(res.socket, fault.breakTls);
	entry.status = fault.reset === 'midway' ? 0 : answer.status;
	for (const [name, value] of Object.entries(limitHeaders)) res.setHeader(name, value);
	// By the same clock as the limit; Node.js would ask the machine.
	res.setHeader('Date', new Date(Date.now()).toUTCString());
	await send(res, answer, fault, signal);
}

/**
 * @param {import('./types').Fault} fault
 * @param {() => Promise<import('./types').Answer>} work
 */
async function answerOf(fault, work) {
	const instead = faultAnswer(fault);
	const real = instead && !fault.afterWork ? undefined : await work();
	return /** @type {import('./types').Answer} */ (instead ?? real);
}

/**
 * @param {import('./types').Fault} fault
 * @returns {import('./types').Answer | undefined} undefined when the fault has no answer of its own
 */
function faultAnswer({ status, body = '', headers = {} }) {
	if (status === undefined) return undefined;
	const plain = typeof body === 'string' ? text(status, body) : json(status, body);
	// As Headers, names that differ only in case fall together.
	const merged = new Headers(plain.headers);
	for (const [name, value] of Object.entries(headers)) merged.set(name, value);
	return { ...plain, headers: Object.fromEntries(merged) };
}

/** @param {import('node:http').ServerResponse} res */
function cut(res) {
	if (res.socket) tcpOf(res.socket).resetAndDestroy();
}

module.exports = { createPipeline };
