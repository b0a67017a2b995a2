'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { startRig } = require('../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../sandbox/n8n/versions');
const { startRyze } = require('../sandbox/ryze');
const { cpuTime } = require('./cpuTime');
const { benchWorkflow } = require('./workflows');

/** Milliseconds in which n8n tidies up after it has answered a call. */
const TIDYING_MS = 500;

/** @typedef {Awaited<ReturnType<typeof startRyze>>} Ryze */
/** @typedef {Awaited<ReturnType<typeof openTestbed>>} Testbed */

/**
 * @typedef {object} Measured
 * @property {number} pinned Messages.
 * @property {number} refused Requests.
 * @property {number} nodeMs How long the node worked, as n8n itself measured it; 0 if not kept.
 * @property {number} firstAt When the first request arrived, in milliseconds since 1970.
 * @property {number} cpuMs CPU time of the n8n process for the whole call.
 */

/**
 * The n8n that everything is measured on.
 *
 * @param {(line: string) => void} log
 * @param {string[]} [nodeArgs] For the Node.js that runs n8n.
 */
async function openTestbed(log, nodeArgs) {
	const rig = await startRig({ version: N8N_VERSIONS[0], nodeArgs, log });
	let count = 0;
	/** @type {Ryze[]} */
	const sandboxes = [];

	async function stop() {
		for (const ryze of sandboxes) await ryze.stop();
		await rig.stop();
	}

	/**
	 * Its own sandbox and a credential for it: no limiter knows it yet, no window has begun.
	 *
	 * @param {Partial<import('../sandbox/ryze/types').Settings>} settings
	 */
	async function newTarget(settings) {
		const ryze = await startRyze(settings);
		sandboxes.push(ryze);
		const { id, name } = await rig.addCredential({ baseUrl: ryze.url });
		const credential = { id, name };
		const addWorkflow = async (/** @type {any} */ workflow) =>
			await rig.addWorkflow(workflow, credential);
		return { ryze, credential, n8n: rig.n8n, rest: rig.rest, addWorkflow };
	}

	/**
	 * Lets a node work on one item for each id, in one execution.
	 *
	 * @param {{ ryze: Ryze, credential: { id: string, name: string } }} target
	 * @param {string[]} ids
	 * @param {import('./workflows').Work | ((baseUrl: string) => import('./workflows').Work)} work
	 * @param {{ keep?: boolean }} [options] keep: whether n8n shall keep the execution, which costs
	 * time but tells how long the node worked
	 * @returns {Promise<Measured>}
	 */
	async function run({ ryze, credential }, ids, work, { keep = true } = {}) {
		ryze.requests.length = 0;
		ryze.pinLines.length = 0;
		ryze.addMessages('demo', ids);
		const path = `bench-${++count}`;
		const workOf = typeof work === 'function' ? work(ryze.url) : work;
		const workflow = benchWorkflow({ path, ids, work: workOf, credential, keep });
		const { id } = await rig.rest.createWorkflow(workflow);
		await rig.rest.activateWorkflow(id);
		const before = cpuTime(rig.n8n.pid).own;
		await (await fetch(`${rig.n8n.url}/webhook/${path}`, { method: 'POST' })).text();
		await sleep(TIDYING_MS);
		const cpuMs = cpuTime(rig.n8n.pid).own - before;
		await rig.rest.deactivateWorkflow(id);
		return {
			pinned: new Set(ryze.pinLines.map(({ messageId }) => messageId)).size,
			refused: ryze.requests.filter(({ refused }) => refused).length,
			firstAt: ryze.requests[0]?.at ?? NaN,
			nodeMs: keep ? await nodeTime(id) : 0,
			cpuMs,
		};
	}

	/** @param {string} workflowId @returns {Promise<number>} */
	async function nodeTime(workflowId) {
		const [{ id }] = await rig.rest.listExecutions(workflowId);
		const execution = await rig.rest.waitForExecution(id);
		return execution.data.resultData.runData.Work[0].executionTime;
	}

	return { rig, newTarget, run, stop };
}

/** @param {number} count @returns {string[]} */
const messageIds = (count) =>
	Array.from({ length: count }, (_, index) => `3EB0BE7C4${1_000_000 + index}`);

module.exports = { messageIds, openTestbed };
