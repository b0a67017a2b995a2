const { seeds, useHarness } = require('../support/engine');

const harness = useHarness({ fresh: true });

const { demo, second } = seeds.instances;

const text = {
	operation: 'sendText',
	chat: '5511999999999',
	text: '={{ "from " + $json.instance }}',
};

const bothInstances = [demo, second].map(({ name, token }) => ({
	json: { instance: name, token },
}));

/** What was sent, and by which instance. */
const sent = () => harness.ryze.sent.map(({ message, instance }) => `${message}, by ${instance}`);

describe('Expressions in the credential', () => {
	it.each([1, 20])('are resolved for each item (%i at once)', async (requestsAtOnce) => {
		const { success, error } = await harness.run({
			items: bothInstances,
			credential: {
				...harness.credential,
				token: seeds.accountToken,
				instance: '={{ $json.instance }}',
			},
			parameters: { ...text, options: { requestsAtOnce } },
		});
		expect(error).toBeUndefined();
		expect(success).toHaveLength(2);
		expect(sent().sort()).toEqual(
			[demo, second].map(({ name }) => `from ${name}, by ${name}`).sort(),
		);
	});

	it('are refused when they return different tokens for the items', async () => {
		const { success, failed } = await harness.run({
			goOn: true,
			items: bothInstances,
			credential: {
				...harness.credential,
				token: '={{ $json.token }}',
				instance: '={{ $json.instance }}',
			},
			parameters: text,
		});
		expect(success).toHaveLength(1);
		expect(failed[0].json.error).toMatchObject({
			message: "'Token' in the Ryze WhatsApp API credential must be the same for all items",
			reason: 'invalid-credential',
		});
		expect(JSON.stringify(failed[0].json.error)).not.toContain(second.token);
		expect(sent()).toEqual([`from ${demo.name}, by ${demo.name}`]);
	});

	it('are refused when they return different tokens for the items, also when the first item has none', async () => {
		const tokens = ['', seeds.accountToken, second.token, seeds.accountToken];
		const { success, failed } = await harness.run({
			goOn: true,
			items: tokens.map((token) => ({ json: { token } })),
			credential: { ...harness.credential, token: '={{ $json.token }}' },
			parameters: text,
		});
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 3 }]);
		expect(failed.map(({ json }) => /** @type {any} */ (json.error).message)).toEqual([
			"'Token' in the Ryze WhatsApp API credential is empty",
			"'Token' in the Ryze WhatsApp API credential must be the same for all items",
		]);
	});

	/** @type {Array<[string, Record<string, string>, any[]]>} */
	const badFirst = [
		['instance', { instance: '={{ $json.value }}' }, [null, 'demo', '', 'second']],
		['token', { token: '={{ $json.value }}' }, ['', seeds.accountToken, null, seeds.accountToken]],
		['base URL', { baseUrl: '={{ $json.value }}' }, ['nowhere', 'URL', 'ftp://x', 'URL']],
		[
			'expression that throws',
			{ instance: '={{ $json.value.name.trim() }}' },
			[null, { name: 'demo' }, {}, { name: 'second' }],
		],
	].map(([name, fields, values]) => /** @type {any} */ ([name, fields, values]));

	describe.each(badFirst)('with a bad %s', (_, fields, values) => {
		/** @param {Record<string, unknown>} more */
		const run = async ({ options, ...more }) =>
			await harness.run({
				items: values.map((value) => ({
					json: { value: value === 'URL' ? harness.ryze.url : value, instance: '' },
				})),
				credential: { ...harness.credential, token: seeds.accountToken, ...fields },
				parameters: { ...text, options },
				...more,
			});

		it.each([1, 20])('in the first item fail for no other one (%i at once)', async (atOnce) => {
			const { success, failed } = await run({
				goOn: true,
				options: { requestsAtOnce: atOnce },
			});
			expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 3 }]);
			expect(failed).toHaveLength(2);
			for (const { json } of failed)
				expect(json.error).toMatchObject({ reason: 'invalid-credential' });
			expect(harness.ryze.sent).toHaveLength(2);
		});

		it('in the first item stop the node there', async () => {
			const { error } = await run({});
			expect(error.context).toMatchObject({ itemIndex: 0, reason: 'invalid-credential' });
			expect(harness.ryze.requests).toEqual([]);
		});

		it('in the first item do not count when that one fails before', async () => {
			const { success, failed } = await run({
				goOn: true,
				parameters: { ...text, chat: '={{ $itemIndex === 0 ? "" : "5511999999999" }}' },
			});
			expect(success).toHaveLength(2);
			expect(failed[0].json.error).toMatchObject({ reason: 'invalid-parameter' });
		});
	});

	it('are refused where they return no instance, and other items go on', async () => {
		const { success, failed } = await harness.run({
			goOn: true,
			items: [{ json: { instance: demo.name } }, { json: { instance: '' } }],
			credential: { ...harness.credential, instance: '={{ $json.instance }}' },
			parameters: text,
		});
		expect(success).toHaveLength(1);
		expect(failed[0].json.error).toMatchObject({ reason: 'invalid-credential' });
	});
});

describe("The option 'Instance'", () => {
	const options = { instance: '={{ $json.instance }}' };

	it('lets one account token serve many numbers', async () => {
		const { success } = await harness.run({
			items: bothInstances,
			credential: { ...harness.credential, token: seeds.accountToken },
			parameters: { ...text, options },
		});
		expect(success).toHaveLength(2);
		expect(sent()).toEqual([demo, second].map(({ name }) => `from ${name}, by ${name}`));
		expect(harness.ryze.requests.map(({ path }) => path)).toEqual(
			[demo, second].map(({ name }) => `/api/message/text/${name}`),
		);
	});

	it.each([[''], [null], [undefined]])(
		'sends nothing when its expression gives %j, rather than from the number of the credential',
		async (instance) => {
			const failure = await harness.failure({
				items: [{ json: { instance } }],
				parameters: { ...text, options },
			});
			expect(failure).toMatchObject({
				message: "'Instance' must be the name of an instance, but is empty",
				reason: 'invalid-parameter',
			});
			expect(harness.ryze.requests).toEqual([]);
		},
	);

	it('is named by the error when Ryze has no such instance', async () => {
		const failure = await harness.failure({
			items: [{ json: { instance: 'Nowhere' } }],
			credential: { ...harness.credential, token: seeds.accountToken },
			parameters: { ...text, options },
		});
		expect(failure).toMatchObject({ message: 'Instance not found', reason: 'instance-not-found' });
		expect(failure.description).toMatch(
			/The instance was "Nowhere", from the option 'Instance' of this node\.$/,
		);
	});

	it('does not show the token when that was pasted into it', async () => {
		const failure = await harness.failure({
			items: [{ json: { instance: seeds.accountToken } }],
			credential: { ...harness.credential, token: seeds.accountToken },
			parameters: { ...text, options },
		});
		expect(failure.reason).toBe('instance-not-found');
		expect(JSON.stringify(failure)).not.toContain(seeds.accountToken);
	});

	it('is refused before anything is sent when it cannot be a name', async () => {
		const failure = await harness.failure({
			items: [{ json: { instance: '..' } }],
			parameters: { ...text, options },
		});
		expect(failure).toMatchObject({
			message: '\'Instance\' must be the name of an instance, but is ".."',
			reason: 'invalid-parameter',
		});
		expect(harness.ryze.requests).toEqual([]);
	});
});
