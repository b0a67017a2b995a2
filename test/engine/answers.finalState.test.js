const { useHarness } = require('../support/engine');
const { entryOf, offered } = require('../support/operations');
const { requestOf } = require('../support/requestOf');

const harness = useHarness();

/** @param {object} fields */
const answering = (fields) =>
	harness.ryze.setFault(() => ({ status: 200, body: { success: true, ...fields } }));

/** The operations whose answer tells the final state, with the switch that asks for it. */
const rows = offered.flatMap(({ name, operation }) => {
	// What waits gives no state.
	if (entryOf(name).waits) return [];
	const { parameters } = entryOf(name);
	const stateFor = (/** @type {Record<string, unknown>} */ changes) =>
		requestOf(operation, { ...parameters, ...changes }).finalState ?? {};
	return Object.keys(stateFor({})).flatMap((field) =>
		Object.keys(parameters)
			.filter((each) => typeof parameters[each] === 'boolean')
			.filter((each) => stateFor({ [each]: !parameters[each] })[field] === !stateFor({})[field])
			.map((parameter) => ({ name, parameters, parameter, field })),
	);
});

it('is checked for each operation that switches something on or off', () => {
	expect(rows.map(({ name }) => name)).toEqual(
		offered
			.filter(({ name }) => Object.values(entryOf(name).parameters).includes(true))
			.map(({ name }) => name),
	);
});

describe.each(rows)('$name', ({ parameters, parameter, field }) => {
	it.each([true, false])('fails when Ryze responds with the opposite of %s', async (asked) => {
		answering({ [field]: !asked });
		const failure = await harness.failure({ parameters: { ...parameters, [parameter]: asked } });
		expect(failure).toEqual({
			message: `Ryze accepted the request, but responded with '${field}: ${!asked}'`,
			description: expect.stringMatching(/^(The \w+|It) may .+ safe.*\. Look at the chat /),
			reason: 'unexpected-response',
			httpCode: '200',
		});
		expect(harness.ryze.requests).toHaveLength(1);
	});

	it.each([{}, { [field]: null }, { [field]: true }])(
		'gives an answer that does not, unchanged: %j',
		async (fields) => {
			answering(fields);
			const { success } = await harness.run({ parameters });
			expect(success.map(({ json }) => json)).toEqual([{ success: true, ...fields }]);
		},
	);
});
