const { join } = require('node:path');
const { NodeSearchEngine } = require('@n8n/ai-utilities/node-catalog');
// @ts-expect-error Its types are those of the ES module, though it comes as CommonJS too.
const { sublimeSearch } = require('@n8n/utils/search/sublime-search');
const { validateWorkflow } = require('@n8n/workflow-sdk');
const { generateNodeTypeFile } = require('@n8n/workflow-sdk/dist/generate-types/generate-types');
const { loadEngine } = require('../../sandbox/engine');
const { readNodeList } = require('../../sandbox/n8n/nodeList');
const { exampleFiles, readExample } = require('../../sandbox/n8n/rig');

const RYZE = 'n8n-nodes-ryzeapi.ryze';
const TRIGGER = 'n8n-nodes-ryzeapi.ryzeTrigger';

/** Our nodes as n8n loads them, under their full names. @type {any[]} */
let ours;

beforeAll(async () => {
	const { loader } = await loadEngine(join(__dirname, '../..'));
	ours = ['ryze', 'ryzeTrigger'].map((name) => ({
		...loader.getNode(name).type.description,
		name: `${loader.packageName}.${name}`,
	}));
});

describe("n8n's check of a workflow that an AI has built", () => {
	/** n8n's own nodes are not at hand here: it checks of them what it can without. */
	const nodeTypesProvider = /** @type {any} */ ({
		/** @param {string} type */
		getByNameAndVersion: (type) => {
			const description = ours.find(({ name }) => name === type);
			return description && { description };
		},
	});

	/** @param {any} workflow */
	const complaints = (workflow) => {
		const { errors, warnings } = validateWorkflow(workflow, { nodeTypesProvider });
		return [...errors, ...warnings].map(({ code, nodeName }) => [code, nodeName]);
	};

	it.each(exampleFiles())('has nothing to say against the example %s', (file) => {
		expect(complaints(readExample(file))).toEqual([]);
	});

	it('would say so when a node of an example were not connected', () => {
		const example = readExample('reply-to-pin.json');
		delete example.connections[Object.keys(example.connections)[0]];
		expect(complaints(example)).toContainEqual(['DISCONNECTED_NODE', expect.any(String)]);
	});
});

/*
 * What a model reads of the two nodes when it builds a workflow. After a change of their texts: read
 * the new snapshot as a model would, then `npx jest test/package/judges -u`. The sentence above
 * RyzeV1ChatFavoriteParams is that of messages: n8n's generator looks up an operation by its value,
 * whatever the resource.
 */
describe('what an AI reads of', () => {
	it.each([
		['the Ryze node', RYZE],
		['the Ryze WhatsApp Trigger', TRIGGER],
	])('%s', (_name, type) => {
		const description = ours.find(({ name }) => name === type);
		expect(generateNodeTypeFile(description)).toMatchSnapshot();
	});
});

const { title, nodes } = readNodeList();

/** What people look for on their first day, beside pinning: each must find our nodes first. */
const EVERYDAY = [
	'receive whatsapp message',
	'whatsapp group',
	'whatsapp group message',
	'whatsapp api',
	'whatsapp bot',
	'whatsapp chatbot',
	'send image',
];

describe(`among the nodes of ${title}, without their tool forms`, () => {
	describe('the search of the node panel', () => {
		/** @param {string} words @returns {string[]} the names of what it finds */
		const search = (words) => {
			// In the panel a trigger goes by the name of its app.
			const entries = [...nodes, ...ours].map(({ name, displayName, codex }) => ({
				name,
				properties: { displayName: displayName.replace(' Trigger', ''), codex },
			}));
			return sublimeSearch(words, entries).map(({ item }) => item.name);
		};

		it.each([
			['pin whatsapp message', RYZE],
			['unpin whatsapp message', RYZE],
			['whatsapp pin', RYZE],
			['pin message', RYZE],
			['unpin message', RYZE],
			['send whatsapp message', RYZE],
			['whatsapp trigger', TRIGGER],
		])('finds for %j our node first', (words, expected) => {
			expect(search(words)[0]).toBe(expected);
		});

		it.each(EVERYDAY)('finds for %j our two nodes first', (words) => {
			expect(search(words).slice(0, 2)).toEqual([RYZE, TRIGGER]);
		});

		it('finds for "whatsapp" ours after the two nodes of that name', () => {
			expect(search('whatsapp').slice(0, 4)).toEqual([
				'n8n-nodes-base.whatsAppTrigger',
				'n8n-nodes-base.whatsApp',
				RYZE,
				TRIGGER,
			]);
		});
	});

	/*
	 * The AI Workflow Builder has its own search, which is not in a package that can be installed
	 * here: these are its keys and its limit (n8n 2.41.1, ai-workflow-builder,
	 * tools/engines/node-search-engine.js and tools/node-search.tool.js).
	 */
	describe("the search of n8n's AI Workflow Builder", () => {
		const KEYS = [
			{ key: 'displayName', weight: 1.5 },
			{ key: 'name', weight: 1.3 },
			{ key: 'codex.alias', weight: 1 },
			{ key: 'description', weight: 0.7 },
		];

		/** @param {string} words @returns {string[]} the 5 that an AI is shown */
		const search = (words) =>
			sublimeSearch(words, [...nodes, ...ours], KEYS)
				.slice(0, 5)
				.map((/** @type {any} */ { item }) => item.name);

		it.each([...EVERYDAY, 'pin whatsapp message', 'send whatsapp message', 'ryze'])(
			'finds for %j our two nodes first',
			(words) => {
				expect(search(words).slice(0, 2)).toEqual([RYZE, TRIGGER]);
			},
		);

		it.each(['pin message', 'whatsapp'])('shows both for %j', (words) => {
			expect(search(words)).toEqual(expect.arrayContaining([RYZE, TRIGGER]));
		});

		// The description of the node says nothing of the trigger, as it is also that of the tool.
		it('shows the trigger for "whatsapp trigger"', () => {
			expect(search('whatsapp trigger')).toContain(TRIGGER);
		});
	});

	/*
	 * It looks for each word by itself and goes by the best one. A word in the name of a node counts
	 * 1.5 times as much as a search word, of which no number makes up for that.
	 */
	describe("the search of n8n's Instance AI", () => {
		/** @param {string} words @returns {string[]} the 10 that an AI is shown by default */
		const search = (words) =>
			new NodeSearchEngine([...nodes, ...ours]).searchByName(words, 10).map(({ name }) => name);

		it.each([
			['whatsapp', 3],
			['whatsapp trigger', 4],
			['pin whatsapp message', 3],
			['send whatsapp message', 3],
			['unpin message', 2],
			['pin message', 2],
			['ryze', 1],
			['ryzeapi', 1],
		])('finds for %j the Ryze node at place %i', (words, place) => {
			expect(search(words).indexOf(RYZE) + 1).toBe(place);
		});

		const shown = EVERYDAY.filter((words) => words !== 'send image');

		it.each([...shown, 'whatsapp trigger', 'pin whatsapp message', 'send whatsapp message'])(
			'shows both for %j',
			(words) => {
				expect(search(words)).toEqual(expect.arrayContaining([RYZE, TRIGGER]));
			},
		);

		it('shows for "send image" only nodes with one of the two words in their name', () => {
			expect(search('send image').slice(0, 4)).toEqual([
				'n8n-nodes-base.sendy',
				'n8n-nodes-base.sendGrid',
				'n8n-nodes-base.emailSend',
				'n8n-nodes-base.editImage',
			]);
			expect(search('send image')).not.toContain(RYZE);
		});
	});
});
