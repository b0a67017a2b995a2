'use strict';

const shared = require('./shared');

const { UNKNOWN_MESSAGE, answered, post } = shared;

/** @param {object} body */
const edit = (body) => post('/api/chat/edit', body);
/** @param {object} body */
const react = (body) => post('/api/message/reaction', body);

const messageId = UNKNOWN_MESSAGE;
const editing = /** @type {const} */ ({
	from: 'Edit a message',
	standing: 'documented',
	effect: 'harmless',
});
const reacting = /** @type {const} */ ({ ...editing, from: 'React to a message' });

/** Both are only asked for what cannot be done: nobody sees anything of it. @type {import('../types').Fact[]} */
const reactingAndEditing = [
	{
		fact: 'Editing without a `messageId`: HTTP 400 `messageId is required`.',
		...editing,
		request: edit({ content: 'Hi!' }),
		expect: { status: 400, sentence: 'messageId is required' },
	},
	{
		fact: 'Editing without a text: HTTP 400 `content is required`.',
		...editing,
		request: edit({ messageId }),
		expect: { status: 400, sentence: 'content is required' },
	},
	{
		fact: 'Editing a message that the instance does not know: HTTP 404 `message not found`.',
		...editing,
		request: edit({ messageId, content: 'Hi!' }),
		unless: answered(503, shared.DISCONNECTED),
		expect: { status: 404, sentence: 'message not found' },
	},
	{
		fact: 'A reaction without a chat: HTTP 400 `Number is required`.',
		...reacting,
		standing: 'assumed',
		request: react({ messageId, reaction: '👍', fromMe: true }),
		unless: answered(503, shared.DISCONNECTED),
		expect: { status: 400, sentence: 'Number is required' },
	},
];

module.exports = { reactingAndEditing };
