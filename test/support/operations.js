const { NodeHelpers } = require('n8n-workflow');
const { resources } = require('../../build/nodes/Ryze/actions');
const { Ryze } = require('../../build/nodes/Ryze/Ryze.node');
const { seeds } = require('../../sandbox/ryze');

/** @typedef {import('../../build/nodes/Ryze/actions/shared/operation').Operation} Operation */

/**
 * What tests know of one operation.
 *
 * @typedef {object} Entry
 * @property {Record<string, any>} parameters the least that it needs
 * @property {{ method: string, path: string, query: object, contentType?: string, body: any }} request
 * that these become
 * @property {Record<string, any>} answer at least this is in the output
 * @property {Array<{ parameters: Record<string, any>, items?: any[] }>} [more] runs whose output has
 * other fields
 * @property {boolean} [waits] its output is what a person answers, and not the response of Ryze
 * @property {boolean} [givesPart] whether the output is a part of Ryze's answer
 * @property {boolean} [givesFile] whether the output has the file that is in Ryze's answer
 * @property {boolean} [worksOffline] also when the phone is not connected
 * @property {{ message: string, httpCode: string }} [otherInstance] for a token of another instance,
 * where Ryze does not refuse it
 * @property {{ message: string, httpCode: string }} [notConnected] where Ryze says it in another way
 */

/**
 * Every operation of the node, as `<resource>/<operation>`. A new one needs an entry here: what all
 * operations share is tested with it.
 *
 * @satisfies {Record<string, Entry>}
 */
