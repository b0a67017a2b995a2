const { labelOf } = require('../../../build/nodes/Ryze/trigger/label');

const usual = { instanceId: 'n8n-a', workflow: 'wf1', node: 'node1' };

const URL = 'https://n8n.example.com/webhook/uuid-1/webhook';

/** @param {Partial<Record<keyof typeof usual, string | undefined>>} [changes] */
function label(changes, url = URL) {
	const { instanceId, workflow, node } = { ...usual, ...changes };
	const context = {
		getInstanceId: () => instanceId,
		getWorkflow: () => ({ id: workflow }),
		getNode: () => ({ id: node }),
	};
	return labelOf(/** @type {any} */ (context), url);
}

describe('the label of a webhook', () => {
	it('contains the ID of the workflow, to be recognized in Ryze', () => {
		expect(label()).toMatch(/^n8n-wf1-[0-9a-f]{8}$/);
		expect(label({ workflow: undefined })).toMatch(/^n8n-new-[0-9a-f]{8}$/);
	});

	it('differs between instances of n8n, workflows, nodes, paths, and test and production', () => {
		const labels = [
			label(),
			label({ instanceId: 'n8n-b' }),
			label({ workflow: 'wf2' }),
			label({ node: 'node2' }),
			label({}, 'https://n8n.example.com/webhook/uuid-2/webhook'),
			label({}, 'https://n8n.example.com/webhook-test/uuid-1/webhook'),
			label({}, 'https://n8n.example.com/own-test/uuid-1/webhook'),
		];
		expect(new Set(labels).size).toBe(labels.length);
		const hashes = labels.map((each) => each.replace('-test', '').slice(-8));
		expect(new Set(hashes).size).toBe(labels.length);
	});

	it('ends in -test when it is for a test', () => {
		expect(label({}, URL.replace('/webhook/', '/webhook-test/'))).toMatch(/^n8n-wf1-.{8}-test$/);
		expect(label({}, 'https://webhook-test.example.com/webhook/1')).not.toContain('-test');
		expect(label({}, `${URL}?a=/webhook-test/`)).toBe(label());
	});

	it('is another one for an n8n at another address, such as a copy of it', () => {
		const labels = [
			URL,
			URL.replace('https:', 'http:'),
			URL.replace('n8n.example.com', 'staging.example.com'),
			URL.replace('n8n.example.com', 'n8n.example.com:8443'),
			URL.replace('/webhook/', '/n8n/webhook/'),
			'n8n.example.com/webhook/uuid-1/webhook',
		].map((url) => label({}, url));
		expect(new Set(labels).size).toBe(labels.length);
		for (const each of labels) expect(each).toMatch(/^n8n-wf1-[0-9a-f]{8}$/);
	});

	it('differs even if the parts are the same when they are joined', () => {
		const hash = (/** @type {Parameters<typeof label>[0]} */ changes) => label(changes).slice(-8);
		expect(hash({ instanceId: 'a', workflow: 'bc' })).not.toBe(
			hash({ instanceId: 'ab', workflow: 'c' }),
		);
		expect(hash({ workflow: 'a', node: 'b' })).not.toBe(hash({ workflow: 'b', node: 'a' }));
	});
});
