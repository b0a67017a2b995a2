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

	it('are refused when they give items different tokens', async () => {
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
			message: "'Token' of the Ryze API credential must be the same for all items",
			reason: 'invalid-credential',
		});
		expect(JSON.stringify(failed[0].json.error)).not.toContain(second.token);
		expect(sent()).toEqual([`from ${demo.name}, by ${demo.name}`]);
	});

	it('are refused where they give no instance, and other items go on', async () => {
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
