const { seeds } = require('../../sandbox/ryze');
const { until } = require('../../sandbox/until');
const { ADMIN, byId, startWaitHarness } = require('../support/waitEngine');

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
});
