'use strict';

const { instanceOf } = require('./state');

/**
 * @typedef {object} Group
 * @property {string} jid
 * @property {string} name may be ''
 * @property {number} memberCount
 *
 * @typedef {object} Contact in the words of the API; it has a `jid`, a `lid` or both
 * @property {string} [jid]
 * @property {string} [lid]
 * @property {string} [first_name]
 * @property {string} [full_name]
 * @property {string} [push_name]
 * @property {string} [business_name]
 * @property {string} [redacted_phone] when only the LID is known
 */

/**
 * The part of the sandbox that a test uses for groups and contacts. Both survive reset(), and both
 * methods throw when there is no instance with that name.
 *
 * @param {import('./types').State} state
 */
function createAddressBookControls(state) {
	return {
		/**
		 * The groups that an instance is in, instead of those it was in.
		 *
		 * @param {string} instanceName
		 * @param {Iterable<Group>} groups answered in this order
		 */
		setGroups(instanceName, groups) {
			instanceOf(state, instanceName).groups = structuredClone([...groups]);
		},

		/**
		 * The contacts of an instance, instead of those it had.
		 *
		 * @param {string} instanceName
		 * @param {Iterable<Contact>} contacts answered in this order
		 */
		setContacts(instanceName, contacts) {
			instanceOf(state, instanceName).contacts = structuredClone([...contacts]);
		},
	};
}

module.exports = { createAddressBookControls };
