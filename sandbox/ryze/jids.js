'use strict';

const { Failure } = require('./answers');

/** What may stand behind the @ (docs/ryze-api.md, "Recipients"). */
const SERVERS = ['s.whatsapp.net', 'lid', 'g.us', 'newsletter', 'broadcast'];

/**
 * The chat that a `number` means. Bare digits become a user's JID; a JID passes as it is. The real
 * service looks the number up, with and without the ninth digit in Brazil, and may answer with
 * another JID (docs/ryze-api.md, "Recipients"); here every number exists just as it is written.
 *
 * Unknown in the docs: what else passes and the answer to it, as only "Numbe" is known of its
 * sentence; taken: 7 to 15 digits, no "+" and no blanks, else the 400 below.
 *
 * @param {string} number
 * @returns {string}
 * @throws {Failure} 400
 */
function jidOf(number) {
	if (number === '') throw new Failure(400, 'Number is required');
	if (/^\d{7,15}$/.test(number)) return `${number}@s.whatsapp.net`;
	const server = /^[^@\s]+@(.+)$/.exec(number)?.[1];
	if (server !== undefined && SERVERS.includes(server)) return number;
	throw new Failure(400, 'Number is not valid');
}

/** @param {string} jid */
const isGroup = (jid) => jid.endsWith('@g.us');

/**
 * The kind of chat in the words of the events (docs/ryze-api.md, "Message events").
 *
 * @param {string} jid
 * @returns {'private' | 'group' | 'newsletter'}
 */
function chatTypeOf(jid) {
	if (isGroup(jid)) return 'group';
	return jid.endsWith('@newsletter') ? 'newsletter' : 'private';
}

module.exports = { chatTypeOf, isGroup, jidOf };
