'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const flatted = require('../flatted');
const { publish, unpublish } = require('./publication');
const { N8nSession } = require('./session');

/** Milliseconds between two looks at an execution that still runs. */
const POLL_MS = 200;
/** Milliseconds that one execution may take, unless the caller says otherwise. */
const EXECUTION_MAX_MS = 60_000;

/** An execution in one of these states goes on; see `ExecutionStatus` in n8n-workflow. */
const UNFINISHED = ['new', 'running', 'waiting', 'unknown'];

/** @typedef {{ name: string, type: string, data: Record<string, unknown> }} NewCredential */

/**
 * The REST API that n8n's editor uses, as far as the rig needs it, the same for 1.123 and 2.x. It is
 * not a public API: what differs between versions is dealt with here. Every method rejects with an
 * `N8nRestError` when n8n refuses.
 */
class N8nRest extends N8nSession {
	/**
	 * @param {NewCredential} credential
	 * @returns {Promise<any>} With its `id`.
	 */
	async createCredential(credential) {
		return await this.request('POST', '/rest/credentials', credential);
	}

	/**
	 * Saves a credential with other fields. A workflow that is active goes on until it is switched off
	 * and on.
	 *
	 * @param {NewCredential & { id: string }} credential
	 */
	async updateCredential({ id, name, type, data }) {
		await this.request('PATCH', `/rest/credentials/${id}`, { name, type, data });
	}

	/**
	 * Does what the Test button does. n8n tests the `data` given here, but wants the id of a stored
	 * credential with it.
	 *
	 * @param {NewCredential & { id: string }} credential
	 * @returns {Promise<{ status: 'OK' | 'Error', message: string }>} A failed test is an answer.
	 */
	async testCredential({ id, name, type, data }) {
		return await this.request('POST', '/rest/credentials/test', {
			credentials: { id, name, type, data },
		});
	}

	/**
	 * @param {any} workflow As exported by n8n. An `id` in it is ignored by some versions.
	 * @returns {Promise<any>} As stored, with its `id`; not active.
	 */
	async createWorkflow(workflow) {
		const { nodes, connections, name, settings = {}, pinData = {} } = workflow;
		const body = { nodes, connections, name, settings, pinData, active: false };
		return await this.request('POST', '/rest/workflows', body);
	}

