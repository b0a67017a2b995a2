const { node } = require('./stockSentences');

/** @typedef {{ method: string, url: string, qs?: Record<string, string>, body?: any }} Options */
/** @typedef {{ statusCode: number, headers: object, body: unknown }} Answer */

/**
 * @typedef {object} Rig
 * @property {any} context as n8n gives it to the trigger
 * @property {Map<string, Record<string, any>>} webhooks at Ryze, by label
 * @property {string} url
 * @property {Record<string, unknown> | Error} credential
 * @property {unknown} events
 * @property {Record<string, unknown>} kept what n8n keeps with the workflow
 * @property {(options: Options) => Answer | Error | undefined} instead of the usual answer
 * @property {jest.Mock<Promise<Answer>, [string, Options]>} http
 * @property {() => any[]} posted the body of each POST
 */

const URL = 'https://n8n.example.com/webhook/uuid-1/webhook';

/**
 * @param {number} statusCode
 * @param {string} sentence in the form of docs/ryze-api.md, "Answers"
 * @returns {Answer}
 */
const refusing = (statusCode, sentence) => ({
	statusCode,
	headers: {},
	body: { success: false, error: { message: sentence } },
});

let tokens = 0;

/** The webhooks of one instance at Ryze (docs/ryze-api.md, "Webhooks"), and what a trigger gets. */
function hookRig() {
	/** @type {Rig['webhooks']} */
	const webhooks = new Map();
	const http = jest.fn(async (/** @type {string} */ _type, /** @type {Options} */ options) => {
		const instead = rig.instead(options);
		if (instead instanceof Error) throw instead;
		return instead ?? answer(options);
	});
	/** @type {Rig} */
	const rig = {
		webhooks,
		http,
		url: URL,
		credential: {
			token: `a1b2c3d4-hook-${tokens++}`,
			instance: 'shop',
			baseUrl: 'https://ryzeapi.cloud',
		},
		events: ['message.exchange'],
		kept: {},
		instead: () => undefined,
		posted: () => http.mock.calls.flatMap(([, { body }]) => (body ? [body] : [])),
		context: {
			getCredentials: async () => {
				if (rig.credential instanceof Error) throw rig.credential;
				return rig.credential;
			},
			getInstanceId: () => 'n8n-a',
			getNode: () => ({ ...node, name: 'Ryze Trigger' }),
			getNodeParameter: (/** @type {string} */ name) =>
				name === 'events' ? rig.events : undefined,
			getNodeWebhookUrl: () => rig.url,
			getWorkflow: () => ({ id: 'wf1' }),
			getWorkflowStaticData: () => rig.kept,
			helpers: { httpRequestWithAuthentication: http },
		},
	};

	/**
	 * @param {Options} options
	 * @returns {Answer}
	 */
	function answer({ method, qs, body }) {
		const success = (/** @type {object} */ fields) => ({
			statusCode: 200,
			headers: {},
			body: { success: true, ...fields },
		});
		if (method === 'POST') {
			const { label, enabled } = body;
			const inUse = [...webhooks.values()].filter((each) => each.enabled && each.label !== label);
			if (enabled && inUse.length >= 3) return refusing(400, 'Too many');
			webhooks.set(label, { ...body });
			return success({ webhook: body });
		}
		if (!qs) return success({ webhooks: [...webhooks.values()] });
		const webhook = webhooks.get(qs.label);
		return webhook ? success({ webhook }) : refusing(404, 'Webhook not found');
	}

	return rig;
}

module.exports = { hookRig, refusing };
