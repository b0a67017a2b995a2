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
		['the Ryze Trigger', TRIGGER],
	])('%s', (_name, type) => {
		const description = ours.find(({ name }) => name === type);
		expect(generateNodeTypeFile(description)).toMatchSnapshot();
	});
});

const { title, nodes } = readNodeList();

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
	 * It looks for each word by itself and goes by the best one. A word in the name of a node counts
	 * 1.5 times as much as a search word, of which no number makes up for that; the names stay.
	 */
	describe("the search of n8n's AI", () => {
		/** @param {string} words @returns {string[]} the 5 that an AI is shown */
		const search = (words) =>
			new NodeSearchEngine([...nodes, ...ours]).searchByName(words, 5).map(({ name }) => name);

		it.each([
			['whatsapp', 3],
			['unpin message', 2],
			['pin message', 2],
			['ryze', 1],
			['ryzeapi', 1],
		])('finds for %j the Ryze node at place %i', (words, place) => {
			expect(search(words).indexOf(RYZE) + 1).toBe(place);
		});

		it.each(['pin whatsapp message', 'send whatsapp message'])(
			'finds for %j our two nodes after those with a word of it in their name',
			(words) => {
				expect(search(words)).toEqual([
					'n8n-nodes-base.whatsApp',
					'n8n-nodes-base.whatsAppTrigger',
					'n8n-nodes-base.messageBird',
					RYZE,
					TRIGGER,
				]);
			},
		);

		it('finds for "whatsapp trigger" only those with a word of it in their name', () => {
			for (const found of search('whatsapp trigger')) expect(found).toMatch(/whatsApp|Trigger$/);
			expect(search('whatsapp trigger')).not.toContain(TRIGGER);
		});
	});
});
