const { createServer } = require('node:http');
const { seeds, skipPauses, useHarness } = require('../support/engine');
const { until } = require('../../sandbox/until');

const harness = useHarness();
beforeEach(() => void skipPauses());

/** @param {Record<string, string>} changes */
const credentialWith = (changes) => ({ ...harness.credential, ...changes });

describe("an error has Ryze's own error message as its title, and says what to do now:", () => {
	/** @type {Array<[string, () => object, object, RegExp]>} */
	const rows = [
		[
			'an unknown message',
			() => ({ parameters: { messageId: seeds.messages.unknown } }),
			{
				message: `message with ID ${seeds.messages.unknown} not found`,
				reason: 'message-not-found',
				httpCode: '500',
			},
			/sent or received .*The Ryze WhatsApp Trigger and .* output the ID as 'messageId'/,
		],
		[
			'a phone that is not connected',
			() => {
				harness.ryze.setConnected('demo', false);
				return {};
			},
			{
				message: 'WhatsApp client is not connected',
				reason: 'not-connected',
				httpCode: '500',
			},
			/Connect the phone of this instance again \(https:\/\/docs\.ryzeapi\.cloud\/en\/api\/instance\/connect\)\. Then run again\. Nothing was changed/,
		],
		[
			'a wrong token',
			() => ({ credential: credentialWith({ token: 'wrong-token' }) }),
			{ message: 'Invalid token', reason: 'unauthorized', httpCode: '401' },
			/'Token' in the Ryze WhatsApp API credential/,
		],
		[
			'the token of another instance',
			() => ({ credential: credentialWith({ token: seeds.instances.second.token }) }),
			{
				message: 'Instance token does not match the requested instance',
				reason: 'forbidden',
				httpCode: '403',
			},
			/'Token' and 'Instance' .* do not match/,
		],
		[
			'an unknown instance',
			() => ({
				credential: credentialWith({ token: seeds.accountToken, instance: 'Demo' }),
			}),
			{ message: 'Instance not found', reason: 'instance-not-found', httpCode: '404' },
			/'Instance' .* upper and lower case/,
		],
	];
	it.each(rows)('%s', async (_name, options, expected, description) => {
		const failure = await harness.failure(options());
		expect(failure).toMatchObject(expected);
		expect(failure.description).toMatch(description);
	});

	/** @type {Array<[number, unknown, object, RegExp]>} */
	const answers = [
		[
			500,
			{ success: false, error: { message: 'invalid duration "1h": use "24h", "7d" or "30d"' } },
			{
				message: 'invalid duration "1h": use "24h", "7d" or "30d"',
				reason: 'invalid-parameter',
			},
			/must be 24h, 7d or 30d/,
		],
		[
			503,
			{ success: false, error: { message: 'Instance is not connected to WhatsApp' } },
			{ message: 'Instance is not connected to WhatsApp', reason: 'not-connected' },
			/^Connect the phone/,
		],
		[
			400,
			{ success: false, error: { message: 'Instance is not connected to WhatsApp' } },
			{ reason: 'not-connected' },
			/^Connect the phone/,
		],
		[
			400,
			{ success: false, error: { message: 'messageId is required' } },
			{ message: 'messageId is required', reason: 'invalid-parameter' },
			/ID of a message/,
		],
		[
			400,
			{ success: false, error: { message: 'Instance name is required' } },
			{ reason: 'invalid-credential' },
			/'Instance'/,
		],
		[
			400,
			{ success: false, error: { message: 'Invalid request body: unexpected EOF' } },
			{ message: 'Invalid request body: unexpected EOF', reason: 'invalid-parameter' },
			/one of the values/,
		],
		[
			401,
			{ success: false, error: { message: 'Missing token in header' } },
			{ message: 'Missing token in header', reason: 'unauthorized' },
			/'Token'/,
		],
		[
			500,
			{ success: false, error: { message: 'read tcp: ECONNRESET' } },
			{ message: 'read tcp: ECONNRESET', reason: 'server-error' },
			/could not complete the request/,
		],
		[
			502,
			'<!DOCTYPE html><html><body>Bad gateway</body></html>',
			{
				message: 'Received HTTP 502 with a web page instead of a response from Ryze',
				reason: 'server-error',
			},
			/'Base URL'.*proxy/,
		],
		[
			404,
			'404 page not found\n',
			{
				message: 'Received HTTP 404 with plain text instead of a response from Ryze',
				reason: 'unexpected-response',
			},
			/'Base URL'/,
		],
		[
			200,
			'<html></html>',
			{
				message: 'Received HTTP 200 with a web page instead of a response from Ryze',
				reason: 'unexpected-response',
			},
			/'Base URL'/,
		],
		[
			200,
			'',
			{
				message: 'Received HTTP 200 with no content instead of a response from Ryze',
				reason: 'unexpected-response',
			},
			/'Base URL'/,
		],
		[
			200,
			'[1]',
			{
				message:
					'Received HTTP 200 with JSON that is not an object instead of a response from Ryze',
				reason: 'unexpected-response',
			},
			/'Base URL'/,
		],
		[
			200,
			{ success: false, error: { message: 'message with ID X not found' } },
			{ message: 'message with ID X not found', reason: 'message-not-found' },
			/sent or received/,
		],
		[
			200,
			{ success: false },
			{ message: 'Ryze responded with HTTP 200 and no explanation', reason: 'unexpected-response' },
			/./,
		],
	];
	it.each(answers)('HTTP %d %j', async (status, body, expected, description) => {
		harness.ryze.setFault(() => ({ status, body: /** @type {any} */ (body) }));
		const failure = await harness.failure();
		expect(failure).toMatchObject({ ...expected, httpCode: String(status) });
		expect(failure.description).toMatch(description);
	});

	it('JSON of another server', async () => {
		harness.ryze.setFault(() => ({ status: 200, body: { status: 'ok' } }));
		const failure = await harness.failure();
		expect(failure).toMatchObject({
			message: 'Received HTTP 200 with JSON that is not from Ryze instead of a response from Ryze',
			reason: 'unexpected-response',
		});
	});

	it('429 that does not end within Max Wait', async () => {
		harness.ryze.configure({ limit: 1, windowMs: 200_000 });
		const messageId = '={{ $json.id }}';
		const items = [seeds.messages.group, seeds.messages.notice].map((id) => ({ json: { id } }));
		harness.ryze.spend('demo', 1);
		const { failed } = await harness.run({
			items: items.slice(0, 1),
			goOn: true,
			parameters: { messageId, options: { maxWait: 2 } },
		});
		harness.ryze.configure({ limit: 100, windowMs: 60_000 });
		expect(failed[0].json.error).toMatchObject({
			message: 'Rate limit exceeded. Try again later.',
			reason: 'rate-limited',
			httpCode: '429',
		});
		expect(/** @type {any} */ (failed[0].json.error).description).toMatch(/shares that limit/);
		expect(harness.ryze.requests).toHaveLength(1);
	});
});

