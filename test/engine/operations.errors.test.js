const { seeds, useHarness } = require('../support/engine');
const { entryOf, names, operations } = require('../support/operations');

const harness = useHarness({ limit: 1_000_000 });

const { group, notice, unknown } = seeds.messages;

describe.each(names)('%s', (name) => {
	const { parameters, notConnected, worksOffline, otherInstance } = entryOf(name);

	/** @param {Record<string, string>} changes of the credential */
	const failureWith = async (changes) =>
		await harness.failure({ parameters, credential: { ...harness.credential, ...changes } });

	it('says that the phone is not connected, and asks only once', async () => {
		harness.ryze.setConnected('demo', false);
		if (worksOffline) return expect((await harness.run({ parameters })).success).toHaveLength(1);
		const failure = await harness.failure({ parameters });
		expect(failure).toEqual({
			message: 'Instance is not connected to WhatsApp',
			description: expect.stringMatching(/^Connect the phone of this instance again/),
			reason: 'not-connected',
			httpCode: '503',
			...notConnected,
		});
		expect(failure.description).not.toMatch(/unknown|may have/);
		expect(harness.ryze.requests).toHaveLength(1);
	});

	it('says that the token is wrong', async () => {
		expect(await failureWith({ token: 'no-such-token' })).toEqual({
			message: 'Invalid token',
			description: expect.stringContaining("'Token' in the Ryze WhatsApp API credential"),
			reason: 'unauthorized',
			httpCode: '401',
		});
	});

	it('says that token and instance do not match', async () => {
		expect(await failureWith({ token: seeds.instances.second.token })).toEqual({
			message: 'Instance token does not match the requested instance',
			description: expect.stringContaining('do not match'),
			reason: 'forbidden',
			httpCode: '403',
			...otherInstance,
		});
	});

	it('says that there is no such instance', async () => {
		expect(await failureWith({ token: seeds.accountToken, instance: 'Demo' })).toEqual({
			message: 'Instance not found',
			description: expect.stringContaining('upper and lower case'),
			reason: 'instance-not-found',
			httpCode: '404',
		});
	});

	/** @type {Array<[number, string, string, RegExp]>} */
	const documented = [
		[400, 'Instance name is required', 'invalid-credential', /^Fill in 'Instance'/],
		[400, 'Number is required', 'invalid-parameter', /^Ryze needs a phone number/],
		[
			400,
			'Either number or messageId is required',
			'invalid-parameter',
			/^Ryze needs a phone number/,
		],
		[
			400,
			'Message ID is required (use ?messageId=<message-id>)',
			'invalid-parameter',
			/^Enter the ID of a message\.$/,
		],
		[400, 'Invalid request body: EOF', 'invalid-parameter', /after the colon/],
		[404, 'message not found', 'message-not-found', /output the ID as 'messageId'/],
	];
	it.each(documented)('explains HTTP %d "%s"', async (status, message, reason, description) => {
		harness.ryze.setFault(() => ({ status, body: { success: false, error: { message } } }));
		const failure = await harness.failure({ parameters });
		expect(failure).toMatchObject({ message, reason, httpCode: String(status) });
		expect(failure.description).toMatch(description);
		expect(harness.ryze.requests).toHaveLength(1);
	});
});

describe('an error that only some operations have:', () => {
	it.each(/** @type {const} */ (['message/get', 'message/favorite']))(
		'%s: a message that Ryze does not know',
		async (name) => {
			const parameters = { ...operations[name].parameters, messageId: unknown };
			const failure = await harness.failure({ parameters });
			expect(failure).toEqual({
				message: 'Message not found',
				description: expect.stringMatching(/sent or received .*'messageId'\.$/),
				reason: 'message-not-found',
				httpCode: '404',
			});
		},
	);

	it.each(/** @type {const} */ (['message/sendText', 'chat/favorite', 'chat/pinChat']))(
		'%s: a number that Ryze does not take',
		async (name) => {
			// The node lets nothing through that the sandbox refuses, but Ryze may be stricter.
			const body = { success: false, error: { message: 'Number is not valid' } };
			harness.ryze.setFault(() => ({ status: 400, body }));
			const { parameters } = operations[name];
			expect(await harness.failure({ parameters })).toMatchObject({
				message: 'Number is not valid',
				reason: 'invalid-parameter',
				httpCode: '400',
			});
		},
	);

	it('message/sendText: a reply to a message that Ryze does not know', async () => {
		const { parameters } = operations['message/sendText'];
		const failure = await harness.failure({
			parameters: { ...parameters, options: { replyTo: unknown } },
		});
		expect(failure).toMatchObject({
			message: 'replyTo message not found',
			reason: 'invalid-parameter',
			httpCode: '400',
		});
		expect(harness.ryze.sent).toEqual([]);
	});

	it('chat/pinChat: a fourth chat', async () => {
		const numbers = [1, 2, 3, 4].map((last) => `551199999000${last}`);
		const { success, failed } = await harness.run({
			items: numbers.map((number) => ({ json: { number } })),
			parameters: { ...operations['chat/pinChat'].parameters, chat: '={{ $json.number }}' },
			goOn: true,
		});
		expect(success).toHaveLength(3);
		expect(failed).toEqual([
			{
				json: {
					number: numbers[3],
					error: expect.objectContaining({
						message: 'failed to pin chat: too many pinned chats',
						reason: 'server-error',
						httpCode: '500',
					}),
				},
				pairedItem: { item: 3 },
			},
		]);
		expect(harness.ryze.requests).toHaveLength(4);
	});
});

describe('a failing item', () => {
	const items = [group, unknown, notice].map((id) => ({ json: { id, note: 'kept' } }));
	const parameters = { operation: 'get', messageId: '={{ $json.id }}' };
	const error = {
		message: 'Message not found',
		description: expect.stringContaining('sent or received'),
		reason: 'message-not-found',
		httpCode: '404',
	};

	it('stops the node, and no later item is sent', async () => {
		const { success, error: raised } = await harness.run({ items, parameters });
		expect(success).toEqual([]);
		expect(raised).toMatchObject({
			name: 'NodeApiError',
			message: error.message,
			description: error.description,
			httpCode: '404',
			context: { itemIndex: 1, reason: error.reason },
		});
		expect(harness.ryze.requests).toHaveLength(2);
	});

	it('goes to the error output, together with its input', async () => {
		const { success, failed } = await harness.run({ items, parameters, goOn: true });
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(failed).toEqual([
			{ json: { id: unknown, note: 'kept', error }, pairedItem: { item: 1 } },
		]);
	});

	it('stays in its place when the node continues with its regular output', async () => {
		const node = /** @type {const} */ ({ onError: 'continueRegularOutput' });
		const { success } = await harness.run({ items, parameters, node });
		expect(success).toEqual([
			{ json: expect.objectContaining({ messageId: group }), pairedItem: { item: 0 } },
			{ json: { error }, pairedItem: { item: 1 } },
			{ json: expect.objectContaining({ messageId: notice }), pairedItem: { item: 2 } },
		]);
	});
});
