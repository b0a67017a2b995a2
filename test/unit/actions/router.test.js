const { toErrorItem } = require('../../../build/nodes/Ryze/actions/router');
const { RyzeError } = require('../../../build/nodes/Ryze/errors/RyzeError');

/** @type {import('../../../build/nodes/Ryze/errors/RyzeError').Failure} */
const notFound = {
	message: 'message with ID 3EB0 not found',
	description: 'Check the ID.',
	reason: 'message-not-found',
	httpCode: '500',
	uncertain: true,
};

describe('The output item of a failure', () => {
	it('has only the key error, with message, description, reason and httpCode', () => {
		const { message, description, reason, httpCode } = notFound;
		expect(toErrorItem(new RyzeError(notFound), 7)).toStrictEqual({
			json: { error: { message, description, reason, httpCode } },
			pairedItem: { item: 7 },
		});
	});

	it('is a copy, which later nodes may change', () => {
		const error = new RyzeError(notFound);
		const { json } = toErrorItem(error, 0);
		expect(json.error).not.toBe(error.failure);
	});
});
