const { readdirSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { loadOutputSchema } = require('../../sandbox/engine/core');
const { useHarness } = require('../support/engine');
const { entryOf, names } = require('../support/operations');
const { startWaitHarness } = require('../support/waitEngine');
const { hasPath, mistakesIn, pathsOf } = require('../support/schema');

/** @typedef {import('../support/operations').Name} Name */

const harness = useHarness({ limit: 1_000_000 });

const nodeFolder = dirname(require.resolve('../../build/nodes/Ryze/Ryze.node'));

/** @param {string} name @returns {any} as n8n finds it for a node */
function schemaOf(name) {
	const [resource, operation] = name.split('/');
	const schema = loadOutputSchema({ nodeDir: nodeFolder, version: 1, resource, operation });
	if (!schema) throw new Error(`There is no __schema__/v1.0.0/${name}.json`);
	return schema;
}

/** @param {Record<string, any>} parameters @returns {Promise<any[]>} what people can answer */
async function answersTo(parameters) {
	const waiting = await startWaitHarness();
	await waiting.listening();
	const outputs = [];
	for (const responseType of ['approval', 'freeText']) {
		const { reply, output } = await waiting.ask({ ...parameters, responseType, options: {} });
		await reply({ text: 'yes' });
		outputs.push(await output());
	}
	await waiting.stop();
	return outputs;
}

/** @param {Name} name @returns {Promise<any[]>} what the node gives for this operation */
async function outputsOf(name) {
	const { parameters, more = [], waits } = entryOf(name);
	if (waits) return await answersTo(parameters);
	const outputs = [];
	for (const run of [{ parameters: {} }, ...more]) {
		const { success, error } = await harness.run({
			...run,
			parameters: { ...parameters, ...run.parameters },
		});
		expect(error).toBeUndefined();
		outputs.push(...success.map(({ json }) => json));
	}
	return outputs;
}

/** What the sandbox answers and no document says: a schema must not promise it. */
const ASSUMED = ['data.content', 'data.mentionAll', 'data.source', 'data.timestamp'].map(
	(path) => `${path} is not in the schema`,
);

describe.each(names)('the output schema of %s', (name) => {
	it('describes what the node outputs', async () => {
		const outputs = await outputsOf(name);
		expect(outputs).not.toEqual([]);
		const mistakes = outputs.flatMap((output) => mistakesIn(output, schemaOf(name)));
		expect(mistakes.filter((mistake) => !ASSUMED.includes(mistake))).toEqual([]);
	});

	it('has no field that the node never outputs', async () => {
		const outputs = await outputsOf(name);
		const paths = pathsOf(schemaOf(name));
		expect(paths).not.toEqual([]);
		expect(paths.filter((path) => !outputs.some((output) => hasPath(output, path)))).toEqual([]);
	});

	it('has the form of those of n8n', () => {
		expect(schemaOf(name)).toMatchObject({ version: 1, type: 'object' });
	});
});

describe('the output schemas', () => {
	it('are there for each operation, and for nothing else', () => {
		const files = readdirSync(join(nodeFolder, '__schema__/v1.0.0'), { recursive: true });
		expect(files.filter((file) => String(file).endsWith('.json')).sort()).toEqual(
			names.map((name) => `${name}.json`).sort(),
		);
	});
});

describe('the check of an output', () => {
	const schema = {
		type: 'object',
		required: ['a'],
		properties: {
			a: { type: 'string' },
			b: { type: 'object', properties: { c: { type: 'number' } } },
		},
	};

	it.each([
		[{}, 'a is missing'],
		[{ a: 1 }, 'a is of type integer, not string'],
		[{ a: null }, 'a is of type null, not string'],
		[{ a: '', z: 1 }, 'z is not in the schema'],
		[{ a: '', b: [] }, 'b is of type array, not object'],
		[{ a: '', b: { c: '1' } }, 'b.c is of type string, not number'],
		[{ a: '', b: { d: 1 } }, 'b.d is not in the schema'],
	])('refuses %j', (output, mistake) => {
		expect(mistakesIn(output, schema)).toEqual([mistake]);
	});

	it('accepts whole numbers, and an output without its optional fields', () => {
		expect(mistakesIn({ a: '', b: { c: 1 } }, schema)).toEqual([]);
		expect(mistakesIn({ a: '' }, schema)).toEqual([]);
	});
});
