/* The main job in one command: `npm start`, see HELP below. */
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { buildUnlessFresh } = require('./dist');
const { seeds, startRyze } = require('./ryze');

const HELP = `Builds the package if its sources have changed, and runs the Ryze node on n8n's own engine.

  npm start
      Pins a message, unpins it, and tries one that does not exist, against the sandbox:
      a stand-in for the Ryze API that runs on this machine.

  RYZE_TOKEN=… RYZE_INSTANCE=… npm start -- --message <ID> [--duration 24h|7d|30d]
  RYZE_TOKEN=… RYZE_INSTANCE=… npm start -- --message <ID> --unpin
      Does it for real, through https://ryzeapi.cloud (or RYZE_BASE_URL).
      Everyone in the chat of that message sees the pin.

Options
  --message <ID>     the message to pin; the instance must have sent or received it
  --duration <time>  24h, 7d (if not given) or 30d
  --unpin            unpin the message
  --help             this text

The exit code is 1 when the node fails; its own error text is then printed.`;

/** @typedef {import('./engine').Item} Item */

/** @param {unknown} value */
const print = (value) => console.log(value);

/** @param {string} label @param {string} text */
const printLine = (label, text) => print(`  ${label.padEnd(8)} ${text}`);

/** @param {string} label @param {unknown} json */
const printJson = (label, json) => printLine(label, JSON.stringify(json));

/** @param {{ message: string, description?: string | null }} error */
function printFailure({ message, description }) {
	print(`\nThe node failed: ${message}`);
	if (description) print(description);
}

/** Parameters of the node, taken from each item as a workflow would do it. */
const fromItem = {
	pin: '={{ $json.pin }}',
	messageId: '={{ $json.messageId }}',
	duration: '={{ $json.duration ?? "7d" }}',
};

/** What the node is given in the sandbox, and on which output each item is expected. */
const JOBS = [
	{
		title: 'pins a message for 24 hours',
		json: { pin: true, messageId: seeds.messages.notice, duration: '24h' },
		expected: 'success',
	},
	{
		title: 'unpins it',
		json: { pin: false, messageId: seeds.messages.notice },
		expected: 'success',
	},
	{
		title: 'fails on purpose: no such message exists',
		json: { pin: true, messageId: seeds.messages.unknown },
		expected: 'error',
	},
];

/** The engine of n8n takes a second to load. */
const openEngine = async () => await require('./engine').loadEngine(join(__dirname, '..'));

/** Runs `JOBS` against the sandbox; each is shown with what Ryze saw of it. */
async function runInSandbox() {
	const engine = await openEngine();
	const ryze = await startRyze();
	const { demo } = seeds.instances;
	try {
		const items = JOBS.map(({ json }) => ({ json }));
		const { success, failed, error } = await engine.run({
			items,
			parameters: fromItem,
			credential: { token: demo.token, instance: demo.name, baseUrl: ryze.url },
			node: { onError: 'continueErrorOutput' },
		});
		if (error) {
			printFailure(error);
			return 1;
		}
		print('Ryze node on the n8n engine, against the sandbox (no message is really pinned).\n');
		const outputs = [
			...success.map((item) => ({ item, name: 'success' })),
			...failed.map((item) => ({ item, name: 'error' })),
		];
		for (const [index, { title, json }] of JOBS.entries()) {
			const output = outputs.find(({ item }) => itemOf(item) === index);
			const { method, path, body, status } = ryze.requests[index];
			print(`Item ${index + 1} of ${JOBS.length}: ${title}`);
			printJson('input', json);
			printLine('request', `${method} ${path}`);
			printJson('', body);
			printLine('response', `HTTP ${status}`);
			printJson(output?.name ?? 'none', output?.item.json);
			print('');
		}
		const isExpected = JOBS.every(({ expected }, index) =>
			outputs.some(({ item, name }) => itemOf(item) === index && name === expected),
		);
		print(
			`${isExpected ? 'As expected' : 'NOT as expected (2 and 1)'}: ${success.length} items on the success output, ${failed.length} on the error output.`,
		);
		return isExpected ? 0 : 1;
	} finally {
		await ryze.stop();
	}
}

/** @param {Item} item */
function itemOf({ pairedItem }) {
	return typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : undefined;
}

/**
 * @param {{ message: string, duration?: string, unpin?: boolean }} job
 * @param {NodeJS.ProcessEnv} env
 */
async function runForReal({ message, duration, unpin }, env) {
	const engine = await openEngine();
	const item = { json: { pin: !unpin, messageId: message, ...(duration && { duration }) } };
	const { success, error } = await engine.run({
		items: [item],
		parameters: fromItem,
		credential: {
			token: env.RYZE_TOKEN,
			instance: env.RYZE_INSTANCE,
			baseUrl: env.RYZE_BASE_URL ?? 'https://ryzeapi.cloud',
		},
	});
	printJson('input', item.json);
	if (error) {
		printFailure(error);
		return 1;
	}
	printJson('output', success[0]?.json);
	return 0;
}

/** @returns {Promise<number>} the exit code */
async function main() {
	const { values } = parseArgs({
		options: {
			message: { type: 'string' },
			duration: { type: 'string' },
			unpin: { type: 'boolean' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		print(HELP);
		return 0;
	}
	const { RYZE_TOKEN, RYZE_INSTANCE } = process.env;
	const { message, duration, unpin } = values;
	const job = message ?? duration ?? unpin;
	const isReal = Boolean(RYZE_TOKEN || RYZE_INSTANCE || job !== undefined);
	const missing = [
		!RYZE_TOKEN && 'RYZE_TOKEN in the environment',
		!RYZE_INSTANCE && 'RYZE_INSTANCE in the environment',
		message === undefined && '--message <ID>',
	].filter(Boolean);
	if (isReal && missing.length > 0) {
		print(`To pin for real this is missing: ${missing.join(', ')}.\n\n${HELP}`);
		return 1;
	}
	buildUnlessFresh(print);
	if (message === undefined) return await runInSandbox();
	return await runForReal({ message, duration, unpin }, process.env);
}

main().then(
	(code) => {
		process.exitCode = code;
	},
	(/** @type {Error} */ error) => {
		print(`${error.message}\n\nRun npm start -- --help to see how to use it.`);
		process.exitCode = 1;
	},
);
