'use strict';

/*
 * `npm run bench`: measures the package on a real n8n, beside n8n's own HTTP Request node.
 * `npm run bench -- cpu media` measures only what is named; the names are those in `measure`.
 */
const os = require('node:os');
const path = require('node:path');
const { assertDistIsFresh } = require('../sandbox/dist');
const { runCommand } = require('../sandbox/n8n/command');
const { installN8n } = require('../sandbox/n8n/install');
const { measureAtOnce } = require('./atOnce');
const { openTestbed } = require('./testbed');
const { measureCpu } = require('./cpuPerItem');
const { cpuTime, machineTime } = require('./cpuTime');
const { figuresOf } = require('./figures');
const { measureFootprint } = require('./footprint');
const { measureLatency } = require('./latency');
const { measureMedia } = require('./media');
const { measurePacing } = require('./pacing');

/** Progress goes to stderr: what is printed on stdout can be copied into the README. */
const log = (/** @type {string} */ line) => void process.stderr.write(`${line}\n`);

async function main() {
	assertDistIsFresh();
	const { name, version } = require('../package.json');
	const testbed = await openTestbed(log);
	try {
		const n8n = await installN8n(testbed.rig.version);
		const { nodeBin } = n8n;
		const modules = path.join(n8n.dir, 'node_modules');
		const folder = path.join(testbed.rig.userFolder, '.n8n/nodes/node_modules', name);
		const others = watchOthers(testbed.rig.n8n.pid);

		const measure = {
			pacing: async () => await measurePacing(testbed, log),
			atOnce: async () => await measureAtOnce(testbed, log),
			latency: async () => await measureLatency(testbed, log),
			cpu: async () => await measureCpu(testbed, log),
			media: async () => await measureMedia(nodeBin, log),
			footprint: async () => await measureFootprint({ nodeBin, modules, folder, log }),
		};
		const named = process.argv.slice(2);
		/** @type {Record<string, unknown>} */
		const results = {};
		for (const [part, run] of Object.entries(measure)) {
			if (named.length === 0 || named.includes(part)) results[part] = await run();
		}
		const figures = figuresOf(results);

		const nodeVersion = (await runCommand(nodeBin, ['--version'])).stdout.trim();
		const date = new Date().toISOString().slice(0, 10);
		const processor = os.cpus()[0]?.model.trim() || os.arch();
		console.log(
			`${name} ${version} on n8n ${testbed.rig.version}, Node.js ${nodeVersion}, ${date},`,
		);
		console.log(
			`${os.cpus().length} × ${processor}. Where runs differ: median (lowest–highest).\n`,
		);
		printTable(figures);
		const busy = Math.round(others() * 100);
		console.log(`\nOther programs took ${busy} % of the machine meanwhile.`);
		printVerdict(figures);
	} finally {
		await testbed.stop();
	}
}

/**
 * @param {number} pid Of n8n.
 * @returns {() => number} The part of the machine that neither n8n nor we have taken since, 0 to 1.
 */
function watchOthers(pid) {
	const now = () => {
		const [n8n, self] = [cpuTime(pid), cpuTime('self')];
		const ours = n8n.own + n8n.children + self.own + self.children;
		return { at: performance.now(), others: machineTime() - ours };
	};
	const start = now();
	return () => {
		const end = now();
		const available = (end.at - start.at) * os.cpus().length;
		return Math.max(0, (end.others - start.others) / available);
	};
}

/** @param {import('./figures').Figure[]} figures */
function printTable(figures) {
	const heads = ['', 'Ryze node', 'HTTP Request', 'HTTP Request, batched by hand', 'To reach'];
	const rows = figures.map(({ what, ours, http = '', batched = '', reach = '' }) => [
		what,
		ours,
		http,
		batched,
		reach,
	]);
	for (const row of [heads, heads.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
}

/** @param {import('./figures').Figure[]} figures */
function printVerdict(figures) {
	/** @type {string[]} */
	const missed = [];
	let asked = 0;
	let title = '';
	for (const { what, reached } of figures) {
		if (!what.startsWith('…')) title = what;
		if (reached === undefined) continue;
		asked++;
		if (!reached) missed.push(what === title ? what : `${title} ${what}`);
	}
	const verdict = missed.length > 0 ? `not reached: ${missed.join('; ')}` : 'none missed';
	console.log(`${asked - missed.length} of ${asked} figures are reached; ${verdict}.`);
}

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
