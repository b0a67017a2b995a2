const diagnostics = require('node:diagnostics_channel');
const { join } = require('node:path');
const { setImmediate: turn } = require('node:timers/promises');
const { loadEngine } = require('../../sandbox/engine');
const { seeds, startRyze } = require('../../sandbox/ryze');
const { packed } = require('./packed');

/** @type {typeof import('../../build/nodes/Ryze/transport/clock')} */
const { clock } = packed('clock');

/** @typedef {Awaited<ReturnType<typeof startRyze>>} Ryze */
/** @typedef {import('../../sandbox/engine').RunOptions} RunOptions */
/** @typedef {import('../../sandbox/ryze/types').Settings} Settings */

const real = { ...clock };
const realNow = Date.now;

/** What happens between the node and the sandbox. */
const HTTP_EVENTS = ['http.server.request.start', 'http.server.response.finish'];
let endSkipping = () => {};

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

/** A request to the sandbox and its answer take fewer turns of the event loop, however slow the machine. */
const QUIET_TURNS = 50;

/**
 * Stops the clocks of the node and of the sandbox's rate limit, and moves both on to the end of the
 * next pause whenever nothing else happens any more. So a window of a minute takes milliseconds, and
 * the speed of the machine decides nothing. Delays and timeouts of requests still take real time.
 *
 * @returns a pause of so many of its milliseconds, before whose end all is sent that may be sent
 */
function skipTime() {
	const begin = real.now() + ahead;
	const before = ahead;
	/** @type {Array<{ at: number, wake: () => void }>} */
	const sleepers = [];
	let passed = 0;
	let happened = 0;
	let running = false;

	const onEvent = () => void happened++;
	for (const event of HTTP_EVENTS) diagnostics.subscribe(event, onEvent);
	endSkipping = () => {
		for (const event of HTTP_EVENTS) diagnostics.unsubscribe(event, onEvent);
	};

	async function letTimePass() {
		running = true;
		while (sleepers.length > 0) {
			for (let quiet = 0, seen = -1; quiet < QUIET_TURNS; quiet++) {
				if (seen !== happened) quiet = 0;
				seen = happened;
				await turn();
			}
			const at = Math.min(...sleepers.map((sleeper) => sleeper.at));
			passed = Math.max(passed, at);
			ahead = before + passed;
			const [sleeper] = sleepers.splice(
				sleepers.findIndex((each) => each.at === at),
				1,
			);
			sleeper.wake();
		}
		running = false;
	}

	Date.now = () => Math.floor(begin + passed);
	clock.now = () => begin + passed;
	clock.sleep = async (milliseconds) => {
		happened++;
		await new Promise((resolve) => {
			const wake = () => resolve(undefined);
			sleepers.push({ at: passed + Math.max(0, milliseconds), wake });
			if (!running) void letTimePass();
		});
	};
	return clock.sleep;
}

/** Ends what `skipPauses` and `skipTime` have begun. */
function restoreTime() {
	endSkipping();
	clock.now = () => real.now() + ahead;
	clock.sleep = real.sleep;
	Date.now = realNow;
}

/** The node on n8n's engine, with its own sandbox and the demo instance's credential. */
async function startHarness(/** @type {Partial<Settings>} */ settings = {}) {
	const engine = await loadEngine(join(__dirname, '../..'));
	const ryze = await startRyze(settings);
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

/** @typedef {Awaited<ReturnType<typeof startHarness>>} Harness */

/**
 * The harness of a test file. Each test begins without a past, and in real time.
 *
 * @param {Partial<Settings> & { fresh?: boolean }} [options] settings of the sandbox; fresh: one at an
 * address of its own for each test, as the limiter of a token and the lists outlive an execution
 * @returns {Harness} usable in tests and in hooks
 */
function useHarness({ fresh = false, ...settings } = {}) {
	const harness = /** @type {Harness} */ ({});
	const start = async () => void Object.assign(harness, await startHarness(settings));
	const stop = async () => await harness.ryze.stop();
	if (fresh) beforeEach(start);
	else beforeAll(start);
	afterEach(async () => {
		restoreTime();
		if (fresh) return await stop();
		harness.ryze.reset();
		harness.ryze.setConnected('demo', true);
	});
	if (!fresh) afterAll(stop);
	return harness;
}

module.exports = {
	clock,
	restoreTime,
	seeds,
	skipPauses,
	skipTime,
	startHarness,
	useHarness,
};