	/** @param {string} id @returns {Promise<any>} */
	async getWorkflow(id) {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	/**
	 * Activates (in 2.x: publishes) the workflow as it is now. Its production webhooks and schedules
	 * work when this resolves.
	 *
	 * @param {string} id
	 */
	async activateWorkflow(id) {
		await publish(this, id);
	}

	/**
	 * The opposite. Its production webhooks answer 404 when this resolves.
	 *
	 * @param {string} id
	 */
	async deactivateWorkflow(id) {
		await unpublish(this, id);
	}

	/**
	 * Runs a workflow by hand, as the button "Execute workflow" does, and waits for its end.
	 *
	 * @param {string} id
	 * @param {{ trigger?: string, timeoutMs?: number }} [options] `trigger`: name of the node to
	 * start from; by default the manual trigger. `timeoutMs`: 60,000 by default.
	 * @returns {Promise<any>} The execution, see `getExecution`; a failed one too.
	 */
	async runWorkflow(id, { trigger, timeoutMs } = {}) {
		const workflowData = await this.getWorkflow(id);
		const name = trigger ?? manualTriggerOf(workflowData);
		// 1.x runs the workflow that it is sent, 2.x the stored one.
		const started = await this.request('POST', `/rest/workflows/${id}/run`, {
			workflowData,
			triggerToStartFrom: { name },
		});
		if (!started.executionId) {
			throw new Error(`"${name}" waits for a call or an event; n8n runs no such trigger by hand.`);
		}
		return await this.waitForExecution(started.executionId, { timeoutMs });
	}

	/**
	 * Runs a failed execution again from the node that failed, as the button "Retry" does.
	 *
	 * @param {string} id The execution's.
	 */
	async retryExecution(id) {
		await this.request('POST', `/rest/executions/${id}/retry`, { loadWorkflow: false });
	}

	/**
	 * Lets a trigger wait for one event, as its button "Listen for test event" does.
	 *
	 * @param {string} id The workflow's.
	 * @param {string} trigger Name of the node.
	 */
	async listenForTestEvent(id, trigger) {
		const workflowData = await this.getWorkflow(id);
		const started = await this.request('POST', `/rest/workflows/${id}/run`, {
			workflowData,
			triggerToStartFrom: { name: trigger },
		});
		if (!started.waitingForWebhook) throw new Error(`"${trigger}" does not wait for an event.`);
	}

	/**
	 * Stops this again. n8n answers before it has told the trigger.
	 *
	 * @param {string} id The workflow's.
	 */
	async stopListening(id) {
		await this.request('DELETE', `/rest/test-webhook/${id}`);
	}

	/**
	 * @param {string} id
	 * @param {{ timeoutMs?: number }} [options] 60,000 by default.
	 * @returns {Promise<any>} See `getExecution`.
	 */
	async waitForExecution(id, { timeoutMs = EXECUTION_MAX_MS } = {}) {
		const giveUpAt = Date.now() + timeoutMs;
		for (;;) {
			const execution = await this.getExecution(id);
			if (!UNFINISHED.includes(execution.status)) return execution;
			if (Date.now() > giveUpAt) {
				throw new Error(`Execution ${id} was still ${execution.status} after ${timeoutMs} ms.`);
			}
			await sleep(POLL_MS);
		}
	}

	/**
	 * @param {string} id
	 * @returns {Promise<any>} With `status` (`success`, `error`, ...) and `data`, in which
	 * `data.resultData.runData[<node>][<run>].data.main[<output>]` are the items and
	 * `data.resultData.error` is what stopped it.
	 */
	async getExecution(id) {
		const execution = await this.request('GET', `/rest/executions/${id}`);
		// n8n stores the data in the format of `flatted`, in which one object can be in several places.
		return { ...execution, data: execution.data ? flatted.parse(execution.data) : undefined };
	}

	/**
	 * @param {string} workflowId
	 * @returns {Promise<any[]>} Its executions without their data, newest first.
	 */
	async listExecutions(workflowId) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		return (await this.request('GET', `/rest/executions?filter=${filter}&limit=100`)).results;
	}

	/**
	 * Fills the list of a resource locator, as the editor does.
	 *
	 * @param {object} list
	 * @param {string} list.node Its type; version 1.
	 * @param {string} list.parameter
	 * @param {string} list.method Of the node, named in the parameter's `searchListMethod`.
	 * @param {{ id: string, name: string }} list.credential
	 * @param {string} [list.filter] What the user has typed.
	 * @returns {Promise<{ results: Array<{ name: string, value: string }> }>}
	 */
	async searchList({ node, parameter, method, credential: { id, name }, filter }) {
		return await this.request('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
			path: `parameters.${parameter}`,
			nodeTypeAndVersion: { name: node, version: 1 },
			currentNodeParameters: {},
			methodName: method,
			credentials: { ryzeApi: { id, name } },
			filter,
		});
	}

	/**
	 * @returns {Promise<any[]>} The descriptions of all nodes that the editor offers, AI tool forms
	 * included; `name` is for instance `n8n-nodes-ryzeapi.ryze`.
	 */
	async nodeTypes() {
		return await this.request('GET', '/types/nodes.json');
	}
}

/** @param {any} workflow @returns {string} */
function manualTriggerOf({ name, nodes }) {
	const type = 'n8n-nodes-base.manualTrigger';
	const node = nodes.find((/** @type {any} */ candidate) => candidate.type === type);
	if (!node) throw new Error(`"${name}" has no manual trigger; name the node to start from.`);
	return node.name;
}

module.exports = { N8nRest };
