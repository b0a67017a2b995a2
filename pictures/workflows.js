'use strict';

/* Workflows that are only there for the pictures. */
const { seeds } = require('../sandbox/ryze');

/** Sends a text to a group and pins it, as in the README, "The three things people do first". */
function noticeAndPin() {
	const { jid, name } = seeds.groups.sandbox;
	const chat = { __rl: true, mode: 'list', value: jid, cachedResultName: name };
	const ryze = { typeVersion: 1, type: 'n8n-nodes-ryzeapi.ryze' };
	return {
		name: 'Send a notice and pin it',
		nodes: [
			{
				id: 'start',
				name: 'When clicking Execute workflow',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'send',
				name: 'Send the notice',
				position: [220, 0],
				parameters: { operation: 'sendText', chat, text: 'The meeting is at 10', options: {} },
				...ryze,
			},
			{
				id: 'pin',
				name: 'Pin the notice',
				position: [440, 0],
				parameters: { operation: 'pinMessage', messageId: '={{ $json.messageId }}', options: {} },
				...ryze,
			},
		],
		connections: {
			'When clicking Execute workflow': {
				main: [[{ node: 'Send the notice', type: 'main', index: 0 }]],
			},
			'Send the notice': { main: [[{ node: 'Pin the notice', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}

module.exports = { noticeAndPin };
