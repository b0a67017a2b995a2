const { seeds, useHarness } = require('../support/engine');
const { operations } = require('../support/operations');

const harness = useHarness({ limit: 1_000_000 });

const { parameters } = operations['instance/get'];
const { demo, second, offline } = seeds.instances;
const TOKENS = [seeds.accountToken, ...[demo, second, offline].map(({ token }) => token)];

/** @param {object} [changes] of the credential @param {object} [options] of the node */
const run = async (changes, options = {}) =>
	await harness.run({
		parameters: { ...parameters, options },
		credential: { ...harness.credential, ...changes },
	});

/** @param {object[]} instances */
const answer = (instances) => {
	const body = { success: true, message: 'x', instances, meta: {} };
	harness.ryze.setFault(() => ({ status: 200, body }));
};

describe('Get of an instance', () => {
	it.each([
		['its own token', demo.token],
		['the account token', seeds.accountToken],
	])('gives what is known of it, but no secret, with %s', async (_name, token) => {
		const { success } = await run({ token });
		expect(success).toEqual([
			{
				json: {
					id: demo.id,
					name: 'demo',
					status: 'connected',
					connection: {
						state: 'connected',
						numberJid: demo.numberJid,
						presenceStatus: 'available',
						displayStatus: 'Connected',
					},
					profile: {
						name: 'Sandbox demo',
						pictureUrl: 'https://example.com/profile.jpg',
						isBusiness: false,
						businessName: '',
					},
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('outputs neither a token nor a secret of another service, wherever they are', async () => {
		const token = 'a-token-of-this-instance';
		const secrets = ['proxy-password', 's3-secret', 'chatwoot-token', 'Bearer webhook', token];
		const [password, secretKey, apiToken, authorization] = secrets;
		answer([
			{
				name: 'demo',
				token,
				Token: token,
				apikey: token,
				status: 'connected',
				connection: { state: 'connected', deep: [{ url: `https://example.com/?token=${token}` }] },
				profile: { name: token },
				webhook: { authorization },
				proxy: { password },
				s3: { secretKey },
				chatwoot: { apiToken },
				settings: {},
			},
		]);
		const { success } = await run();
		const text = JSON.stringify(success);
		for (const secret of [...secrets, ...TOKENS]) expect(text).not.toContain(secret);
		expect(success[0].json).toEqual({
			name: 'demo',
			status: 'connected',
			connection: { state: 'connected', deep: [{ url: 'https://example.com/?token=***' }] },
			profile: { name: '***' },
		});
	});

	it('says that the phone is not connected, without failing', async () => {
		const { success } = await run({ token: offline.token, instance: offline.name });
		expect(success[0].json).toMatchObject({
			status: 'disconnected',
			connection: { state: 'disconnected' },
		});
	});

	it.each(['', ' ', '.', '={{ $json.missing }}'])(
		'never asks for the instance %j, as that would list all of the account',
		async (name) => {
			const token = seeds.accountToken;
			for (const [changes, options] of /** @type {const} */ ([
				[{ token }, { instance: name }],
				[{ token, instance: name.startsWith('=') ? '' : name }, {}],
			])) {
				const { error } = await run(changes, options);
				expect(error.message).toMatch(/'Instance' .*must be the name of an instance/);
			}
			expect(harness.ryze.requests).toEqual([]);
		},
	);

	it.each([',', ',,', 'demo,second', ' , '])(
		'gives no other instance when the name is %j, which is a list to Ryze',
		async (instance) => {
			const { success, error } = await run({ token: seeds.accountToken, instance });
			expect(success).toEqual([]);
			expect(error.message).toMatch(/^Ryze('s response does not contain| returned) the instance /);
			const text = JSON.stringify([error.message, error.description]);
			for (const token of TOKENS) expect(text).not.toContain(token);
		},
	);

	it('asks for the instance of the option, by item', async () => {
		const items = [second, demo, offline].map(({ name }) => ({ json: { name } }));
		const { success } = await harness.run({
			items,
			parameters: { ...parameters, options: { instance: '={{ $json.name }}', requestsAtOnce: 3 } },
			credential: { ...harness.credential, token: seeds.accountToken },
		});
		expect(success.map(({ json }) => json.name)).toEqual(['second', 'demo', 'offline']);
	});

	it('encodes the name for the query', async () => {
		const instance = 'a b&token=c#?é/';
		const { error } = await run({ token: seeds.accountToken, instance });
		expect(error.message).toBe('Instance not found');
		expect(harness.ryze.requests).toMatchObject([{ query: { instanceName: instance } }]);
	});

	it('fails when the token is that of another instance, or the case of the name differs', async () => {
		for (const instance of ['second', 'Demo']) {
			const { error } = await run({ instance });
			expect(error).toMatchObject({
				message: `Ryze returned the instance "demo" instead of "${instance}"`,
				description: expect.stringMatching(/do not match.*upper and lower case/),
				context: { reason: 'forbidden' },
			});
		}
		const { error } = await run({}, { instance: 'second' });
		expect(error.description).toContain("from the option 'Instance' of this node");
	});

	it.each([[[]], [[{}]], [[null, 'demo', [demo]]], [{ demo }], [undefined]])(
		'fails when no instance is in the answer: %j',
		async (instances) => {
			answer(/** @type {any} */ (instances));
			const { error } = await run();
			expect(error).toMatchObject({
				message: `Ryze's response does not contain the instance "demo"`,
				context: { reason: 'unexpected-response' },
			});
		},
	);

	it('is asked again when the connection is lost, as nothing is changed', async () => {
		harness.ryze.setFault(({ index }) => (index === 0 ? { reset: 'after' } : undefined));
		expect((await run()).success).toHaveLength(1);
		expect(harness.ryze.requests).toHaveLength(2);
	});

	it('tells an AI agent the state, and no token', async () => {
		const { success } = await harness.engine.runAsTool({
			items: [{ json: {} }, { json: { Instance: 'nobody' } }],
			credential: { ...harness.credential, token: seeds.accountToken },
			parameters: {
				...parameters,
				options: { instance: "={{ $fromAI('Instance', 'which', 'string', 'offline') }}" },
			},
		});
		const text = JSON.stringify(success);
		for (const token of TOKENS) expect(text).not.toContain(token);
		expect(success.map(({ json }) => /** @type {any} */ (json).answer[0])).toEqual([
			expect.objectContaining({ name: 'offline', status: 'disconnected' }),
			{ error: expect.objectContaining({ reason: 'instance-not-found' }) },
		]);
	});
});
