const { useHarness } = require('../support/engine');
const { operations } = require('../support/operations');

const harness = useHarness();

/** @param {object} fields */
const answering = (fields) =>
	harness.ryze.setFault(() => ({ status: 200, body: { success: true, ...fields } }));

/** @type {Array<[string, Record<string, unknown>, string, string]>} */
const rows = [
	// The message is that of the harness.
	['Pin Message', {}, 'pin', 'pinned'],
	['Pin Chat', operations['Pin Chat'].parameters, 'pin', 'pinned'],
	['Favorite Message', operations['Favorite Message'].parameters, 'favorite', 'favorite'],
	['Favorite Chat', operations['Favorite Chat'].parameters, 'favorite', 'favorite'],
];

describe.each(rows)('%s', (_name, parameters, parameter, field) => {
	it.each([true, false])('fails when Ryze answers with the opposite of %s', async (asked) => {
		answering({ [field]: !asked });
		const failure = await harness.failure({ parameters: { ...parameters, [parameter]: asked } });
		expect(failure).toEqual({
			message: `Ryze accepted the request, but answered '${field}: ${!asked}'`,
			description: expect.stringMatching(/^Whether .* is unknown; .* Look at the chat /),
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
