'use strict';

const { authentication } = require('./authentication');
const { chats } = require('./chats');
const { finding } = require('./finding');
const { instance } = require('./instance');
const { lists } = require('./lists');
const { messages } = require('./messages');
const { pinning } = require('./pinning');
const { reactingAndEditing } = require('./reactingAndEditing');

/**
 * What docs/ryze-api.md says of single answers, in the order in which it is checked: the request that
 * shows whether token and instance are right is the first, what others can see is the last.
 *
 * @type {import('../types').Fact[]}
 */
const facts = [
	...authentication,
	...instance,
	...lists,
	...finding,
	...messages,
	...reactingAndEditing,
	...chats,
	...pinning,
];

module.exports = { facts };
