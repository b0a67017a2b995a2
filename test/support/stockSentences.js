const { NodeApiError } = require('n8n-workflow');

const node = {
	id: '1',
	name: 'Ryze',
	type: 'n8n-nodes-ryzeapi.ryze',
	typeVersion: 1,
	position: /** @type {[number, number]} */ ([0, 0]),
	parameters: {},
};

/** What n8n says by itself of an HTTP status or a network code; it must never reach a user. */
const stockSentences = [
	...Array.from({ length: 200 }, (_, index) => String(400 + index)),
	...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'ERRADDRINUSE', 'EADDRNOTAVAIL'],
	...['ECONNABORTED', 'EHOSTUNREACH', 'EAI_AGAIN', 'ENETUNREACH', 'EPIPE', 'ENOENT'],
].map((httpCode) => new NodeApiError(node, {}, { httpCode, message: undefined }).message);

module.exports = { node, stockSentences: [...new Set(stockSentences)] };