const operations = {
	'message/pinMessage': {
		parameters: {
			resource: 'message',
			operation: 'pinMessage',
			messageId: seeds.messages.group,
			pin: true,
			duration: '24h',
		},
		request: {
			method: 'POST',
			path: '/api/chat/pinMessage/demo',
			query: {},
			contentType: 'application/json',
			body: { pin: true, messageId: seeds.messages.group, duration: '24h' },
		},
		answer: {
			success: true,
			message: 'Message pinned successfully',
			chat_jid: seeds.chats.group,
			message_id: seeds.messages.group,
			pinned: true,
			duration: '24h',
		},
		more: [{ parameters: { pin: false } }],
		notConnected: { message: 'WhatsApp client is not connected', httpCode: '500' },
	},
	'message/sendAndWait': {
		parameters: {
			resource: 'message',
			operation: 'sendAndWait',
			chat: seeds.chats.group,
			message: 'Pin it?',
			options: { answerWith: 'link' },
		},
		request: {
			method: 'POST',
			path: '/api/message/text/demo',
			query: {},
			contentType: 'application/json',
			body: {
				number: seeds.chats.group,
				message: expect.stringMatching(/^Pin it\?\n\nTo answer, open http.*&signature=\w+$/),
				linkPreview: false,
				source: 'n8n',
			},
		},
		answer: {},
		waits: true,
	},
	'message/sendText': {
		parameters: {
			resource: 'message',
			operation: 'sendText',
			chat: seeds.chats.group,
			text: 'Dinner at 8',
		},
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
		more: [{ parameters: { options: { replyTo: seeds.messages.group, mentionAll: true } } }],
	},
	'message/sendMedia': {
		parameters: {
			resource: 'message',
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
		more: [
			{
				parameters: {
					mediaType: 'audio',
					inputType: 'binary',
					binaryPropertyName: 'data',
					options: { replyTo: seeds.messages.group },
				},
				items: [{ json: {}, binary: { data: { data: 'T2dnUw==', mimeType: 'audio/ogg' } } }],
			},
		],
	},
	'message/sendPoll': {
		parameters: {
			resource: 'message',
			operation: 'sendPoll',
			chat: seeds.chats.group,
			question: 'Dinner at 8?',
			pollOptions: 'Yes\nNo',
			maxAnswers: 1,
		},
		request: {
			method: 'POST',
			path: '/api/message/poll/demo',
			query: {},
			contentType: 'application/json',
			body: {
				number: seeds.chats.group,
				question: 'Dinner at 8?',
				options: ['Yes', 'No'],
				maxAnswer: 1,
				source: 'n8n',
			},
		},
		answer: {
			messageId: expect.stringMatching(/^3EB0/),
			success: true,
			status: 'sent',
			data: { messageId: expect.stringMatching(/^3EB0/), chat: { jid: seeds.chats.group } },
		},
		more: [{ parameters: { options: { replyTo: seeds.messages.group } } }],
	},
	'message/get': {
		parameters: { resource: 'message', operation: 'get', messageId: seeds.messages.group },
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
	'message/react': {
		parameters: {
			resource: 'message',
			operation: 'react',
			emoji: '👍',
			messageId: seeds.messages.group,
			chat: seeds.chats.group,
			sender: seeds.chats.private,
		},
		request: {
			method: 'POST',
			path: '/api/message/reaction/demo',
			query: {},
			contentType: 'application/json',
			body: {
				number: seeds.chats.group,
				messageId: seeds.messages.group,
				reaction: '👍',
				fromMe: false,
				participant: seeds.chats.private,
				source: 'n8n',
			},
		},
		answer: {
			success: true,
			status: 'sent',
			data: {
				messageId: expect.stringMatching(/^3EB0/),
				replyTo: { messageId: seeds.messages.group },
			},
		},
		more: [{ parameters: { emoji: '' } }],
	},
	'message/edit': {
		parameters: {
			resource: 'message',
			operation: 'edit',
			messageId: seeds.messages.own,
			content: 'Dinner at 9',
		},
		request: {
			method: 'POST',
			path: '/api/chat/edit/demo',
			query: {},
			contentType: 'application/json',
			body: { messageId: seeds.messages.own, content: 'Dinner at 9' },
		},
		answer: {
			success: true,
			message: 'Message edited successfully',
			messageId: seeds.messages.own,
			chatJid: seeds.chats.group,
			newContent: 'Dinner at 9',
		},
	},
	'message/delete': {
		parameters: {
			resource: 'message',
			operation: 'delete',
			messageId: seeds.messages.group,
			deleteFor: 'everyone',
		},
		request: {
			method: 'DELETE',
			path: '/api/chat/delete/demo',
			query: {},
			contentType: 'application/json',
			body: { messageId: seeds.messages.group, deleteForEveryone: true },
		},
		answer: { success: true, delete_type: 'revoke' },
	},
	'message/downloadMedia': {
		parameters: {
			resource: 'message',
			operation: 'downloadMedia',
			messageId: seeds.messages.picture,
			outputField: 'data',
		},
		request: {
			method: 'GET',
			path: '/api/chat/base64/demo',
			query: { messageId: seeds.messages.picture },
			contentType: undefined,
			body: '',
		},
		answer: {
			success: true,
			message: 'Base64 retrieved successfully',
			message_id: seeds.messages.picture,
			mime_type: 'image/png',
			media_type: 'image',
		},
		givesFile: true,
	},
	'message/favorite': {
		parameters: {
			resource: 'message',
			operation: 'favorite',
			messageId: seeds.messages.group,
			favorite: true,
		},
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
	'instance/get': {
		parameters: { resource: 'instance', operation: 'get' },
		request: {
			method: 'GET',
			path: '/api/instance/list',
			query: { instanceName: 'demo' },
			contentType: undefined,
			body: '',
		},
		answer: {
			name: 'demo',
			status: 'connected',
			connection: { state: 'connected', numberJid: seeds.instances.demo.numberJid },
			profile: { name: 'Sandbox demo' },
		},
		givesPart: true,
		worksOffline: true,
		otherInstance: {
			message: 'Ryze returned the instance "second" instead of "demo"',
			httpCode: '200',
		},
	},
	'chat/favorite': {
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
	'chat/markRead': {
		parameters: { resource: 'chat', operation: 'markRead', chat: seeds.chats.group, read: true },
		request: {
			method: 'POST',
			path: '/api/chat/markChatRead/demo',
			query: {},
			contentType: 'application/json',
			body: { number: seeds.chats.group, read: true },
		},
		answer: {
			success: true,
			message: 'Chat marked as read successfully',
			chat_jid: seeds.chats.group,
			read: true,
		},
	},
	'chat/pinChat': {
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

/**
 * What the node has: each resource with its operations.
 *
 * @type {Array<{ name: Name, resource: string, operation: Operation }>}
 */
const offered = Object.entries(resources).flatMap(([resource, { operations }]) =>
	operations.map((operation) => ({
		name: /** @type {Name} */ (`${resource}/${operation.entry.value}`),
		resource,
		operation,
	})),
);

/** @param {Name} name @returns {Entry} */
const entryOf = (name) => operations[name];

const names = offered.map(({ name }) => name);

/** Those whose output is the response of Ryze. */
const answering = names.filter((name) => !entryOf(name).waits);

const { description } = new Ryze();
const { version } = description;
const node = { typeVersion: Number(version) };

/**
 * The properties that n8n shows for these parameters.
 *
 * @param {Record<string, any>} parameters
 */
const shownFor = (parameters) =>
	description.properties.filter((property) =>
		NodeHelpers.displayParameter(parameters, property, node, description),
	);

module.exports = { answering, entryOf, names, offered, operations, shownFor };
