const { decide, readForm } = require('../../../build/nodes/Ryze/wait/decide');
const { messageOf } = require('../../../build/nodes/Ryze/wait/wording');

const NOW = '2026-11-28T12:00:00.000Z';

/** @param {object} [changes] of the question @param {object} [more] @returns {any} */
const asked = (changes, more) => ({
	question: {
		text: 'Pin it?',
		approval: { approve: 'Approve', decline: 'Decline' },
		inChat: true,
		byLink: true,
		until: 0,
		...changes,
	},
	link: 'https://n8n.example.com/webhook-waiting/1/a?q=b',
	messageId: '3EB0Q',
	chatKeys: ['1@g.us'],
	reply: { instance: 'demo', number: '1@g.us', source: 'n8n' },
	isReview: false,
	...more,
});

/** @param {object} [changes] @returns {any} */
const answer = (changes) => ({
	via: 'reply',
	questionId: '3EB0Q',
	id: '3EB0A',
	text: 'yes',
	chatIds: ['1@g.us'],
	senderIds: ['5511999999999@s.whatsapp.net', '7@lid'],
	...changes,
});

const sent = messageOf(asked().question, asked().link);

const facts = { respondedAt: NOW, messageId: '3EB0Q' };

describe('a reply or a reaction', () => {
	it('is accepted with who has answered, how, and with which message', () => {
		expect(decide(asked(), answer(), NOW)).toEqual({
			verdict: 'accepted',
			response: {
				...facts,
				approved: true,
				via: 'reply',
				by: '5511999999999@s.whatsapp.net',
				answerMessageId: '3EB0A',
			},
		});
	});

	it.each([
		['another message', asked(), answer({ questionId: '3EB0X' })],
		['another chat', asked(), answer({ chatIds: ['2@g.us'] })],
		['no chat', asked(), answer({ chatIds: [] })],
		['a question by link only', asked({ inChat: false }), answer()],
		['a question whose message is not known', asked({}, { messageId: undefined }), answer()],
		['another text', asked(), answer({ questionText: `Pizza?\n\n${sent}` })],
		['no text', asked(), answer({ questionText: '' })],
	])('is for something else: %s', (_, question, given) => {
		expect(decide(question, given, NOW)).toEqual({ verdict: 'other' });
	});

	it.each([sent, sent.replaceAll('\n', ' \r\n'), sent.toUpperCase()])(
		'is for this question where a phone repeats its text: %j',
		(questionText) => {
			expect(decide(asked(), answer({ questionText }), NOW).verdict).toBe('accepted');
		},
	);

	it.each([
		['the number', ['5511999999999'], 'accepted'],
		['the hidden ID', ['7@lid'], 'accepted'],
		['someone else', ['5511888888888', '8@lid'], 'not-allowed'],
		// A number of which the hidden ID has the digits.
		['other digits', ['7'], 'not-allowed'],
		['nobody', [], 'not-allowed'],
	])('is allowed for approvers only: %s', (_, approvers, verdict) => {
		expect(decide(asked({ approvers }), answer(), NOW).verdict).toBe(verdict);
	});

	it('is not allowed for someone of whom no ID is known', () => {
		const given = answer({ senderIds: [] });
		expect(decide(asked({ approvers: ['5511999999999'] }), given, NOW).verdict).toBe('not-allowed');
		expect(decide(asked(), given, NOW)).toMatchObject({ verdict: 'accepted' });
	});

	it('is known in every spelling of the chat', () => {
		const question = asked({}, { chatKeys: ['5531988887777'] });
		const given = answer({ chatIds: ['553188887777@s.whatsapp.net', '9@lid'] });
		expect(decide(question, given, NOW).verdict).toBe('accepted');
	});

	it('is feedback when an agent waits for it and it says neither yes nor no', () => {
		const review = asked({}, { isReview: true });
		const text = ' Only 20 EUR, please ';
		expect(decide(review, answer({ text }), NOW)).toMatchObject({
			verdict: 'accepted',
			response: { approved: false, chatInput: 'Only 20 EUR, please' },
		});
		expect(decide(asked(), answer({ text }), NOW)).toEqual({ verdict: 'unclear' });
		expect(decide(review, answer({ text: ' ' }), NOW)).toEqual({ verdict: 'unclear' });
		expect(decide(review, answer({ via: 'reaction', text: '😂' }), NOW).verdict).toBe('unclear');
		const no = decide(review, answer({ text: 'no' }), NOW);
		expect(no).toMatchObject({ response: { approved: false } });
		expect(no).not.toHaveProperty('response.chatInput');
	});
});

describe('the form of the page', () => {
	it.each([
		[{}, { answer: 'approve' }, { approved: true }],
		[{}, { answer: 'decline' }, { approved: false }],
		[{ approval: undefined }, { text: ' Blue ' }, { text: 'Blue' }],
	])('is read: %j, %j', (changes, form, response) => {
		expect(readForm(asked(changes), form, NOW)).toEqual({ ...facts, ...response, via: 'link' });
	});

	it.each([
		[{}, {}],
		[{}, { answer: 'yes' }],
		[{}, { answer: ['approve'] }],
		[{}, { text: 'approve' }],
		[{ approval: { approve: 'Go' } }, { answer: 'decline' }],
		[{ approval: undefined }, { text: '  ' }],
		[{ approval: undefined }, { text: { a: 1 } }],
		[{ approval: undefined }, { answer: 'approve' }],
	])('is no answer: %j, %j', (changes, form) => {
		expect(readForm(asked(changes), form, NOW)).toBeUndefined();
	});
});
