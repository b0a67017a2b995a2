const { receive } = require('../../dist/nodes/Ryze/trigger/receive');

const SECRET = 'Bearer of-this-webhook';

/** What n8n gives to the node to answer with. */
class FakeResponse {
	statusCode = 200;

	ended = 0;

	/** @type {unknown} */
	sent;

	status(/** @type {number} */ code) {
		this.statusCode = code;
		return this;
	}

	send(/** @type {unknown} */ text) {
		this.sent = text;
		return this;
	}

	end() {
		this.ended++;
	}

	/** @type {Array<() => void>} */
	listeners = [];

	once(/** @type {string} */ event, /** @type {() => void} */ listener) {
		if (event === 'close') this.listeners.push(listener);
	}

	/** What Node.js does once the answer is sent, or the connection is gone. */
	close() {
		for (const listener of this.listeners.splice(0)) listener();
	}
}

/**
 * One delivery on its way through the node.
 *
 * @param {unknown} body
 * @param {{ authorization?: string, secret?: string, mode?: string, node?: string, options?: object }} [given]
 */
function arrive(body, given = {}) {
	const response = new FakeResponse();
	const { secret, mode, node, options } = { secret: SECRET, mode: 'webhook', node: '1', ...given };
	const authorization = 'authorization' in given ? given.authorization : SECRET;
	const parameters = { events: ['message.exchange', 'label.update'], options };
	const context = {
		getBodyData: () => body,
		getHeaderData: () => ({ authorization }),
		getInstanceId: () => 'n8n-a',
		getMode: () => mode,
		getNode: () => ({ id: node }),
		getNodeParameter: (/** @type {'events' | 'options'} */ name, /** @type {unknown} */ fallback) =>
			parameters[name] ?? fallback,
		getNodeWebhookUrl: () => 'https://n8n.example.com/webhook/1/webhook',
		getResponseObject: () => response,
		getWorkflow: () => ({ id: 'wf1' }),
		getWorkflowStaticData: () => ({ secret }),
	};
	return { response, result: receive(/** @type {any} */ (context)) };
}

module.exports = { arrive };
