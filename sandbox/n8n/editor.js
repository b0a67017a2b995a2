'use strict';

/* `npm run editor`: this package in a real n8n, to try in a browser. */
const { parseArgs } = require('node:util');
const { buildUnlessFresh } = require('../dist');
const { ACCOUNT, exampleFiles, readExample, startRig, withSandboxValues } = require('./rig');
const { seeds } = require('../ryze');
const { N8N_VERSIONS } = require('./versions');

const HELP = `Starts a real n8n on this machine, with this package and the sandbox, a stand-in for the Ryze API.

  npm run editor                        n8n ${N8N_VERSIONS[0]}, on port 5678
  npm run editor -- --n8n <version>     one of: ${N8N_VERSIONS.join(', ')}
  npm run editor -- --port <port>       0 takes a free one

The first start of a version installs it (about 5 minutes, 3 GB) into ~/.cache/n8n-nodes-ryzeapi,
or where RYZE_N8N_CACHE says. Ctrl-C ends all and deletes what was done in the editor.`;

async function main() {
	const { values } = parseArgs({
		options: {
			n8n: { type: 'string', default: N8N_VERSIONS[0] },
			port: { type: 'string', default: '5678' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		console.log(HELP);
		return;
	}
	if (!N8N_VERSIONS.includes(values.n8n)) {
		throw new Error(`--n8n must be one of: ${N8N_VERSIONS.join(', ')}`);
	}

	buildUnlessFresh((line) => console.log(line));

	/** @type {import('./rig').Rig | undefined} */
	let rig;
	let stopping = false;
	const stop = async () => {
		if (stopping) return;
		stopping = true;
		console.log('\nStopping n8n and the sandbox …');
		await rig?.stop();
		process.exit();
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());

	rig = await startRig({
		version: values.n8n,
		port: Number(values.port),
		log: (line) => console.log(line),
	});
	for (const file of exampleFiles()) {
		await rig.addWorkflow(withSandboxValues(readExample(file)));
	}
	const { group, unknown } = seeds.messages;
	console.log(`
Ready. Open      ${rig.n8n.url}
Log in with      ${ACCOUNT.email}
and password     ${ACCOUNT.password}

Then open the workflow "Ryze: pin a list of messages and sum up what failed" and press
"Execute workflow": the node "Pin each" pins three messages in the sandbox.
For a workflow of your own: + → search for "pin" → Ryze. A message ID that the sandbox knows is
${group}, one that it does not know ${unknown}.

Ctrl-C ends it.`);
}

main().catch((error) => {
	console.error(`\n${error.message}`);
	process.exitCode = 1;
});
