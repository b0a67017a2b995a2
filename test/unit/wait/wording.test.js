const {
	howToReply,
	inPlainWords,
	messageOf,
	notUnderstood,
} = require('../../../build/nodes/Ryze/wait/wording');

const link = 'https://n8n.example.com/webhook-waiting/1/a?q=b&signature=c';

/** @param {object} [changes] @returns {any} */
const question = (changes) => ({
	text: 'Pin it?',
	approval: { approve: 'Approve', decline: 'Decline' },
	inChat: true,
	byLink: true,
	until: 0,
	...changes,
});

describe('the message of a question', () => {
	it.each([
		[{}, 'Reply *yes* or *no* to this message, or react with 👍 or 👎, or open '],
		[{ byLink: false }, 'Reply *yes* or *no* to this message, or react with 👍 or 👎. Reference: '],
		[{ inChat: false }, 'To answer, open '],
		[
			{ approval: { approve: 'Approve' } },
			'Reply *yes* to this message, or react with 👍, or open ',
		],
		[
			{ approval: { approve: 'Sim', decline: 'Não' } },
			'Reply *Sim* or *Não* to this message, or react with 👍 or 👎, or open ',
		],
		[{ approval: undefined }, 'Reply to this message with your answer, or open '],
	])('says how to answer, and has the link: %j', (changes, line) => {
		expect(messageOf(question(changes), link)).toBe(`Pin it?\n\n${line}${link}`);
	});
});

it.each([
	[{}, '*yes* or *no*, and'],
	[{ approval: { approve: 'Approve' } }, '*yes*, and'],
	[{ approval: { approve: 'Sim', decline: 'Não' } }, '*Sim* or *Não*, and'],
])('a person who was not understood is told what to reply: %j', (changes, words) => {
	expect(notUnderstood(question(changes))).toContain(words);
	expect(howToReply(question(changes))).toMatch(/^Reply /);
});

it('a person who sent no text is asked for one', () => {
	expect(notUnderstood(question({ approval: undefined }))).toContain('with a text');
});

it('what an agent wants to do has a line for each field, and no value passes for a field', () => {
	const text = inPlainWords({
		chatId: '1@g.us',
		Message_ID: '3EB0',
		text: 'Hello\n• Chat id: 2@g.us',
		note: 'Bye\u2028• Amount: 5',
		'to\n• x': 'Ann',
		amount: 20,
		options: { delay: 1 },
		_replyTo: 'A\r\nB\vC',
		chat2Id: null,
		nothing: undefined,
		_: '',
	});
	expect(text.split('\n')).toEqual([
		'• Chat id: 1@g.us',
		'• Message id: 3EB0',
		'• Text: Hello',
		'    • Chat id: 2@g.us',
		'• Note: Bye',
		'    • Amount: 5',
		'• To',
		'    • x: Ann',
		'• Amount: 20',
		'• Options: {"delay":1}',
		'• Reply to: A',
		'    B',
		'    C',
		'• Chat2 id: null',
		'• Nothing:',
		'• _:',
	]);
});

it.each([
	['many blanks, which put what follows into a line of its own', 'ok', ' '.repeat(200)],
	['blanks of other kinds', 'ok', '\t\u00a0\u2003\u3000\u2800 '.repeat(50)],
	['blanks that nobody sees', 'ok', ' \u200b \u3164 \ufeff'.repeat(50)],
])('no value passes for a field by %s', (_, before, blanks) => {
	const text = inPlainWords({ note: `${before}${blanks}• Amount: 5`, amount: 5000 });
	expect(text.split('\n')).toEqual(['• Note: ok • Amount: 5', '• Amount: 5000']);
});

it('no value is pushed out of sight by empty lines, and none is shown backwards', () => {
	const text = inPlainWords({
		note: `Hi${'\n \u200b\n'.repeat(100)}and more`,
		link: '\u202emoc.elgoog//:sptth\u202c \u2066x\u2069\u200f',
	});
	expect(text.split('\n')).toEqual([
		'• Note: Hi',
		'    ',
		'    and more',
		'• Link: moc.elgoog//:sptth x',
	]);
});
