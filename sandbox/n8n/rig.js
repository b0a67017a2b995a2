'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { seeds, startRyze } = require('../ryze');
const { startN8n } = require('./instance');
const { installPackage, packTarball } = require('./package');
const { N8nRest } = require('./rest');

const ROOT = path.join(__dirname, '../..');

/** The owner of the n8n that the rig starts. It listens on loopback only and is gone afterwards. */
const ACCOUNT = { email: 'owner@example.com', password: 'Ryze-sandbox-1' };

const CREDENTIAL = { name: 'Ryze sandbox', type: 'ryzeApi' };

const NODE_TYPES = ['ryze', 'ryzeTool', 'ryzeHitlTool', 'ryzeTrigger'].map(
	(name) => `n8n-nodes-ryzeapi.${name}`,
);

/** @typedef {Awaited<ReturnType<typeof startRig>>} Rig */

/**
 * A real n8n with this package installed from its own tarball, the sandbox beside it, an owner
 * account that is logged in, and a Ryze credential that opens the sandbox.
 *
 * @param {object} options
 * @param {string} options.version See `N8N_VERSIONS`.
 * @param {number} [options.port] Of n8n; 0, the default, takes a free one.
 * @param {Record<string, string>} [options.env] More settings for n8n.
 * @param {string[]} [options.nodeArgs] For the Node.js that runs n8n.
 * @param {(line: string) => void} [options.log]
 */
async function startRig({ version, port, env, nodeArgs, log = () => {} }) {
	const userFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'ryze-n8n-'));
	// Also when the process is ended while n8n is still starting.
	const forget = () => fs.rmSync(userFolder, { recursive: true, force: true, maxRetries: 3 });
	process.once('exit', forget);
	const ryze = await startRyze();
	/** @type {Awaited<ReturnType<typeof startN8n>> | undefined} */
	let n8n;

	/** @param {Record<string, string>} [fields] */
	const dataOf = (fields) => {
		const { token, name: instance } = seeds.instances.demo;
		return { token, instance, baseUrl: ryze.url, ...fields };
	};

	/** Ends both and deletes all that they kept. */
	async function stop() {
		await n8n?.stop();
		await ryze.stop();
		forget();
		process.removeListener('exit', forget);
	}

	try {
		log('Packing this package and installing the tarball into n8n …');
		const tarball = await packTarball(ROOT);
		await installPackage(tarball, userFolder).finally(() =>
			fs.rmSync(path.dirname(tarball), { recursive: true }),
		);
		log(`Starting n8n ${version} …`);
		n8n = await startN8n({ version, userFolder, port, env, nodeArgs, log });
		const rest = new N8nRest(n8n.url);
		await rest.setupOwner(ACCOUNT);
		/**
		 * @param {Record<string, string>} [fields] Instead of those of the instance `demo`.
		 * @returns {Promise<{ id: string, name: string }>}
		 */
		const addCredential = async (fields) =>
			await rest.createCredential({ ...CREDENTIAL, data: dataOf(fields) });
		const credential = await addCredential();

		/**
		 * @param {{ id: string }} given
		 * @param {Record<string, string>} [fields] See `addCredential`.
		 */
		const editCredential = async ({ id }, fields) =>
			await rest.updateCredential({ id, ...CREDENTIAL, data: dataOf(fields) });

		/**
		 * @param {any} workflow As in `examples/`; its Ryze nodes without a credential get this one.
		 * @param {{ id: string, name: string }} [given] Another one than the rig's own.
		 * @returns {Promise<string>} Its id.
		 */
		const addWorkflow = async (workflow, { id, name } = credential) => {
			const nodes = workflow.nodes.map((/** @type {any} */ node) =>
				NODE_TYPES.includes(node.type) ? { credentials: { ryzeApi: { id, name } }, ...node } : node,
			);
			return (await rest.createWorkflow({ ...workflow, nodes })).id;
		};

		const sandbox = { ryze, credential, addCredential, editCredential };
		return { version, n8n, rest, ...sandbox, addWorkflow, userFolder, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/**
 * @param {string} file Name of a file in `examples/`.
 * @returns {any} The workflow.
 */
const readExample = (file) =>
	JSON.parse(fs.readFileSync(path.join(ROOT, 'examples', file), 'utf8'));

/** @returns {string[]} Names of the files in `examples/`. */
const exampleFiles = () => fs.readdirSync(path.join(ROOT, 'examples')).sort();

/** What stands in the examples for the message IDs of the user. */
const MESSAGE_PLACEHOLDER = /PASTE-[A-Z-]+/g;

/** @param {string} value @returns {object} As the editor stores what was chosen from a list. */
const chosen = (value) => ({ __rl: true, mode: 'list', value });

/**
 * The examples are written for the messages, chats and people of a user: each has a placeholder for
 * a message ID, and leaves empty what is chosen from a list. Here they get what the sandbox knows.
 *
 * @param {any} workflow
 * @returns {any} A copy.
 */
function withSandboxValues(workflow) {
	const { group, notice, another } = seeds.messages;
	const known = [group, notice, another];
	let next = 0;
	const text = JSON.stringify(workflow);
	const copy = JSON.parse(text.replace(MESSAGE_PLACEHOLDER, () => known[next++ % known.length]));
	for (const { parameters } of copy.nodes) {
		if (parameters.chat?.value === '') parameters.chat = chosen(seeds.chats.group);
		for (const people of ['senders', 'approvers']) {
			if (parameters.options?.[people]) parameters.options[people] = [chosen(seeds.chats.private)];
		}
	}
	return copy;
}

/** @returns {any} bulk-pin, whose last message does not exist. */
function exampleWithUnknownMessage() {
	const workflow = withSandboxValues(readExample('bulk-pin.json'));
	const { notice, another, unknown } = seeds.messages;
	const list = workflow.nodes.find((/** @type {any} */ { name }) => name === 'Message IDs');
	const [assignment] = list.parameters.assignments.assignments;
	assignment.value = JSON.stringify([notice, another, unknown]);
	return workflow;
}

/** @returns {any} The same, but it stops at 'Pin each'. */
function failingExample() {
	const workflow = exampleWithUnknownMessage();
	delete workflow.nodes.find((/** @type {any} */ { name }) => name === 'Pin each').onError;
	return workflow;
}

module.exports = {
	ACCOUNT,
	exampleFiles,
	exampleWithUnknownMessage,
	failingExample,
	readExample,
	startRig,
	withSandboxValues,
};
