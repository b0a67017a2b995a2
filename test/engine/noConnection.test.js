const { spawn } = require('node:child_process');
const dns = require('node:dns');
const { once } = require('node:events');
const net = require('node:net');
const { restoreTime, skipPauses, startHarness } = require('../support/engine');

/** Its process is busy, so nobody accepts; once its short queue is full, a connect is not answered. */
const LISTENER = `
	const server = require('node:net').createServer();
	server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
		require('node:fs').writeSync(1, String(server.address().port));
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
	});
`;

/** @type {Awaited<ReturnType<typeof startHarness>>} */
let harness;
/** @type {import('node:child_process').ChildProcessWithoutNullStreams} */
let listener;
/** @type {net.Socket[]} */
const queued = [];
/** Where a connect to 127.0.0.1 is never answered, and one to ::1 is refused. @type {number} */
let port;

beforeAll(async () => {
	harness = await startHarness();
	listener = spawn(process.execPath, ['-e', LISTENER]);
	port = Number((await once(listener.stdout, 'data'))[0]);
	for (let i = 0; i < 4; i++) queued.push(net.connect(port, '127.0.0.1').on('error', () => {}));
	const { lookup } = dns;
	jest.spyOn(dns, 'lookup').mockImplementation(
		/** @type {any} */ (
			(/** @type {string} */ host, /** @type {any} */ options, /** @type {any} */ done) => {
				if (host !== 'two.test') return lookup(host, options, done);
				process.nextTick(done, null, [
					{ address: '127.0.0.1', family: 4 },
					{ address: '::1', family: 6 },
				]);
			}
		),
	);
});
beforeEach(() => void skipPauses());
afterEach(() => {
	restoreTime();
	harness.ryze.reset();
});
afterAll(async () => {
	jest.restoreAllMocks();
	for (const socket of queued) socket.destroy();
	listener.kill();
	await harness.ryze.stop();
});

/** @param {Record<string, unknown>} parameters */
async function failedAtBoth(parameters) {
	const { failed, hints } = await harness.run({
		goOn: true,
		credential: { ...harness.credential, baseUrl: `http://two.test:${port}` },
		parameters,
	});
	return { error: /** @type {any} */ (failed[0].json.error), hints };
}

describe('A host with two addresses, of which one does not respond and the other one refuses', () => {
	it.each([
		['a text', { operation: 'sendText', chat: '5511999999999', text: 'Hello' }],
		['a pin', { operation: 'pinMessage' }],
	])('is told as not reached, and tried again with %s', async (_, parameters) => {
		const { error, hints } = await failedAtBoth(parameters);
		expect(error).toMatchObject({
			message: `Ryze could not be reached at two.test:${port} (the connection timed out, ETIMEDOUT)`,
			description: expect.stringMatching(/^Check the network/),
			reason: 'unreachable',
		});
		expect(hints.map(({ message }) => message).join()).toContain('Retried 3 times');
	});
});
