const fc = require('fast-check');
const { NodeOperationError } = require('n8n-workflow');
const { toTriggerError } = require('../../../../build/nodes/Ryze/trigger/registration/lifecycle');
const { RyzeError } = require('../../../../build/nodes/Ryze/errors/RyzeError');
const { node, stockSentences } = require('../../../support/stockSentences');

/** @typedef {import('../../../../build/nodes/Ryze/errors/RyzeError').Failure} Failure */

/** @type {Failure} */
const failure = {
	message: 'Invalid token',
	description: "Check 'Token'.",
	reason: 'unauthorized',
	httpCode: '401',
	uncertain: false,
};

/** @param {Partial<Failure>} changes */
const told = (changes) => toTriggerError(new RyzeError({ ...failure, ...changes }), node);

describe('an error of a trigger that is switched on or off', () => {
	it('says everything in its title, and has the reason', () => {
		const error = told({});
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe("Invalid token. Check 'Token'.");
		expect(error.context.reason).toBe('unauthorized');
		expect(error.node.name).toBe('Ryze');
	});

	it.each([
		['Invalid token.', "Invalid token. Check 'Token'."],
		['Really?', "Really? Check 'Token'."],
		['No!', "No! Check 'Token'."],
		['No (x)', "No (x). Check 'Token'."],
	])('has one full stop after %s', (message, text) => expect(told({ message }).message).toBe(text));

	it('says when Ryze may have done it all the same', () => {
		expect(told({ uncertain: true }).message).toBe(
			"Invalid token. It may or may not have taken effect. Trying again is safe. Check 'Token'.",
		);
	});

	it('has no space at the end when there is no description', () => {
		expect(told({ description: '' }).message).toBe('Invalid token.');
	});

	it('keeps any error message, even one that n8n would replace with its own', () => {
		const code = fc.constantFrom('ENOTFOUND', 'econnreset', 'ECONNREFUSED', 'eperm', 'getaddrinfo');
		const sentence = fc.tuple(fc.lorem(), code, fc.lorem()).map((parts) => parts.join(' '));
		fc.assert(
			fc.property(sentence, sentence, (message, description) => {
				const { message: title } = told({ message, description });
				expect(title.startsWith(message)).toBe(true);
				expect(title.endsWith(description)).toBe(true);
				expect(stockSentences).not.toContain(title);
			}),
		);
	});

	it.each([
		[new TypeError('x is not iterable'), 'x is not iterable.'],
		['boom', 'boom.'],
	])('has the message of an unexpected error: %p', (error, message) => {
		expect(toTriggerError(error, node)).toMatchObject({
			message,
			context: { reason: 'unexpected-response' },
		});
	});
});
