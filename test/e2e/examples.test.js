const { createHash, randomBytes } = require('node:crypto');
const { once } = require('node:events');
const { createServer } = require('node:http');
const { exampleFiles, readExample, startRig } = require('../../sandbox/n8n/rig');
const { withSandboxValues } = require('../../sandbox/n8n/rig');
const { N8N_VERSIONS } = require('../../sandbox/n8n/versions');
const { seeds } = require('../../sandbox/ryze');
const { until } = require('../../sandbox/until');

const { group, notice, another, unknown } = seeds.messages;

const team = { jid: seeds.chats.group, name: 'Team' };

/** Who may give commands in these tests, and someone who may not. */
const [allowed, stranger] = [seeds.contacts.pushName, seeds.contacts.business].map(({ jid }) => ({
	jid,
}));

const WEEK = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** @param {any} workflow @param {string} name @returns {any} */
const nodeOf = (workflow, name) =>
	workflow.nodes.find((/** @type {any} */ node) => node.name === name);

/** @param {any} workflow @param {string} name @returns {Array<{ name: string, value: unknown }>} */
const fieldsOf = (workflow, name) => nodeOf(workflow, name).parameters.assignments.assignments;

/** @param {any} execution @param {string} node @returns {any[]} */
const itemsOf = (execution, node) =>
	(execution.data.resultData.runData[node]?.[0].data?.main[0] ?? []).map(
		(/** @type {any} */ { json }) => json,
	);

