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
	/** Sent by `demo`, when the sandbox started. */
	own: '3EB0A0000000000000000005',
	/** Has a file, see `picture`. */
	picture: '3EB0A0000000000000000006',
	/** Known to the instance `second` only. */
	ofSecond: '3EB0B0000000000000000001',
	/** Known to the instance `offline` only. */
	ofOffline: '3EB0FFLINE00000000001',
	/** Known to no instance. */
	unknown: '3EB0DEAD0000000000000000',
});

/** A PNG of one pixel. */
const picture = Object.freeze({
	messageId: messages.picture,
	type: 'image',
	mimeType: 'image/png',
	base64:
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
});

const groups = Object.freeze({
	/** That of the events. */
	sandbox: Object.freeze({ jid: chats.group, name: 'Sandbox group', memberCount: 12 }),
	accents: Object.freeze({
		jid: '120363406289005074@g.us',
		name: 'Équipe São Paulo',
		memberCount: 48,
	}),
	/** The next two have the same name. */
	family: Object.freeze({ jid: '120363406289005075@g.us', name: 'Família', memberCount: 7 }),
	largeFamily: Object.freeze({ jid: '120363406289005076@g.us', name: 'Família', memberCount: 31 }),
	nameless: Object.freeze({ jid: '120363406289005077@g.us', name: '', memberCount: 3 }),
	/** Its ID is of the old form. */
	old: Object.freeze({ jid: '5511999999999-1400000000@g.us', name: 'Old friends', memberCount: 5 }),
});

const contacts = Object.freeze({
	/** The sender of the events: only the name that the person gave to WhatsApp. */
	pushName: Object.freeze({ jid: chats.private, push_name: 'Contact' }),
	saved: Object.freeze({
		jid: '5511988888888@s.whatsapp.net',
		lid: '123456789012345@lid',
		first_name: 'João',
		full_name: 'João da Conceição',
		push_name: 'Joao',
	}),
	business: Object.freeze({
		jid: '5511977777777@s.whatsapp.net',
		business_name: 'Padaria Sol',
	}),
	/** Only the LID is known, not the number. */
	hidden: Object.freeze({
		lid: '234567890123456@lid',
		push_name: 'Hidden',
		redacted_phone: '+55∙∙∙∙∙∙∙∙∙66',
	}),
	nameless: Object.freeze({ jid: '5511966666666@s.whatsapp.net' }),
});

/**
 * Everything the sandbox knows at its start. `known` maps a message id to the JID of its chat;
 * `sent` does the same for texts that it has sent itself.
 */
const seeds = Object.freeze({
	accountToken: 'sandbox-account-token',
	chats,
	messages,
	picture,
	groups,
	contacts,
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
				[messages.picture]: chats.group,
			}),
			sent: Object.freeze({ [messages.own]: chats.group }),
			groups: Object.freeze(Object.values(groups)),
			contacts: Object.freeze(Object.values(contacts)),
		}),
		second: Object.freeze({
			id: '00000000-0000-4000-8000-000000000002',
			name: 'second',
			token: 'sandbox-token-second',
			numberJid: '5511900000002@s.whatsapp.net',
			connected: true,
			known: Object.freeze({ [messages.ofSecond]: chats.private }),
			sent: Object.freeze({}),
			/** It is in no group and knows nobody. */
			groups: Object.freeze([]),
			contacts: Object.freeze([]),
		}),
		offline: Object.freeze({
			id: '00000000-0000-4000-8000-000000000003',
			name: 'offline',
			token: 'sandbox-token-offline',
			numberJid: '5511900000003@s.whatsapp.net',
			connected: false,
			known: Object.freeze({ [messages.ofOffline]: chats.private }),
			sent: Object.freeze({}),
			groups: Object.freeze([groups.sandbox]),
			contacts: Object.freeze([contacts.pushName, contacts.hidden]),
		}),
	}),
});

module.exports = { seeds };
