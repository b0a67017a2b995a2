const { join } = require('node:path');
const { loadEngine } = require('../../sandbox/engine');
const { startReceiver } = require('../../sandbox/engine/receiver');
const { seeds, startRyze } = require('../../sandbox/ryze');
const { until } = require('../../sandbox/until');

/** @typedef {import('../../sandbox/engine').RunOptions} RunOptions */

const { demo } = seeds.instances;
const { group } = seeds.chats;

/** Members of the group. */
const ADMIN = { jid: '5511988880001@s.whatsapp.net', lid: '111000111000111@lid', name: 'Ann' };
const MEMBER = { jid: '5511988880002@s.whatsapp.net', lid: '222000222000222@lid', name: 'Bob' };

/** @param {string} value @returns {object} */
const byId = (value) => ({ __rl: true, mode: 'id', value });

/** The node that asks, a trigger that hears the answers, a web server in the place of n8n's. */
async function startWaitHarness() {
	const engine = await loadEngine(join(__dirname, '../..'));
	const receiver = await startReceiver();
	const ryze = await startRyze({ limit: 1_000_000, retryDelaysMs: [20] });
	const credential = { token: demo.token, instance: demo.name, baseUrl: ryze.url };
	let workflows = 0;

	/** @param {import('../support/triggerEngine').TriggerOptions} [options] */
	async function listening(options) {
		const trigger = engine.trigger({
			n8nUrl: receiver.url,
			credential,
			workflowId: `heard-${++workflows}`,
			nodeId: `trigger-${workflows}`,
			...options,
		});
		await trigger.switchOn();
		receiver.listenFor(trigger);
		return trigger;
	}

	/** @param {Record<string, unknown>} [parameters] @param {Partial<RunOptions>} [more] */
	const optionsOf = (parameters, more) => ({
		items: [{ json: { notice: 'Dinner' } }],
		credential,
		n8nUrl: receiver.url,
		parameters: {
			operation: 'sendAndWait',
			chat: byId(group),
			message: 'Pin it?',
			...parameters,
		},
		...more,
	});

	/**
	 * Asks, and waits for an answer.
	 *
	 * @param {Record<string, unknown>} [parameters]
	 * @param {Partial<RunOptions>} [more]
	 */
	async function ask(parameters, more) {
		const execution = await engine.ask(optionsOf(parameters, more));
		receiver.waitFor(execution);
		const sent = /** @type {any} */ (ryze.sent.at(-1));
		const link = /https?:\S+/.exec(sent?.message ?? '')?.[0] ?? '';
		await ryze.idle();

		/** @param {Record<string, string>} fields @param {string} [url] */
		const submit = async (fields, url = link) =>
			await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });

		/** @param {any} [exchange] */
		const reply = async (exchange) =>
			await ryze.receive('demo', {
				chat: { jid: sent.number, name: 'Team' },
				sender: MEMBER,
				reply: { of: sent.messageId, text: sent.message },
				...exchange,
			});

		/** @param {string} emoji @param {any} [exchange] */
		const react = async (emoji, exchange) =>
			await ryze.deliver(
				'demo',
				'message.exchange',
				ryze.events.reaction({
					of: sent.messageId,
					text: emoji,
					chat: { jid: sent.number, name: 'Team' },
					sender: MEMBER,
					...exchange,
				}),
			);

		return {
			execution,
			sent,
			link,
			submit,
			reply,
			react,

			/** What the workflow goes on with, once it does. @returns {Promise<any>} */
			async output() {
				await until(() => execution.status() === 'finished');
				const [{ json }] = /** @type {any} */ (execution.result()).success;
				return json;
			},
		};
	}

	return {
		engine,
		receiver,
		ryze,
		credential,
		listening,
		ask,

		/** Asks while no trigger is told of it, as when n8n has restarted since. @param {Parameters<typeof ask>} args */
		async askUnnoticed(...args) {
			receiver.setDown(true);
			const asked = await ask(...args);
			receiver.setDown(false);
			return asked;
		},

		/**
		 * What Ryze responds when a message is looked up.
		 *
		 * @param {number} status
		 * @param {object} [body]
		 * @param {number} [times] after which it responds as usual
		 */
		answerLookups(status, body = {}, times = Infinity) {
			let left = times;
			ryze.setFault(({ path }) =>
				path.includes('getMessage') && left-- > 0 ? { status, body } : undefined,
			);
		},

		/** What ends before it can wait. @param {Record<string, unknown>} [parameters] @param {Partial<RunOptions>} [more] */
		run: async (parameters, more) => await engine.run(optionsOf(parameters, more)),

		reset() {
			ryze.reset();
			receiver.reset();
		},

		async stop() {
			await ryze.stop();
			await receiver.stop();
		},
	};
}

/** @typedef {Awaited<ReturnType<typeof startWaitHarness>>} WaitHarness */

module.exports = { ADMIN, byId, MEMBER, startWaitHarness };