describe.each(N8N_VERSIONS)('n8n %s', (version) => {
	/** @type {import('../../sandbox/n8n/rig').Rig} */
	let rig;
	/** @type {string[]} */
	let active = [];

	beforeAll(async () => {
		rig = await startRig({ version, log: (line) => console.log(line) });
	});
	afterEach(async () => {
		for (const id of active) await rig.rest.deactivateWorkflow(id);
		active = [];
		await rig.ryze.idle();
		rig.ryze.reset();
	});
	afterAll(async () => await rig?.stop());

	/** @param {any} workflow */
	async function activate(workflow) {
		const id = await rig.addWorkflow(workflow);
		await rig.rest.activateWorkflow(id);
		active.push(id);
		return id;
	}

	/** @param {any} workflow @param {string} [trigger] */
	const run = async (workflow, trigger) =>
		await rig.rest.runWorkflow(await rig.addWorkflow(workflow), { trigger });

	/**
	 * @param {string} id @param {number} count
	 * @returns {Promise<any[]>} its executions, once there are so many and all have ended; oldest first
	 */
	async function executions(id, count) {
		await until(async () => (await rig.rest.listExecutions(id)).length >= count);
		const list = await rig.rest.listExecutions(id);
		return (await Promise.all(list.map((each) => rig.rest.waitForExecution(each.id)))).reverse();
	}

	/** @param {string} path of the production webhook @param {object} body */
	const call = async (path, body) =>
		await fetch(`${rig.n8n.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});

	/** Fills in the form of picture-notice. */
	async function sendForm() {
		const picture = randomBytes(100_000);
		const form = new FormData();
		form.set('field-0', new File([picture], 'menu.png', { type: 'image/png' }));
		form.set('field-1', 'The menu of the week');
		form.set('field-2', '30d');
		const answer = await fetch(`${rig.n8n.url}/form/ryze-picture`, { method: 'POST', body: form });
		expect(answer.status).toBe(200);
		return picture;
	}

	/** @returns {any[]} what was asked of Pin Message, oldest first */
	const pinRequests = () =>
		rig.ryze.requests.filter(({ path }) => path.includes('/pinMessage/')).map(({ body }) => body);

	describe('an example whose placeholders were not changed', () => {
		afterEach(() => {
			expect(rig.ryze.sent).toEqual([]);
			expect(rig.ryze.pins.size).toBe(0);
		});

		it('reply-to-pin: cannot be switched on, as nobody is chosen', async () => {
			const id = await rig.addWorkflow(readExample('reply-to-pin.json'));
			await expect(rig.rest.activateWorkflow(id)).rejects.toThrow(
				/Each entry of 'Senders' must be a phone number or an ID, but one is empty\. Choose each entry/,
			);
			expect(rig.ryze.webhooks('demo')).toEqual([]);
		});

		/** @type {Array<[string, () => Promise<unknown>]>} */
		const sends = [
			['new-notice-replaces-old.json', async () => await call('ryze-notice', { text: 'Hi' })],
			['pin-for-an-hour.json', async () => await call('ryze-hour', { text: 'Hi' })],
			['picture-notice.json', sendForm],
		];
		it.each(sends)('%s: n8n names the chat that is missing', async (file, start) => {
			const id = await rig.addWorkflow(readExample(file));
			if (version.startsWith('1.')) {
				// Here only the editor names it, and refuses to activate the workflow.
				await rig.rest.activateWorkflow(id);
				active.push(id);
				await start();
				const [execution] = await executions(id, 1);
				expect(execution.data.resultData.error.message).toMatch(/^The workflow has issues/);
			} else {
				await expect(rig.rest.activateWorkflow(id)).rejects.toThrow(
					/Node "Send the (notice|picture)":\s+- Missing or invalid required parameters: chat/,
				);
			}
			expect(rig.ryze.requests).toEqual([]);
		});

		it.each([
			['keep-pinned.json', 'Twice a month', /^message with ID PASTE-THE-MESSAGE-ID not found$/],
			[
				'daily-notice.json',
				'Every morning at 7',
				/^message with ID PASTE-THE-MESSAGE-ID-FOR-[A-Z]+DAY not found$/,
			],
		])('%s: fails, as no such message exists', async (file, trigger, sentence) => {
			const execution = await run(readExample(file), trigger);
			expect(execution.status).toBe('error');
			expect(execution.data.resultData.error.message).toMatch(sentence);
		});

		it('bulk-pin: counts each of the IDs as not found', async () => {
			const execution = await run(readExample('bulk-pin.json'));
			expect(itemsOf(execution, 'Pinned')).toEqual([]);
			expect(itemsOf(execution, 'Count by reason')).toEqual([
				{
					error_reason: 'message-not-found',
					count_error_message: 3,
					appended_messageId: ['FIRST', 'SECOND', 'THIRD'].map(
						(which) => `PASTE-THE-${which}-MESSAGE-ID`,
					),
				},
			]);
		});

		it('event-pins-message: a call without an ID fails', async () => {
			const id = await activate(readExample('event-pins-message.json'));
			expect((await call('ryze-pin', {})).status).toBe(500);
			const [execution] = await executions(id, 1);
			expect(execution.data.resultData.error.message).toBe(
				"'Message ID' is required, but is empty",
			);
		});

		it('any of them: fails without a credential', async () => {
			const { id } = await rig.rest.createWorkflow(readExample('keep-pinned.json'));
			const execution = await rig.rest.runWorkflow(id, { trigger: 'Twice a month' });
			expect(execution.data.resultData.error.message).toMatch(/credentials/);
		});
	});

	describe('reply-to-pin', () => {
		/** @type {string} */
		let id;
		/** @type {string} */
		let dinner;

		beforeEach(async () => {
			id = await activate(withSandboxValues(readExample('reply-to-pin.json')));
			const exchange = { chat: team, sender: stranger, text: 'Dinner at 8' };
			dinner = (await rig.ryze.receive('demo', exchange)).messageId;
		});

		/** @param {string} text @param {object} [exchange] */
		const answer = async (text, exchange) => {
			const reply = { of: dinner, text: 'Dinner at 8' };
			const all = { chat: team, sender: allowed, text, reply, ...exchange };
			return await rig.ryze.receive('demo', /** @type {any} */ (all));
		};

		/** @param {number} count @returns {Promise<any[]>} */
		async function pinRequestsOf(count) {
			for (const { status } of await executions(id, count)) expect(status).toBe('success');
			return pinRequests();
		}

		it.each(
			/** @type {const} */ ([
				['live', false],
				['live', true],
				['docs', false],
				['docs', true],
			]),
		)(
			'pins and unpins what is answered, in the %s layout, the reply inside: %s',
			async (layout, inside) => {
				const reply = { of: dinner, inside };
				await answer('#pin', { layout, reply });
				expect(await pinRequestsOf(1)).toEqual([{ pin: true, messageId: dinner, duration: '7d' }]);
				expect([...rig.ryze.pins]).toEqual([
					[
						`demo/${dinner}`,
						expect.objectContaining({ chatJid: seeds.chats.group, duration: '7d' }),
					],
				]);
				await answer('#unpin', { layout, reply });
				expect((await pinRequestsOf(2))[1]).toEqual({ pin: false, messageId: dinner });
				expect(rig.ryze.pins.size).toBe(0);
			},
		);

		it.each([
			['#pin 24h', '24h'],
			['#pin 30d please', '30d'],
			['#PIN 24H', '24h'],
			['#pin this one', '7d'],
			[' #pin', '7d'],
			['\u200f\u00a0#PIN\u00a024h', '24h'],
			['#\u2060p\u00adin 3\u200b0d', '30d'],
			['#\u200dpin', '7d'],
			['#\ufe0fpin', '7d'],
		])('"%s" pins for %s', async (text, duration) => {
			await answer(text);
			expect(await pinRequestsOf(1)).toEqual([{ pin: true, messageId: dinner, duration }]);
		});

		it.each([
			['#pin', {}],
			['#unpin', {}],
			['#pin', { layout: 'docs' }],
			['#pin', { direction: 'outgoing', sender: { jid: seeds.instances.demo.numberJid } }],
		])(
			'answers %s with a reaction, whoever of the allowed has sent it (%j)',
			async (text, more) => {
				if ('sender' in more) {
					const workflow = withSandboxValues(readExample('reply-to-pin.json'));
					const { options } = nodeOf(workflow, '#pin or #unpin').parameters;
					options.senders = [{ __rl: true, mode: 'id', value: more.sender.jid }];
					await rig.rest.deactivateWorkflow(id);
					active = active.filter((each) => each !== id);
					id = await activate(workflow);
				}
				const { messageId } = await answer(text, more);
				await pinRequestsOf(1);
				expect([...rig.ryze.reactions]).toEqual([[`demo/${messageId}`, '👍']]);
			},
		);

		it('does not react to a command that failed', async () => {
			await answer('#pin', { reply: { of: unknown } });
			const [{ status }] = await executions(id, 1);
			expect(status).toBe('error');
			expect([...rig.ryze.reactions]).toEqual([]);
		});

		it('starts for nobody else, and not in private chats', async () => {
			await answer('#pin', { sender: stranger });
			await answer('#pin', { chat: { jid: seeds.chats.private } });
			const own = { jid: seeds.instances.demo.numberJid };
			await answer('#pin', { direction: 'outgoing', sender: own });
			await answer('#pin');
			expect(await pinRequestsOf(1)).toHaveLength(1);
			expect(await rig.rest.listExecutions(id)).toHaveLength(1);
		});

		it('ignores a command that is not a reply, and any other word', async () => {
			await answer('#pin', { reply: undefined });
			await answer('#unpin', { reply: undefined });
			await answer('#dinner');
			await answer('Do not #pin this');
			await answer(' #UN\u200bPIN');
			expect(await pinRequestsOf(4)).toEqual([{ pin: false, messageId: dinner }]);
		});
	});

	it('pin-by-command: pins a message that starts with #pin in a group', async () => {
		const id = await activate(readExample('pin-by-command.json'));
		const { messageId } = await rig.ryze.receive('demo', { chat: team, text: '#pin Dinner at 8' });
		const [execution] = await executions(id, 1);
		expect(execution.status).toBe('success');
		expect(pinRequests()).toEqual([{ pin: true, messageId, duration: '7d' }]);
	});

	it('picture-notice: sends the picture of the form and pins it as long as chosen', async () => {
		const id = await activate(withSandboxValues(readExample('picture-notice.json')));
		const page = await fetch(`${rig.n8n.url}/form/ryze-picture`);
		expect(await page.text()).toContain('Picture for the group');
		const picture = await sendForm();
		const [execution] = await executions(id, 1);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(rig.ryze.sent).toEqual([
			expect.objectContaining({
				number: seeds.chats.group,
				message: 'The menu of the week',
				mediaType: 'image',
				mimeType: 'image/png',
				fileName: 'menu.png',
				bytes: picture.length,
				sha256: createHash('sha256').update(picture).digest('hex'),
			}),
		]);
		const { messageId } = rig.ryze.sent[0];
		expect(pinRequests()).toEqual([{ pin: true, messageId, duration: '30d' }]);
	});

	it('pin-for-an-hour: sends, pins, waits and unpins', async () => {
		const workflow = withSandboxValues(readExample('pin-for-an-hour.json'));
		const wait = nodeOf(workflow, 'Wait an hour').parameters;
		expect(wait).toMatchObject({ amount: 1, unit: 'hours' });
		Object.assign(wait, { amount: 3, unit: 'seconds' });
		const id = await activate(workflow);
		await call('ryze-hour', { text: 'The pool is closed until 3' });
		await until(() => rig.ryze.pins.size === 1);
		const [execution] = await executions(id, 1);
		expect(execution.status).toBe('success');
		expect(rig.ryze.sent).toMatchObject([
			{ number: seeds.chats.group, message: 'The pool is closed until 3' },
		]);
		const { messageId } = rig.ryze.sent[0];
		expect(pinRequests()).toEqual([
			{ pin: true, messageId, duration: '24h' },
			{ pin: false, messageId },
		]);
		const [{ at: pinned }, { at: unpinned }] = rig.ryze.requests.slice(-2);
		expect(unpinned - pinned).toBeGreaterThan(2_500);
	});

	it('keep-pinned: pins the message for 30 days again', async () => {
		const execution = await run(
			withSandboxValues(readExample('keep-pinned.json')),
			'Twice a month',
		);
		expect(execution.status).toBe('success');
		expect(pinRequests()).toEqual([{ pin: true, messageId: group, duration: '30d' }]);
	});

	it('event-pins-message: an app calls the production webhook', async () => {
		await activate(readExample('event-pins-message.json'));
		const answer = await call('ryze-pin', { messageId: group, duration: '30d' });
		expect(await answer.json()).toMatchObject({ message_id: group, pinned: true });
		await call('ryze-pin', { messageId: notice });
		expect(pinRequests().map(({ duration }) => duration)).toEqual(['30d', '7d']);
		expect((await call('ryze-pin', { messageId: unknown })).status).toBe(500);
	});

	it("daily-notice: unpins yesterday's notice and pins today's", async () => {
		const workflow = readExample('daily-notice.json');
		const fields = fieldsOf(workflow, 'Notices of the week');
		expect(fields.map(({ name }) => name)).toEqual(WEEK);
		const ids = WEEK.map((day) => `3EB0${day.toUpperCase()}`);
		rig.ryze.addMessages('demo', ids);
		for (const [day, field] of fields.entries()) field.value = ids[day];
		const execution = await run(workflow, 'Every morning at 7');
		expect(execution.status).toBe('success');
		const today = (new Date().getUTCDay() + 6) % 7;
		expect(pinRequests()).toEqual([
			{ pin: false, messageId: ids[(today + 6) % 7] },
			{ pin: true, messageId: ids[today], duration: '24h' },
		]);
	});

	it('daily-poll: sends a poll and pins it', async () => {
		const workflow = withSandboxValues(readExample('daily-poll.json'));
		const execution = await run(workflow, 'Working days at 8');
		expect(execution.data.resultData.error).toBeUndefined();
		expect(rig.ryze.sent).toEqual([
			expect.objectContaining({
				number: seeds.chats.group,
				message: expect.stringMatching(/^Who eats in the office on \w+day, \d+ \w+\?$/),
				options: ['I do', 'I do, without meat', 'Not today'],
				maxAnswer: 1,
			}),
		]);
		const [{ messageId }] = rig.ryze.sent;
		expect(pinRequests()).toEqual([{ pin: true, messageId, duration: '24h' }]);
	});

	it('disconnect-alert: tells of a number that is still not connected after a minute', async () => {
		const workflow = readExample('disconnect-alert.json');
		const wait = nodeOf(workflow, 'Wait a minute').parameters;
		expect(wait).toMatchObject({ amount: 1, unit: 'minutes' });
		Object.assign(wait, { amount: 1, unit: 'seconds' });
		/** @type {string[]} */
		const alerts = [];
		const chat = createServer(async (req, res) => {
			let body = '';
			for await (const chunk of req) body += chunk;
			alerts.push(body);
			res.end('ok');
		});
		chat.listen(0, '127.0.0.1');
		await once(chat, 'listening');
		const { port } = /** @type {import('node:net').AddressInfo} */ (chat.address());
		nodeOf(workflow, 'Send the alert').parameters.url = `http://127.0.0.1:${port}/`;
		try {
			const id = await activate(workflow);
			/** @param {string} state */
			const changesTo = async (state) =>
				await rig.ryze.deliver('demo', 'instance.state', { state, qrCode: 'secret-code' });
			await changesTo('disconnected');
			for (const { status } of await executions(id, 1)) expect(status).toBe('success');
			expect(alerts).toEqual([]);
			rig.ryze.setConnected('demo', false);
			await changesTo('logged_out');
			for (const { status } of await executions(id, 2)) expect(status).toBe('success');
			expect(alerts.map((text) => JSON.parse(text))).toEqual([
				{
					text: 'The WhatsApp number of demo is not connected (state: disconnected). Connect the phone again: https://docs.ryzeapi.cloud/en/api/instance/connect',
				},
			]);
		} finally {
			rig.ryze.setConnected('demo', true);
			chat.close();
		}
	});

	it('bulk-pin: sums up by reason what failed', async () => {
		const workflow = readExample('bulk-pin.json');
		const ids = [group, unknown, notice, ' ', another, '3EB0X'];
		fieldsOf(workflow, 'Message IDs')[0].value = JSON.stringify(ids);
		const execution = await run(workflow);
		expect(execution.status).toBe('success');
		const pinned = itemsOf(execution, 'Pinned').map(({ message_id }) => message_id);
		expect(pinned).toEqual([group, notice, another]);
		expect(itemsOf(execution, 'Count by reason')).toEqual(
			expect.arrayContaining([
				expect.objectContaining({
					error_reason: 'message-not-found',
					count_error_message: 2,
					appended_messageId: [unknown, '3EB0X'],
				}),
				expect.objectContaining({ error_reason: 'invalid-parameter', count_error_message: 1 }),
			]),
		);
	});

	it('new-notice-replaces-old: sends, unpins the one before, and pins', async () => {
		const id = await activate(withSandboxValues(readExample('new-notice-replaces-old.json')));
		let calls = 0;
		/** @param {string} text */
		const sendNotice = async (text) => {
			expect((await call('ryze-notice', { text })).status).toBe(200);
			for (const { status } of await executions(id, ++calls)) expect(status).toBe('success');
			return rig.ryze.sent[rig.ryze.sent.length - 1];
		};
		/** @param {string} messageId */
		const pinByHand = async (messageId) => {
			const response = await fetch(`${rig.ryze.url}/api/chat/pinMessage/demo`, {
				method: 'POST',
				headers: { token: seeds.accountToken, 'content-type': 'application/json' },
				body: JSON.stringify({ pin: true, messageId }),
			});
			expect(response.status).toBe(200);
		};
		await pinByHand(group);
		const first = await sendNotice('The meeting is at 10');
		expect(first).toMatchObject({ message: 'The meeting is at 10', source: 'n8n' });
		expect([...rig.ryze.pins.keys()]).toEqual([`demo/${group}`, `demo/${first.messageId}`]);
		await pinByHand(notice);
		const second = await sendNotice('The meeting is at 11');
		// With the chat's 3 pins taken, what others have pinned stays.
		expect([...rig.ryze.pins.keys()]).toEqual(
			[group, notice, second.messageId].map((messageId) => `demo/${messageId}`),
		);
		expect(rig.ryze.sent).toHaveLength(2);
	});

	it('ai-agent-pins: can be imported and activated', async () => {
		const workflow = readExample('ai-agent-pins.json');
		const model = await rig.rest.createCredential({
			name: 'Model',
			type: 'openAiApi',
			data: { apiKey: 'none', url: `${rig.ryze.url}/v1` },
		});
		nodeOf(workflow, 'Model').credentials = { openAiApi: { id: model.id, name: model.name } };
		await activate(workflow);
	});
});

it('runs all examples', () => {
	// Those that ask are run in waitExamples.test.js.
	expect(exampleFiles()).toEqual([
		'agent-asks-first.json',
		'ai-agent-pins.json',
		'ask-before-pinning.json',
		'bulk-pin.json',
		'daily-notice.json',
		'daily-poll.json',
		'disconnect-alert.json',
		'event-pins-message.json',
		'keep-pinned.json',
		'new-notice-replaces-old.json',
		'picture-notice.json',
		'pin-by-command.json',
		'pin-for-an-hour.json',
		'reply-to-pin.json',
	]);
});
