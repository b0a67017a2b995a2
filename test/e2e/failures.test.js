const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { startRig } = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { makeCertificate } = require('../../sandbox/ryze');
const { failures, kinds, startPlace } = require('../support/failures');
const { expectEndAfterAll, expectEndAfterOne } = require('../support/failureEnds');
const { manual } = require('../support/workflows');

/** @typedef {import('../support/failures').Failure} Failure */
/** @typedef {keyof typeof kinds} Kind */

/** How many executions run at a time: most of them only wait, for a pause or a timeout. */
const AT_ONCE = 12;

/** Seconds. */
const timeout = 1;

const kindsOf = /** @type {Kind[]} */ (Object.keys(kinds));

/** How often the failure happens, and how many items it happens to. */
const cases = [1, Infinity].flatMap((times) =>
	failures
		.filter(({ fault }) => fault || times > 1)
		.flatMap((failure) =>
			kindsOf.map((kind) => ({ name: `${failure.name}, ${kind}`, kind, failure, times })),
		),
);

/** @param {number} times */
const casesWith = (times) => cases.filter((each) => each.times === times);

describe.each(N8N_VERSIONS)('On n8n %s, an item', (version) => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ryze-certificate-'));
	/** @type {import('../../sandbox/n8n/rig').Rig} */
	let rig;
	/** @type {Map<object, Awaited<ReturnType<typeof runCase>>>} by the case */
	const ends = new Map();
	/** @type {Awaited<ReturnType<typeof makeCertificate>>} */
	let certificate;

	beforeAll(async () => {
		certificate = await makeCertificate();
		const file = path.join(folder, 'certificate.pem');
		fs.writeFileSync(file, certificate.cert);
		const env = { NODE_EXTRA_CA_CERTS: file };
		rig = await startRig({ version, env, log: (line) => console.log(line) });
		const queue = [...cases];
		const work = async () => {
			for (let next = queue.shift(); next; next = queue.shift()) {
				ends.set(next, await runCase(next));
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, work));
	});
	afterAll(async () => {
		await rig?.stop();
		for (const { place } of ends.values()) await place.ryze.stop();
		fs.rmSync(folder, { recursive: true });
	});

	/** @param {{ kind: Kind, failure: Pick<Failure, 'fault' | 'at' | 'late'>, times: number }} one */
	async function runCase({ kind, failure, times }) {
		const place = await startPlace(failure, certificate, times);
		const options = {
			...(times > 1 && { maxWait: 1 }),
			...(failure.late && { timeout }),
		};
		const settings = { onError: 'continueErrorOutput' };
		const workflow = manual([{}], { ...kinds[kind].parameters, options }, settings);
		const credential = await rig.addCredential({ baseUrl: place.baseUrl });
		const { data } = await rig.rest.runWorkflow(await rig.addWorkflow(workflow, credential));
		const [{ data: output, hints = [] }] = data.resultData.runData.Ryze;
		const [[success], [failed] = []] = output.main;
		return { place, output: success?.json, error: failed?.json.error, hints };
	}

	/** @param {typeof cases[number]} one */
	function endOf(one) {
		const { kind, failure } = one;
		const end = ends.get(one);
		if (!end) throw new Error('It was not run');
		return { kind, failure, timeout, ...end };
	}

	it.each(casesWith(1))('that meets it once: $name', (one) => expectEndAfterOne(endOf(one)));

	it.each(casesWith(Infinity))('that meets it each time: $name', (one) =>
		expectEndAfterAll(endOf(one)),
	);

	it.each(kindsOf)('has succeeded however late the connection is closed: %s', async (kind) => {
		const failure = { fault: { closeAfterMs: 60_000 } };
		const { place, output } = await runCase({ kind, failure, times: 1 });
		expect(output).toMatchObject({ success: true });
		expect(place.ryze.requests).toHaveLength(1);
		await place.ryze.stop();
	});
});
