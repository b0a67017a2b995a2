const { seeds } = require('../../sandbox/ryze');

/** The operations beside Pin Message, each with the least that it needs. */
const operations = {
	'Send Text': {
		parameters: { operation: 'sendText', chat: seeds.chats.group, text: 'Dinner at 8' },
		request: {
			method: 'POST',
			path: '/api/message/text/demo',
			query: {},
			contentType: 'application/json',
			body: { number: seeds.chats.group, message: 'Dinner at 8', source: 'n8n' },
		},
		answer: {
			messageId: expect.stringMatching(/^3EB0/),
			success: true,
			message: 'Message sent successfully',
			status: 'sent',
			data: { messageId: expect.stringMatching(/^3EB0/), chat: { jid: seeds.chats.group } },
		},
	},
	'Send Media': {
		parameters: {
			operation: 'sendMedia',
			chat: seeds.chats.group,
			mediaType: 'image',
			inputType: 'url',
			mediaUrl: 'https://example.com/menu.jpg',
			caption: 'The menu',
		},
		request: {
			method: 'POST',
			path: '/api/message/media/demo',
			query: {},
			contentType: 'application/json',
			body: {
				number: seeds.chats.group,
				mediaType: 'image',
				message: 'The menu',
				mediaUrl: 'https://example.com/menu.jpg',
				source: 'n8n',
			},
		},
		answer: {
			messageId: expect.stringMatching(/^3EB0/),
			success: true,
			status: 'sent',
			data: { messageId: expect.stringMatching(/^3EB0/), chat: { jid: seeds.chats.group } },
		},
	},
	'Get Message': {
		parameters: { operation: 'get', messageId: seeds.messages.group },
		request: {
			method: 'GET',
			path: '/api/chat/getMessage/demo',
			query: { messageId: seeds.messages.group },
			contentType: undefined,
			body: '',
		},
		answer: {
			success: true,
			message: 'Message found',
			messageId: seeds.messages.group,
			status: 'found',
			data: { chat: seeds.chats.group, isGroup: true },
		},
	},
	'Favorite Message': {
		parameters: { operation: 'favorite', messageId: seeds.messages.group, favorite: true },
		request: {
			method: 'POST',
			path: '/api/chat/favorite/demo',
			query: {},
			contentType: 'application/json',
			body: { favorite: true, messageId: seeds.messages.group },
		},
		answer: {
			success: true,
			type: 'message',
			chat_jid: seeds.chats.group,
			message_id: seeds.messages.group,
			favorite: true,
		},
	},
	'Favorite Chat': {
		parameters: {
			resource: 'chat',
			operation: 'favorite',
			chat: seeds.chats.group,
			favorite: true,
		},
		request: {
			method: 'POST',
			path: '/api/chat/favorite/demo',
			query: {},
			contentType: 'application/json',
			body: { favorite: true, number: seeds.chats.group },
		},
		answer: { success: true, type: 'chat', chat_jid: seeds.chats.group, favorite: true },
	},
	'Pin Chat': {
		parameters: { resource: 'chat', operation: 'pinChat', chat: seeds.chats.group, pin: true },
		request: {
			method: 'POST',
			path: '/api/chat/pinChat/demo',
			query: {},
			contentType: 'application/json',
			body: { number: seeds.chats.group, pin: true },
		},
		answer: {
			success: true,
			message: 'Chat pinned successfully',
			chat_jid: seeds.chats.group,
			pinned: true,
		},
	},
};

/** @typedef {keyof typeof operations} Name */

const names = /** @type {Name[]} */ (Object.keys(operations));

module.exports = { names, operations };
