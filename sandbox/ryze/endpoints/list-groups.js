'use strict';

const { Failure, json } = require('../answers');

/**
 * GET /api/group/list/:instance (docs/ryze-api.md, "List groups").
 *
 * Unknown in the docs; taken:
 * - The answer while disconnected: as on most pages of chats, since WhatsApp is asked for the groups.
 * - Without `includeMembers=false`: no members either, as the sandbox has none.
 * - No `message`, the order, and that the list comes in one piece.
 *
 * @type {import('../types').Endpoint}
 */
function listGroups({ settings }, { connected, groups }) {
	if (!connected) throw new Failure(503, 'Instance is not connected to WhatsApp');
	return json(200, {
		success: true,
		groups: groups.map(({ jid, ...rest }) => ({ [settings.groupIdField]: jid, ...rest })),
	});
}

module.exports = { method: 'GET', path: '/api/group/list/:instance', answer: listGroups };
