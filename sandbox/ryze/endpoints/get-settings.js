'use strict';

const { json } = require('../answers');

// Unknown in the docs: every default but that of disableHistorySync; taken: off.
const SETTINGS = Object.freeze({
	autoRejectCalls: false,
	callRejectMessage: '',
	ignoreGroupMessages: false,
	keepOnlineStatus: false,
	autoReadMessages: false,
	disableHistorySync: true,
	ignoreStatus: false,
});

/**
 * GET /api/instance/getSettings/:instance (docs/ryze-api.md, "Instance settings"). Works while
 * disconnected too.
 *
 * Unknown in the docs: the text of `message`; taken: in the style of its siblings.
 *
 * @type {import('../types').Endpoint}
 */
function getSettings() {
	return json(200, {
		success: true,
		message: 'Settings retrieved successfully',
		settings: SETTINGS,
	});
}

module.exports = {
	method: 'GET',
	path: '/api/instance/getSettings/:instance',
	answer: getSettings,
};
