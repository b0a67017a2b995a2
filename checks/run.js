'use strict';

const { createClient, isOwn } = require('./client');
const { facts } = require('./facts');
const { judge } = require('./judge');
const { limitOf, pinPathOf, pinPaths, roundingOf } = require('./observations');
const { responseFacts } = require('./responseFacts');
const { createPace } = require('./pace');
const { plain } = require('./privacy');
const { describeShape } = require('./shape');

/** @typedef {import('./types').Caller} Caller */
/** @typedef {import('./types').Fact} Fact */
/** @typedef {ReturnType<typeof createClient>} Client */

/** Nothing can be checked. */
class CannotCheck extends Error {}

/**
 * Sends each request of the table once and judges the answers. Nothing is sent again.
 *
 * @param {Caller} caller
 * @param {{ pace?: ReturnType<typeof createPace>, timeout?: number, signal?: AbortSignal }} [how]
 * @returns {Promise<import('./types').Outcome>}
 * @throws {CannotCheck} in one sentence, when nothing answers or the token is refused
 */
async function runChecks(caller, { pace = createPace(), ...how } = {}) {
	const client = createClient(caller, { pace, ...how });
	await enter(client, caller);
	/** @type {import('./types').Result[]} */
	const results = [];
	for (const fact of facts) results.push({ ...fact, ...(await check(fact, client, caller)) });

	const paths = [];
	for (const request of pinPaths) {
		const answer = await client.ask(request);
		paths.push(typeof answer === 'string' ? undefined : answer);
	}
	const { exchanges } = client;
	const own = exchanges.filter(({ request }) => isOwn(request));
	for (const { judge: judgeAll, ...fact } of responseFacts)
		results.push({ ...fact, ...judgeAll(own) });
	const limit = limitOf(own.map(({ answer }) => answer));
	return {
		results,
		observations: [
			{ question: 'Requests in a minute', answer: limit },
			{
				question: 'How the reset is rounded',
				answer: roundingOf(exchanges.map(({ answer }) => answer)),
			},
			{ question: 'The path that pins a chat', answer: pinPathOf(paths) },
		],
		shapes: exchanges
			.filter(({ answer: { status, json } }) => status < 300 && json !== undefined)
			.map(({ request, answer }) => ({ request, shape: describeShape(answer.json) })),
		sent: exchanges.length,
		ended: client.stop(),
		maybePinned: client.maybePinned(),
	};
}

/** @param {Client} client @param {Caller} caller @throws {CannotCheck} */
async function enter({ ask }, caller) {
	const answer = await ask(facts[0].request);
	if (typeof answer === 'string') throw new CannotCheck(`Ryze could not be asked: ${answer}.`);
	const sentence = answer.json?.error?.message;
	if (![401, 403, 404].includes(answer.status) || typeof sentence !== 'string') return;
	const said = `HTTP ${answer.status} "${plain(sentence, caller)}"`;
	throw new CannotCheck(`Ryze refuses RYZE_TOKEN with RYZE_INSTANCE: ${said}.`);
}

const visible = facts.filter(({ effect }) => effect === 'visible');

/**
 * @param {Fact} fact
 * @param {Client} client
 * @param {Caller} caller
 * @returns {Promise<import('./types').Judgement>}
 */
async function check(fact, { ask, stop, maybePinned }, caller) {
	if (fact.given) {
		const other = await ask(fact.given.request);
		const why = typeof other === 'string' ? other : fact.given.unless(other);
		if (why !== undefined) return { verdict: 'not checked', details: [why] };
	}
	// What is begun must be ended, so there has to be room for all of it.
	if (fact === visible[0] && caller.message !== undefined) stop(visible.length);
	const answer = await ask(fact.request, { always: fact.undo === true && maybePinned() });
	if (typeof answer === 'string') return { verdict: 'not checked', details: [answer] };
	return judge(fact, answer, caller);
}

module.exports = { CannotCheck, runChecks };
