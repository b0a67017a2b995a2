const { startRig } = require('../../sandbox/n8n/rig');
const { defaultSettings } = require('../../sandbox/ryze/settings');
const { until } = require('../../sandbox/until');

/** @typedef {Awaited<ReturnType<typeof startTriggerRig>>} TriggerRig */

/**
 * A real n8n beside the sandbox, for tests of the trigger: what they switch on is switched off again.
 *
 * @param {string} version
 */
async function startTriggerRig(version) {
	const rig = await startRig({ version, log: (line) => console.log(line) });
	/** @type {Set<string>} */
	const active = new Set();
	let printed = rig.n8n.output().length;

	/** @param {string} id */
	async function switchOn(id) {
		await rig.rest.activateWorkflow(id);
		active.add(id);
	}

	/** @param {string} id */
	async function switchOff(id) {
		active.delete(id);
		await rig.rest.deactivateWorkflow(id);
	}

	return {
		...rig,
		switchOn,
		switchOff,

		/**
		 * @param {any} workflow
		 * @param {{ id: string, name: string }} [credential]
		 * @returns {Promise<string>} Its id.
		 */
		async activate(workflow, credential) {
			const id = await rig.addWorkflow(workflow, credential);
			await switchOn(id);
			return id;
		},

		/** The webhooks in use. @param {string} [instance] */
		enabled: (instance = 'demo') => rig.ryze.webhooks(instance).filter(({ enabled }) => enabled),

		/** The webhooks of triggers, in use or not. @param {string} [instance] */
		ours: (instance = 'demo') =>
			rig.ryze.webhooks(instance).filter(({ label }) => label.startsWith('n8n-')),

		/**
		 * @param {string} id @param {number} count
		 * @returns {Promise<any[]>} The executions of a workflow, once there are so many and all have
		 * ended; oldest first.
		 */
		async executions(id, count) {
			await until(async () => (await rig.rest.listExecutions(id)).length >= count);
			const list = await rig.rest.listExecutions(id);
			const all = await Promise.all(list.map((each) => rig.rest.waitForExecution(each.id)));
			return all.sort((one, other) => Number(one.id) - Number(other.id));
		},

		/** What n8n has printed since the last reset. */
		printed: () => rig.n8n.output().slice(printed),

		/** Its sentences about webhooks that were left behind. @returns {string[]} */
		leftBehind: () =>
			rig.n8n
				.output()
				.slice(printed)
				.match(/The webhook "n8n-.*/g) ?? [],

		async reset() {
			rig.ryze.setFault(undefined);
			for (const id of active) await switchOff(id);
			rig.ryze.reset();
			rig.ryze.configure(defaultSettings());
			printed = rig.n8n.output().length;
		},
	};
}

module.exports = { startTriggerRig };