describe('a request that gets no response', () => {
	it('fails with an error that says where Ryze could not be reached', async () => {
		const failure = await harness.failure({
			credential: credentialWith({ baseUrl: 'http://127.0.0.1:1' }),
		});
		expect(failure).toMatchObject({
			message:
				'Ryze could not be reached at 127.0.0.1:1 (the connection was refused, ECONNREFUSED)',
			reason: 'unreachable',
			httpCode: null,
		});
		expect(failure.description).toMatch(/network .*'Base URL'/);
	});

	it('fails with an error that names the unknown host', async () => {
		const failure = await harness.failure({
			credential: credentialWith({ baseUrl: 'https://ryze.invalid/api' }),
		});
		expect(failure.message).toMatch(
			/^Ryze could not be reached at ryze\.invalid \(the host name is unknown, E/,
		);
	});

	it('fails with an error that says when the connection is not secure', async () => {
		const failure = await harness.failure({
			credential: credentialWith({ baseUrl: harness.ryze.url.replace('http:', 'https:') }),
		});
		expect(failure.message).toMatch(
			/^The connection to Ryze at 127.* failed \(the secure connection failed/,
		);
	});

	it('fails after the timeout with an error that says that the pin may have taken effect', async () => {
		harness.ryze.setFault(() => ({ hang: true }));
		const failure = await harness.failure({ parameters: { options: { timeout: 0.12 } } });
		expect(failure).toMatchObject({
			message: 'Ryze did not respond within 0.12 s',
			reason: 'timeout',
			httpCode: null,
		});
		expect(failure.description).toMatch(
			/^The message may or may not be pinned\. Pinning it again is safe; .+ a second line/,
		);
		expect(harness.ryze.requests).toHaveLength(1);
	});

	it('times out in time when the response comes one byte at a time', async () => {
		// All of it would take a quarter of a minute, and never pauses for as long as the timeout.
		harness.ryze.setFault(() => ({ drip: { everyMs: 100, bytes: 1 } }));
		const failure = await harness.failure({ parameters: { options: { timeout: 0.2 } } });
		expect(failure.reason).toBe('timeout');
		await until(() => harness.ryze.requests[0].status === 0);
	});
});

describe('the token', () => {
	it('is not sent on to where a redirect leads', async () => {
		/** @type {unknown[]} */
		const arrived = [];
		const other = createServer((request, response) => {
			arrived.push(request.headers);
			response.end('{}');
		}).listen(0, '127.0.0.1');
		await new Promise((resolve) => other.once('listening', resolve));
		const { port } = /** @type {import('node:net').AddressInfo} */ (other.address());
		harness.ryze.setFault(() => ({
			status: 307,
			body: '',
			headers: { location: `http://127.0.0.1:${port}/elsewhere?token=x` },
		}));
		const failure = await harness.failure();
		other.close();
		expect(failure).toMatchObject({
			message: `'Base URL' redirects to 127.0.0.1:${port} (HTTP 307)`,
			reason: 'unexpected-response',
			httpCode: '307',
		});
		expect(failure.description).toMatch(/'Base URL'/);
		expect(arrived).toEqual([]);
	});

	it('is not shown when it was pasted into another field', async () => {
		const { token } = harness.credential;
		for (const field of ['baseUrl', 'instance']) {
			const failure = await harness.failure({ credential: credentialWith({ [field]: token }) });
			expect(JSON.stringify(failure)).not.toContain(token);
		}
	});

	it('is not sent a second time when it was refused', async () => {
		await harness.failure({ credential: credentialWith({ token: 'wrong-token' }) });
		expect(harness.ryze.requests).toHaveLength(1);
	});

	const spellings = {
		'as it is': (/** @type {string} */ token) => token,
		'for a URL': (/** @type {string} */ token) =>
			[...token].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(''),
		'in base64': (/** @type {string} */ token) => Buffer.from(`Bearer ${token}`).toString('base64'),
	};

	it.each(Object.entries(spellings))(
		'is not passed on from a success that repeats it %s',
		async (_, spell) => {
			const spelled = spell(harness.credential.token);
			harness.ryze.setFault(() => ({
				status: 200,
				afterWork: true,
				body: { success: true, data: { messageId: 'M', you: [spelled], [spelled]: 1 }, n: null },
			}));
			const parameters = { operation: 'sendText', chat: '5511999999999', text: 'Hello' };
			const { success, run } = await harness.run({ parameters });
			expect(success[0].json).toEqual({
				messageId: 'M',
				success: true,
				data: { messageId: 'M', you: ['***'], '***': 1 },
				n: null,
			});
			expect(everythingIn(run)).not.toContain(spelled);
		},
	);

	it.each(Object.entries(spellings))(
		'is not shown of an error that repeats it %s',
		async (_, spell) => {
			const spelled = spell(harness.credential.token);
			const error = { message: `Invalid token ${spelled} in header` };
			harness.ryze.setFault(() => ({ status: 401, body: { success: false, error } }));
			expect((await harness.failure()).message).toBe('Invalid token *** in header');
		},
	);

	it('appears nowhere in the execution, however it ends', async () => {
		const { token } = harness.credential;
		const echo = { success: false, error: { message: `no such token: ${token}` } };
		/** @type {Array<import('../../sandbox/ryze/types').Fault | undefined>} */
		const faults = [undefined, { status: 401, body: echo }, { reset: 'before' }, { hang: true }];
		for (const fault of faults) {
			for (const goOn of [true, false]) {
				harness.ryze.setFault(() => fault);
				const { run } = await harness.run({
					goOn,
					parameters: { options: { timeout: 0.1 } },
				});
				expect(everythingIn(run)).not.toContain(token);
			}
		}
	});
});

/** All text that can be reached from an object, its hidden properties and causes included. */
function everythingIn(/** @type {unknown} */ root) {
	const seen = new Set();
	/** @type {string[]} */
	const texts = [];
	const visit = (/** @type {any} */ value) => {
		if (typeof value === 'string') texts.push(value);
		if (typeof value !== 'object' || value === null || seen.has(value)) return;
		seen.add(value);
		for (const key of Reflect.ownKeys(value)) {
			texts.push(String(key));
			visit(Object.getOwnPropertyDescriptor(value, key)?.value);
		}
	};
	visit(root);
	return texts.join('\n');
}
