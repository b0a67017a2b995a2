const fc = require('fast-check');
const { ExpressionError, NodeApiError, NodeOperationError } = require('n8n-workflow');
const nodeErrors = require('../../../build/nodes/Ryze/errors/nodeErrors');
const { RyzeError, Stopped } = require('../../../build/nodes/Ryze/errors/RyzeError');
const { node, stockSentences } = require('../../support/stockSentences');

/** @typedef {import('../../../build/nodes/Ryze/errors/RyzeError').Failure} Failure */

const { toNodeError, toRyzeError } = nodeErrors;

/** @type {Failure} */
const notFound = {
	message: 'message with ID 3EB0 not found',
	description: 'Take another one.',
	reason: 'message-not-found',
	httpCode: '500',
	uncertain: false,
};

/** @type {Failure} */
const badPin = {
	message: "'Pin' must be true or false, but is empty",
	description: "Turn 'Pin' on or off.",
	reason: 'invalid-parameter',
	httpCode: null,
	uncertain: false,
};

/** @param {Partial<Failure>} [changes] */
const raised = (changes) => new RyzeError({ ...notFound, ...changes });

describe('an error that stops the node', () => {
	it('shows title, description, status, item and reason of a response', () => {
		const error = toNodeError(raised(), node, 7);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: notFound.message,
			description: notFound.description,
			httpCode: '500',
			context: {
				itemIndex: 7,
				reason: 'message-not-found',
				data: { reason: 'message-not-found' },
			},
			node: { name: 'Ryze' },
		});
	});

	it('shows a bad field as an error of the node, not of the service', () => {
		const error = toNodeError(new RyzeError(badPin), node, 0);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: badPin.message,
			description: badPin.description,
			context: {
				itemIndex: 0,
				reason: 'invalid-parameter',
				data: { reason: 'invalid-parameter' },
			},
		});
	});

	it('shows a field that Ryze refused as an error of the service', () => {
		const error = toNodeError(raised({ reason: 'invalid-parameter' }), node, 0);
		expect(error).toBeInstanceOf(NodeApiError);
	});

	it.each(/** @type {const} */ (['timeout', 'unreachable', 'rate-limited']))(
		'has no status when no answer came: %s',
		(reason) => {
			const error = toNodeError(raised({ reason, httpCode: null }), node, 2);
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error).toMatchObject({
				message: notFound.message,
				httpCode: null,
				context: { itemIndex: 2, reason },
			});
		},
	);

	it('keeps any error message, even one that n8n would replace with its own', () => {
		const code = fc.constantFrom('ENOTFOUND', 'econnreset', 'ECONNREFUSED', 'eperm', 'getaddrinfo');
		const httpCode = fc.option(fc.integer({ min: 100, max: 599 }).map(String));
		const reason = fc.constantFrom(
			.../** @type {const} */ (['unreachable', 'invalid-parameter', 'server-error']),
		);
		const failures = fc.record({
			message: fc.tuple(fc.lorem(), code, fc.string()).map((parts) => parts.join(' ')),
			description: fc.tuple(fc.lorem(), code).map((parts) => parts.join(' ')),
			reason,
			httpCode,
			uncertain: fc.boolean(),
		});
		fc.assert(
			fc.property(failures, fc.nat(), (failure, item) => {
				const error = toNodeError(new RyzeError(failure), node, item);
				const { message, description, context } = error;
				expect({ message, description }).toEqual({
					message: failure.message.replace(/\s+/g, ' ').trim(),
					description: failure.description,
				});
				expect(context).toMatchObject({ itemIndex: item, reason: failure.reason });
				expect(stockSentences).not.toContain(message);
			}),
		);
	});

	it('says that the execution was stopped', () => {
		const error = toNodeError(new Stopped(), node, 4);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('The execution was stopped');
		expect(error.context.itemIndex).toBe(4);
	});

	it('keeps the message of an unexpected error', () => {
		const error = toNodeError(new TypeError('x is not a function'), node, 4);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('x is not a function');
		expect(error.context.itemIndex).toBe(4);
	});
});

describe("an error of n8n's own", () => {
	it('becomes a failure with its words, and keeps what the editor needs', () => {
		const broken = new ExpressionError('ENOTFOUND is not defined', { description: 'Look at it' });
		const error = toRyzeError(broken, 'invalid-parameter');
		expect(error).toBeInstanceOf(RyzeError);
		expect(error.failure).toEqual({
			message: 'ENOTFOUND is not defined',
			description: 'Look at it',
			reason: 'invalid-parameter',
			httpCode: null,
			uncertain: false,
		});
		const shown = toNodeError(error, node, 1);
		expect(shown).toBeInstanceOf(NodeOperationError);
		expect(shown).toMatchObject({
			message: 'ENOTFOUND is not defined',
			description: 'Look at it',
			cause: broken,
			context: { itemIndex: 1, reason: 'invalid-parameter' },
		});
	});

	const long = "'x\n'".repeat(100_000);

	it.each([
		['thrown on purpose', new RyzeError({ ...badPin, message: long, description: long })],
		['of an answer', raised({ message: long, description: long })],
		['of n8n', toRyzeError(new NodeOperationError(node, long, { description: long }), 'forbidden')],
		[
			'of n8n, about a parameter',
			toRyzeError(new NodeOperationError(node, long, { description: long }), 'invalid-parameter'),
		],
		['that nobody expected', new TypeError(long)],
		['that is a text', long],
	])('is short and on one line, whatever it repeats: %s', (_, error) => {
		const shown = toNodeError(error, node, 1);
		expect(shown.message.length).toBeLessThanOrEqual(501);
		expect(shown.message).not.toContain('\n');
		expect(JSON.stringify(shown).length + (shown.stack ?? '').length).toBeLessThan(10_000);
	});

	it.each([
		[new Error('plain'), 'plain'],
		['text', 'text'],
		[{ message: 'odd', description: 5 }, 'odd'],
		[Object.assign(new Error(''), { name: 'Odd' }), 'Odd'],
	])('may be anything: %p', (error, message) => {
		expect(toRyzeError(error, 'invalid-credential').failure).toEqual({
			message,
			description: '',
			reason: 'invalid-credential',
			httpCode: null,
			uncertain: false,
		});
	});

	it('stays as it is when it is no such error', () => {
		const error = raised();
		expect(toRyzeError(error, 'invalid-parameter')).toBe(error);
	});
});
