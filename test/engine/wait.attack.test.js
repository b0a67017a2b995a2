const { seeds } = require('../../sandbox/ryze');
const { until } = require('../../sandbox/until');
const { ADMIN, MEMBER, byId, startWaitHarness } = require('../support/waitEngine');

const approvers = [byId(ADMIN.jid)];

describe('Someone who wants more than to answer', () => {
	/** @type {import('../support/waitEngine').WaitHarness} */
	let harness;

	beforeAll(async () => {
		harness = await startWaitHarness();
	});
	afterEach(() => harness.reset());
	afterAll(async () => await harness.stop());

	it('cannot keep out an approver by the same reaction before, though neither has an ID', async () => {
		await harness.listening();
		const asked = await harness.ask({ options: { approvers } });
		/** @param {{ jid: string }} sender */
		const react = async (sender) => {
			const chat = { jid: asked.sent.number };
			const data = /** @type {any} */ (
				harness.ryze.events.reaction({
					of: asked.sent.messageId,
					text: '👍',
					chat,
					sender,
				})
			);
			delete data.id;
			if (data.message) delete data.message.id;
			await harness.ryze.deliver('demo', 'message.exchange', data);
		};
		await react({ jid: '5511988880002@s.whatsapp.net' });
		expect(asked.execution.status()).toBe('waiting');
		await react(ADMIN);
		expect((await asked.output()).data).toMatchObject({ approved: true, by: ADMIN.jid });
	});

	it('a trigger with another token does not keep the answer from the right one', async () => {
		await harness.listening({ credential: { ...harness.credential, token: seeds.accountToken } });
		await harness.listening();
		const asked = await harness.ask();
		await asked.reply({ text: 'yes' });
		expect((await asked.output()).data.approved).toBe(true);
	});

	it.each(['={{ undefined }}', '={{ null }}', '={{ [] }}'])(
		'nobody is asked when an expression leaves no approver: %s',
		async (given) => {
			await harness.listening();
			const { error } = await harness.run({ options: { approvers: given } });
			expect(error?.message).toMatch(/^Each entry of 'Approvers' must be/);
			expect(harness.ryze.sent).toEqual([]);
		},
	);

	it('no workflow gets a link, though a message has two in different places', async () => {
		await harness.listening();
		const one = await harness.ask();
		const other = await harness.ask();
		await one.reply({ text: `See ${one.link} and ${other.link}`, reply: undefined });
		await one.reply({
			text: `See ${one.link}`,
			reply: { of: seeds.messages.group, text: other.sent.message },
		});
		await until(() => harness.receiver.started.length === 2);
		const items = JSON.stringify(harness.receiver.started.map(({ items }) => items));
		for (const { link } of [one, other]) {
			expect(items).not.toContain(new URL(link).searchParams.get('signature'));
		}
	});

	it.each([
		['in parentheses', '(see #)'],
		['in a link of Markdown', '[answer](#)'],
		['in bold', '*#*'],
		['at the end of a sentence', 'It is #.'],
		['before something invisible', '#\u200b'],
		['with more behind it', '#&x=1'],
	])('no workflow gets a link %s', async (_, text) => {
		await harness.listening();
		const asked = await harness.ask();
		for (const link of [asked.link, asked.link.replace('http://', '')]) {
			await asked.reply({ text: text.replace('#', link), reply: undefined });
		}
		await until(() => harness.receiver.started.length === 2);
		const items = JSON.stringify(harness.receiver.started.map(({ items }) => items));
		expect(items).not.toContain(new URL(asked.link).searchParams.get('signature'));
		expect(items.match(/signature=\*{3}/g)?.length).toBeGreaterThanOrEqual(2);
	});

	it.each([
		['the context', 'context', (/** @type {string} */ link) => ({ quoted: { text: link } })],
		['a poll', 'poll', (/** @type {string} */ link) => ({ name: 'Hi', options: [link] })],
		['a caption', 'media', (/** @type {string} */ link) => ({ type: 'image', caption: link })],
	])('no workflow gets a link in %s', async (_, name, made) => {
		await harness.listening();
		const asked = await harness.ask();
		const data = /** @type {any} */ (harness.ryze.events.messageExchange({ text: 'Hi' }));
		data.message[name] = made(asked.link);
		await harness.ryze.deliver('demo', 'message.exchange', data);
		await until(() => harness.receiver.started.length === 1);
		const items = JSON.stringify(harness.receiver.started.map(({ items }) => items));
		expect(items).toContain('signature=***');
		expect(items).not.toContain(new URL(asked.link).searchParams.get('signature'));
	});

	it('no workflow loses the signature of a link of someone else', async () => {
		await harness.listening();
		const text = `https://files.example.com/a?signature=${'0'.repeat(64)}`;
		await harness.ryze.receive('demo', { text });
		await until(() => harness.receiver.started.length === 1);
		expect(harness.receiver.started[0].items[0].json.text).toBe(text);
	});

	describe('cannot make n8n call what it has not sent', () => {
		it.each([
			['another execution', (/** @type {string} */ link) => link],
			[
				'a random value of his own',
				(/** @type {string} */ link) => link.replace(/q=.{9}/, 'q=123456789'),
			],
			['no random value', (/** @type {string} */ link) => link.replace(/q=[^&]+&/, '')],
			['several', (/** @type {string} */ link) => link.replace('?', '?q=1&')],
		])('with the link of a question and %s', async (_, change) => {
			await harness.listening();
			const asked = await harness.ask();
			let calls = 0;
			harness.receiver.waitFor(/** @type {any} */ ({ id: '99999999', webhook: () => calls++ }));
			const made = change(asked.link).replace(/\d+(?=\/Ryze)/, '99999999');
			expect(made).toContain('/99999999/Ryze');
			await asked.reply({ text: 'yes', reply: { of: asked.sent.messageId + 'X', text: made } });
			expect(calls).toBe(0);
			expect(harness.receiver.started).toHaveLength(1);
		});

		it('at another node of the same execution', async () => {
			await harness.listening();
			const asked = await harness.ask();
			let calls = 0;
			const { id } = asked.execution;
			harness.receiver.waitFor(/** @type {any} */ ({ id, webhook: () => calls++ }));
			const text = asked.link.replace('/Ryze?', '/wait-for-payment?');
			expect(text).toContain(`/${id}/wait-for-payment?`);
			await asked.reply({ text: 'yes', reply: { of: `${asked.sent.messageId}X`, text } });
			expect(calls).toBe(0);
			expect(harness.receiver.started).toHaveLength(1);
		});
	});

	it('does not get what is meant for a message of his with the ID of the question', async () => {
		await harness.listening();
		const asked = await harness.ask();
		const { messageId, message } = asked.sent;
		// The quote counts, where Ryze gives one.
		await asked.reply({ text: 'yes', reply: { of: messageId, text: 'Pizza?' } });
		const text = `Pizza?\n\n${message}`;
		const chat = { jid: asked.sent.number };
		await harness.ryze.receive('demo', { chat, id: messageId, text });
		await asked.react('👍');
		await asked.reply({ text: 'yes', reply: { of: messageId, text } });
		await asked.reply({ text: 'yes', reply: { of: messageId, text: '' } });
		expect(asked.execution.status()).toBe('waiting');
		expect(harness.receiver.started).toHaveLength(4);
	});

	describe('is not the ID of a message, which anyone can choose', () => {
		const elsewhere = { jid: '120363999999999999@g.us' };
		const options = { approvers };

		it.each([
			['a message', { sender: MEMBER, text: 'Hi' }],
			['a private message', { chat: { jid: MEMBER.jid }, sender: MEMBER, text: 'Hi' }],
		])('%s with it in another chat closes no question', async (_, exchange) => {
			await harness.listening();
			const asked = await harness.ask({ options });
			const id = asked.sent.messageId;
			await harness.ryze.receive('demo', { chat: elsewhere, ...exchange, id });
			await asked.react('👍', { sender: ADMIN });
			expect((await asked.output()).data.approved).toBe(true);
		});

		it('nor does a deletion in another chat', async () => {
			await harness.listening();
			const asked = await harness.ask({ options });
			const { events } = harness.ryze;
			const of = asked.sent.messageId;
			const deletion = events.messageRevoke({ of, chat: elsewhere, sender: MEMBER });
			await harness.ryze.deliver('demo', 'message.exchange', deletion);
			await asked.reply({ text: 'yes', sender: ADMIN });
			expect((await asked.output()).data.approved).toBe(true);
		});

		it.each(['unknown', 'undecryptable', 'isEdit'])(
			'an approval of a message with it, of the kind %s, is none of the question',
			async (kind) => {
				await harness.listening();
				const asked = await harness.ask({ options });
				const isEdit = kind === 'isEdit';
				const data = /** @type {any} */ (
					harness.ryze.events.messageExchange({
						chat: { jid: asked.sent.number },
						sender: MEMBER,
						id: asked.sent.messageId,
						text: isEdit ? 'Pizza?' : '',
					})
				);
				if (isEdit) data.isEdit = true;
				else {
					data.message.type = kind;
					delete data.message.content;
				}
				await harness.ryze.deliver('demo', 'message.exchange', data);
				await asked.react('👍', { sender: ADMIN });
				expect(asked.execution.status()).toBe('waiting');
			},
		);

		it('nor is one of a message with it and the link, which was not delivered', async () => {
			await harness.listening();
			const asked = await harness.askUnnoticed({ options });
			const of = asked.sent.messageId;
			const reply = { of, text: `Pizza today?${'\n'.repeat(300)}${asked.link}` };
			await asked.reply({ text: 'yes', sender: ADMIN, reply });
			expect(asked.execution.status()).toBe('waiting');
			await asked.reply({ text: 'yes', sender: ADMIN });
			expect((await asked.output()).data.approved).toBe(true);
		});

		it('a message that was not found makes no reply void', async () => {
			await harness.listening();
			const asked = await harness.askUnnoticed({ options });
			harness.answerLookups(404, { success: false, error: { message: 'Message not found' } });
			await asked.react('😂', { sender: MEMBER });
			harness.ryze.setFault(undefined);
			await asked.reply({ text: 'yes', sender: ADMIN });
			expect((await asked.output()).data.approved).toBe(true);
		});
	});

	describe('with the ID of the question', () => {
		/** The question is stored under its ID, whatever comes with it later. @param {any} sent */
		const keepsFirst = ({ message, number }) =>
			harness.answerLookups(200, { success: true, data: { content: message, chat: number } });

		it('gets no approval where its message was not delivered', async () => {
			await harness.listening();
			const asked = await harness.ask({ options: { approvers } });
			const { messageId, message } = asked.sent;
			const reply = { of: messageId, text: `Pizza?\n\n${message}` };
			await asked.reply({ text: 'yes', sender: ADMIN, reply });
			expect(asked.execution.status()).toBe('waiting');
			await asked.reply({ text: 'yes', sender: ADMIN });
			expect((await asked.output()).data.approved).toBe(true);
		});

		it('gets none when its message arrives before the question', async () => {
			await harness.listening();
			const asked = await harness.askUnnoticed({ options: { approvers } });
			keepsFirst(asked.sent);
			const { messageId: id, message: text, number } = asked.sent;
			const chat = { jid: number };
			await harness.ryze.receive('demo', { chat, id, text: 'Pizza?' });
			const sender = { jid: seeds.instances.demo.numberJid };
			const direction = /** @type {const} */ ('outgoing');
			await harness.ryze.receive('demo', { chat, sender, direction, source: 'n8n', id, text });
			await asked.react('👍', { sender: ADMIN });
			expect(asked.execution.status()).toBe('waiting');
		});
	});

	it('fills no log', async () => {
		const trigger = await harness.listening();
		const asked = await harness.ask();
		const made = asked.link.replace(/\d+(?=\/Ryze)/, '99999999');
		for (let n = 0; n < 5; n++) {
			const reply = { of: `${asked.sent.messageId}${n}`, text: made };
			await asked.reply({ text: `yes ${n}`, reply });
		}
		expect(harness.receiver.started).toHaveLength(5);
		expect(trigger.warnings).toHaveLength(1);
	});

	describe('is no program', () => {
		const account = { token: seeds.accountToken };

		it('an API send of one instance is no answer by the trigger of another in the same group', async () => {
			const credential = { ...harness.credential, ...account };
			await harness.listening({ credential });
			await harness.listening({ credential: { ...credential, instance: 'second' } });
			const asked = await harness.ask({}, { credential });
			const data = harness.ryze.events.messageExchange({
				id: '3EB0SENTBYAPI',
				chat: { jid: asked.sent.number },
				sender: { jid: seeds.instances.demo.numberJid },
				reply: { of: asked.sent.messageId, text: asked.sent.message },
				text: 'yes',
			});
			await harness.ryze.deliver('second', 'message.exchange', data);
			expect(asked.execution.status()).toBe('waiting');
			expect(harness.receiver.started).toHaveLength(1);
			await asked.reply({ text: 'no' });
			expect((await asked.output()).data.approved).toBe(false);
		});

		it.each(['', 'api'])(
			'what has no direction answers nothing, with the source "%s"',
			async (source) => {
				await harness.listening();
				const asked = await harness.ask();
				const direction = /** @type {any} */ ('');
				await asked.reply({ id: `3EB0NOWAY${source}`, direction, source, text: 'yes' });
				expect(asked.execution.status()).toBe('waiting');
			},
		);
	});
});
