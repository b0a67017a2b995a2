const { seeds, useHarness } = require('../support/engine');

const harness = useHarness();

describe('pinning a message', () => {
	it('outputs what the API responded, unchanged and paired with its item', async () => {
		const { success, error, hints } = await harness.run();
		expect(error).toBeUndefined();
		expect(success).toEqual([
			{
				json: {
					success: true,
					message: 'Message pinned successfully',
					chat_jid: seeds.chats.group,
					message_id: seeds.messages.group,
					pinned: true,
					duration: '7d',
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(hints).toEqual([]);
	});

	it('takes one request, as documented', async () => {
		await harness.run({ parameters: { duration: '24h' } });
		expect(harness.ryze.requests).toMatchObject([
			{
				method: 'POST',
				path: '/api/chat/pinMessage/demo',
				token: 'demo',
				contentType: 'application/json',
				body: { pin: true, messageId: seeds.messages.group, duration: '24h' },
			},
		]);
	});

	it('sends no duration when the message is unpinned', async () => {
		const { success } = await harness.run({ parameters: { pin: false, duration: '24h' } });
		expect(success[0].json).toMatchObject({ pinned: false });
		expect(harness.ryze.requests[0].body).toEqual({
			pin: false,
			messageId: seeds.messages.group,
		});
	});
});

describe('the parameters', () => {
	it('are read for each item', async () => {
		const items = [
			{ json: { pin: true, id: seeds.messages.group, time: '30d' } },
			{ json: { pin: 'false', id: ` ${seeds.messages.notice}\n`, time: null } },
			{ json: { pin: 'TRUE', id: seeds.messages.another, time: ' 24H ' } },
		];
		const { success } = await harness.run({
			items,
			parameters: {
				pin: '={{ $json.pin }}',
				messageId: '={{ $json.id }}',
				duration: '={{ $json.time }}',
			},
		});
		expect(harness.ryze.requests.map(({ body }) => body)).toEqual([
			{ pin: true, messageId: seeds.messages.group, duration: '30d' },
			{ pin: false, messageId: seeds.messages.notice },
			{ pin: true, messageId: seeds.messages.another, duration: '24h' },
		]);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	it('take a number for a message ID', async () => {
		harness.ryze.addMessages('demo', ['12345']);
		const { success } = await harness.run({
			items: [{ json: { id: 12345 } }],
			parameters: { messageId: '={{ $json.id }}' },
		});
		expect(success[0].json.message_id).toBe('12345');
	});

	it('take a timeout with a fraction of a millisecond, which no timer does', async () => {
		const { success } = await harness.run({ parameters: { options: { timeout: 1.5005 } } });
		expect(success).toHaveLength(1);
	});

	it.each([
		['pin', '={{ "maybe" }}', '\'Pin\' must be true or false, but is "maybe"'],
		['pin', '={{ null }}', "'Pin' must be true or false, but is empty"],
		['pin', '={{ 1 }}', "'Pin' must be true or false, but is 1"],
		['messageId', '={{ $json.missing }}', "'Message ID' is required, but is empty"],
		['messageId', '={{ "  " }}', "'Message ID' is required, but is empty"],
		['messageId', '={{ { id: 1 } }}', "'Message ID' must be text, but is an object"],
		['duration', '={{ "1h" }}', '\'Duration\' must be 24h, 7d or 30d, but is "1h"'],
		[
			'options',
			{ timeout: 'soon' },
			'\'Timeout (Seconds)\' must be a number from 0.1 to 600, but is "soon"',
		],
		[
			'options',
			{ requestsAtOnce: 21 },
			"'Requests at Once' must be a number from 1 to 20, but is 21",
		],
	])('are refused before anything is sent when %s is %j', async (name, value, message) => {
		const failure = await harness.failure({ parameters: { [name]: value } });
		expect(failure).toMatchObject({ message, reason: 'invalid-parameter', httpCode: null });
		expect(failure.description).not.toBe('');
		expect(harness.ryze.requests).toEqual([]);
	});

	it('are refused with the number of the item when an expression is broken', async () => {
		const { error } = await harness.run({
			parameters: { messageId: "={{ $('Nowhere').item.json.id }}" },
		});
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			context: { itemIndex: 0, reason: 'invalid-parameter' },
		});
		expect(harness.ryze.requests).toEqual([]);
	});
});

describe('the credential', () => {
	it('may have spaces around its fields and a slash at the end of the URL', async () => {
		const { token, instance, baseUrl } = harness.credential;
		const credential = {
			token: ` ${token}\n`,
			instance: `\t${instance} `,
			baseUrl: ` ${baseUrl}// `,
		};
		const { success, error } = await harness.run({ credential });
		expect(error).toBeUndefined();
		expect(success).toHaveLength(1);
	});

	it('may contain the account token', async () => {
		const credential = { ...harness.credential, token: seeds.accountToken };
		const { success } = await harness.run({ credential });
		expect(success).toHaveLength(1);
		expect(harness.ryze.requests[0].token).toBe('account');
	});

	it('puts an instance name with special characters into one segment of the path', async () => {
		const credential = { ...harness.credential, instance: 'a/b?c#d é' };
		await harness.failure({ credential });
		expect(harness.ryze.requests[0].path).toBe('/api/chat/pinMessage/a%2Fb%3Fc%23d%20%C3%A9');
	});

	it.each([
		['token', ' ', "'Token' in the Ryze WhatsApp API credential is empty"],
		['token', 'a\nb', "'Token' in the Ryze WhatsApp API credential contains a line break"],
		[
			'instance',
			'',
			"'Instance' in the Ryze WhatsApp API credential must be the name of an instance",
		],
		[
			'instance',
			'half \ud83d',
			"'Instance' in the Ryze WhatsApp API credential must be the name of an instance",
		],
		[
			'instance',
			'..',
			"'Instance' in the Ryze WhatsApp API credential must be the name of an instance",
		],
		['baseUrl', 'ryzeapi', "'Base URL' in the Ryze WhatsApp API credential must be an address"],
		[
			'baseUrl',
			'ftp://ryzeapi.cloud',
			"'Base URL' in the Ryze WhatsApp API credential must be an address",
		],
	])('is refused before anything is sent when its %s is %j', async (field, value, title) => {
		const failure = await harness.failure({
			credential: { ...harness.credential, [field]: value },
		});
		expect(failure).toMatchObject({ reason: 'invalid-credential', httpCode: null });
		expect(failure.message).toContain(title);
		expect(harness.ryze.requests).toEqual([]);
	});
});
