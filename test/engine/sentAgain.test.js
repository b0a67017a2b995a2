const tls = require('node:tls');
const { makeCertificate } = require('../../sandbox/ryze');
const { restoreTime, skipPauses, startHarness } = require('../support/engine');
const { failures, kinds, startPlace } = require('../support/failures');
const { expectEndAfterAll, expectEndAfterOne } = require('../support/failureEnds');

/** @typedef {keyof typeof kinds} Kind */

/** @type {Awaited<ReturnType<typeof startHarness>>} */
let harness;
/** @type {Awaited<ReturnType<typeof makeCertificate>>} */
let certificate;
/** @type {Awaited<ReturnType<typeof startPlace>>} */
let place;

beforeAll(async () => {
	harness = await startHarness();
	certificate = await makeCertificate();
	// As with NODE_EXTRA_CA_CERTS, which Node.js reads only at its start.
	const { createSecureContext } = tls;
	jest.spyOn(tls, 'createSecureContext').mockImplementation((options) => {
		const made = createSecureContext(options);
		made.context.addCACert(certificate.cert);
		return made;
	});
});
beforeEach(() => void skipPauses());
afterEach(async () => {
	restoreTime();
	await place.ryze.stop();
});
afterAll(async () => {
	jest.restoreAllMocks();
	await harness.ryze.stop();
});

const timeout = 0.5;

/**
 * @param {Kind} kind
 * @param {object} [options] of the node
 */
async function run(kind, options) {
	const credential = { ...harness.credential, baseUrl: place.baseUrl };
	const parameters = { ...kinds[kind].parameters, options };
	const result = await harness.run({ credential, parameters, goOn: true });
	expect(result.error).toBeUndefined();
	const [success, failed] = [result.success, result.failed].map(([item]) => item?.json);
	const { hints } = result;
	return { output: success, error: /** @type {any} */ (failed)?.error, hints };
}

describe.each(/** @type {Kind[]} */ (['pin', 'text']))('A request (%s)', (kind) => {
	it.each(failures.filter(({ fault }) => fault))('that meets it once: $name', async (failure) => {
		place = await startPlace(failure, certificate, 1);
		const end = await run(kind, failure.late ? { timeout } : {});
		expectEndAfterOne({ kind, failure, place, timeout, ...end });
	});

	it.each(failures)('that meets it each time: $name', async (failure) => {
		place = await startPlace(failure, certificate);
		const end = await run(kind, { maxWait: 1, ...(failure.late && { timeout }) });
		expectEndAfterAll({ kind, failure, place, timeout, ...end });
	});

	it('has succeeded when the response is there, however late the connection is closed', async () => {
		place = await startPlace({ fault: { closeAfterMs: 60_000 } }, certificate);
		expect(await run(kind, { timeout: 10 })).toMatchObject({ output: { success: true } });
		expect(place.ryze.requests).toHaveLength(1);
		expect(kinds[kind].carriedOut(place.ryze)).toBe(1);
	});
});
