const TOKEN = 'a1b2c3d4-e5f6-token';

const instanceData = { baseUrl: 'https://ryzeapi.cloud', instance: 'shop', token: TOKEN };

/** A group message as live webhooks have it (docs/ryze-api.md, "Message events"). */
const live = {
	event: 'message.exchange',
	data: {
		id: '3EB0LIVE',
		direction: 'incoming',
		timestamp: '2026-07-31T12:00:00Z',
		chat: { jid: '120363406289005073@g.us', name: 'Team', type: 'group' },
		sender: { jid: '5511999999999@s.whatsapp.net', lid: '123456789012345@lid', name: 'Ann' },
		message: { type: 'text', content: 'Hello' },
	},
	instanceData,
};

/** A private message as the docs' catalog has it (docs/ryze-api.md, "Message events"). */
const catalog = {
	event: 'message.exchange',
	data: {
		id: '3EB0DOCS',
		message: {
			id: '3EB0DOCS',
			direction: 'outgoing',
			timestamp: '2026-07-31T12:00:00Z',
			chat: { jid: '5511999999999@s.whatsapp.net', type: 'private' },
			sender: { jid: '5511888888888@s.whatsapp.net' },
			type: 'text',
			content: { text: 'Hi!' },
		},
	},
	instanceData,
};

/** The events that are not about a message itself (docs/ryze-api.md, "Other events"). */
const others = [
	{ event: 'message.status', data: { status: 'read', messageIds: ['3EB0'], id: 'x' } },
	{ event: 'call.update', data: { kind: 'offer', id: 'call-1' } },
	{ event: 'group.flow', data: { type: 'joined', groupJid: '1@g.us', participants: [] } },
	{ event: 'instance.state', data: { state: 'connected' } },
	{ event: 'label.update', data: { type: 'chat', labelId: '1', chatJid: '1@g.us', labeled: true } },
].map((each) => ({ ...each, instanceData }));

/**
 * @param {Record<string, unknown>} changes of `data`
 * @param {Record<string, unknown>} [message] changes of `data.message`
 */
const liveWith = (changes, message = {}) => ({
	...live,
	data: { ...live.data, message: { ...live.data.message, ...message }, ...changes },
});

module.exports = { TOKEN, catalog, instanceData, live, liveWith, others };
