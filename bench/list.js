'use strict';

const path = require('node:path');
const { loadEngine } = require('../sandbox/engine');
const { seeds, startRyze } = require('../sandbox/ryze');

const ROUNDS = 15;
const GROUPS = 2000;
const CONTACTS = 5000;
/** Milliseconds that Ryze takes for each answer. */
const LATENCY_MS = 100;

const groups = Array.from({ length: GROUPS }, (_, index) => ({
	jid: `${120_363_000_000_000_000 + index * 64}@g.us`,
	name: `Group ${index % 1500}`,
	memberCount: index % 90,
}));
const contacts = Array.from({ length: CONTACTS }, (_, index) => ({
	jid: `${5_511_900_000_000 + index}@s.whatsapp.net`,
	full_name: `Contact ${index}`,
}));

/** @param {() => Promise<unknown>} task @returns {Promise<number>} milliseconds */
async function timeOf(task) {
	const begin = performance.now();
	await task();
	return performance.now() - begin;
}

/**
 * How long the first list of chats takes, where the two requests that it needs, one after the other
 * and without the node, take 1.
 *
 * @param {(line: string) => void} log
 */
async function measureList(log) {
	log(`The list of ${GROUPS} groups and ${CONTACTS} contacts, ${ROUNDS} rounds …`);
	const engine = await loadEngine(path.join(__dirname, '..'));
	const { token, name: instance } = seeds.instances.demo;
	const ratios = [];
	// The first round also loads what only runs with a list.
	for (let round = 0; round <= ROUNDS; round++) {
		const ryze = await startRyze({ latencyMs: LATENCY_MS });
		ryze.setGroups(instance, groups);
		ryze.setContacts(instance, contacts);
		const get = async (/** @type {string} */ url) =>
			await (await fetch(ryze.url + url, { headers: { token } })).json();
		const requests = await timeOf(async () => {
			await get(`/api/group/list/${instance}?includeMembers=false`);
			await get(`/api/chat/contacts/${instance}`);
		});
		const credential = { token, instance, baseUrl: ryze.url };
		const list = await timeOf(() => engine.search({ method: 'searchChats', credential }));
		if (round > 0) ratios.push(list / requests);
		await ryze.stop();
	}
	return { groups: GROUPS, contacts: CONTACTS, ratios };
}

module.exports = { measureList };
