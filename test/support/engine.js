const { join } = require('node:path');
const { loadEngine } = require('../../sandbox/engine');
const { seeds, startRyze } = require('../../sandbox/ryze');
const { clock } = require('../../dist/nodes/Ryze/transport/clock');

/** @typedef {Awaited<ReturnType<typeof startRyze>>} Ryze */
/** @typedef {import('../../sandbox/engine').RunOptions} RunOptions */

const real = { ...clock };
const realNow = Date.now;
const realTimeout = AbortSignal.timeout;

/** Milliseconds by which the clock of the node is ahead. It never goes back, as no real one does. */
let ahead = 0;

/** Lets every pause of the node pass at once; requests and answers still take their real time. */
function skipPauses() {
	/** @type {number[]} */
	const pauses = [];
	clock.now = () => real.now() + ahead;
	clock.sleep = async (milliseconds) => {
		pauses.push(milliseconds);
		ahead += milliseconds;
		await real.sleep(0);
	};
	return pauses;
}

/**
 * Lets time pass faster for the node and for the rate limit of the sandbox, which keeps their
 * windows, waits and timeouts in proportion; the way of a request from one to the other still takes
 * its real time, and so seems longer to both.
 *
 * @param {number} factor
 * @returns a pause of so many fast milliseconds
 */
function speedUp(factor) {
	const begin = realNow();
	const gained = () => (realNow() - begin) * (factor - 1);
	const before = ahead;
	Date.now = () => Math.floor(realNow() + gained());
	clock.now = () => {
		ahead = before + gained();
		return real.now() + ahead;
	};
	AbortSignal.timeout = (milliseconds) => realTimeout(Math.ceil(milliseconds / factor));
	clock.sleep = async (milliseconds) => await real.sleep(milliseconds / factor);
	return clock.sleep;
}

/** Ends what `skipPauses` and `speedUp` have begun. */
function restoreTime() {
	clock.now = () => real.now() + ahead;
	clock.sleep = real.sleep;
	Date.now = realNow;
	AbortSignal.timeout = realTimeout;
}

/** The node on n8n's engine, with a sandbox of its own and the demo instance's credential. */
async function startHarness() {
	const engine = await loadEngine(join(__dirname, '../..'));
	const ryze = await startRyze();
	const { demo } = seeds.instances;
	const credential = { token: demo.token, instance: demo.name, baseUrl: ryze.url };

	/** @param {Partial<RunOptions> & { goOn?: boolean }} options */
	const complete = ({ goOn, node, ...options }) => ({
		items: [{ json: {} }],
		credential,
		node: { ...(goOn && { onError: /** @type {const} */ ('continueErrorOutput') }), ...node },
		...options,
		parameters: { messageId: seeds.messages.group, ...options.parameters },
	});

	return {
		engine,
		ryze,
		credential,
		/** @param {Partial<RunOptions> & { goOn?: boolean }} [options] */
		run: async (options = {}) => await engine.run(complete(options)),
		/** @param {Partial<RunOptions>} options */
		start: (options) => engine.start(complete(options)),
		/** The error item that the node gives for one failing item. */
		async failure(/** @type {Partial<RunOptions>} */ options = {}) {
			const { failed, error } = await engine.run(complete({ ...options, goOn: true }));
			if (error) throw error;
			return /** @type {any} */ (failed[0]?.json.error);
		},
	};
}

module.exports = { restoreTime, seeds, skipPauses, speedUp, startHarness };
