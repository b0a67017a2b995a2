'use strict';

// The forms are those of docs/ryze-api.md, "Recipients"; the numbers belong to nobody.
const chats = Object.freeze({
	private: '5511999999999@s.whatsapp.net',
	group: '120363406289005073@g.us',
});

const messages = Object.freeze({
	privateChat: '3EB0A0000000000000000001',
	group: '3EB0A0000000000000000002',
	notice: '3EB0A0000000000000000003',
	another: '3EB0A0000000000000000004',
	/** Known to the instance `second` only. */
	ofSecond: '3EB0B0000000000000000001',
	/** Known to the instance `offline` only. */
	ofOffline: '3EB0FFLINE00000000001',
	/** Known to no instance. */
	unknown: '3EB0DEAD0000000000000000',
});

/**
 * Everything the sandbox knows at its start. `known` maps a message id to the JID of its chat.
 */
const seeds = Object.freeze({
	accountToken: 'sandbox-account-token',
	chats,
	messages,
	instances: Object.freeze({
		demo: Object.freeze({
			id: '00000000-0000-4000-8000-000000000001',
			name: 'demo',
			token: 'sandbox-token-demo',
			numberJid: '5511900000001@s.whatsapp.net',
			connected: true,
			known: Object.freeze({
				[messages.privateChat]: chats.private,
				[messages.group]: chats.group,
				[messages.notice]: chats.group,
				[messages.another]: chats.private,
			}),
		}),
		second: Object.freeze({
			id: '00000000-0000-4000-8000-000000000002',
			name: 'second',
			token: 'sandbox-token-second',
			numberJid: '5511900000002@s.whatsapp.net',
			connected: true,
			known: Object.freeze({ [messages.ofSecond]: chats.private }),
		}),
		offline: Object.freeze({
			id: '00000000-0000-4000-8000-000000000003',
			name: 'offline',
			token: 'sandbox-token-offline',
			numberJid: '5511900000003@s.whatsapp.net',
			connected: false,
			known: Object.freeze({ [messages.ofOffline]: chats.private }),
		}),
	}),
});

module.exports = { seeds };
