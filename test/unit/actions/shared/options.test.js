const {
	readOptions,
	readRequestsAtOnce,
} = require('../../../../build/nodes/Ryze/actions/shared/options');
const { refusal } = require('../../../support/refusal');

/** @param {unknown} options The collection as n8n gives it. */
const optionsRead = (options) => readOptions(() => options);

const usual = { requestsAtOnce: 1, timeout: 30_000, maxWait: 600_000 };

describe('the options', () => {
	it.each([{}, null, undefined, 'text', 5, []])(
		'have default values when they are %j',
		(options) => {
			expect(optionsRead(options)).toEqual(usual);
		},
	);

	it('have the default timeout of the operation, unless another one is set', () => {
		expect(readOptions(() => ({}), 120).timeout).toBe(120_000);
		expect(readOptions(() => ({ timeout: 5 }), 120).timeout).toBe(5000);
	});

	it('are read in the unit of their field: seconds', () => {
		const given = { requestsAtOnce: 20, timeout: 2.5, maxWait: 30 };
		expect(optionsRead(given)).toEqual({ requestsAtOnce: 20, timeout: 2500, maxWait: 30_000 });
	});

	it('may be given as text', () => {
		const given = { requestsAtOnce: '3', timeout: ' 5 ', maxWait: '0' };
		expect(optionsRead(given)).toEqual({ requestsAtOnce: 3, timeout: 5000, maxWait: 0 });
	});

	it('have default values when an expression returns null', () => {
		expect(optionsRead({ requestsAtOnce: null, timeout: undefined, maxWait: null })).toEqual(usual);
	});

	it('take the name of an instance, trimmed', () => {
		expect(optionsRead({ instance: ' shop ' }).instance).toBe('shop');
		expect(optionsRead({ instance: 42 }).instance).toBe('42');
		for (const wrong of ['', null, undefined, ' ', '.', '..', {}, [], true]) {
			const { message } = refusal(() => optionsRead({ instance: wrong }));
			expect(message).toContain("'Instance' must be the name of an instance");
		}
	});

	it('round the number of requests at once down', () => {
		expect(optionsRead({ requestsAtOnce: 2.9 }).requestsAtOnce).toBe(2);
	});

	it.each([
		["'Requests at Once' must be a number from 1 to 20", { requestsAtOnce: 0 }],
		["'Requests at Once' must be a number from 1 to 20", { requestsAtOnce: 21 }],
		["'Timeout (Seconds)' must be a number from 0.1 to 600", { timeout: 0 }],
		["'Timeout (Seconds)' must be a number from 0.1 to 600", { timeout: 601 }],
		["'Max Wait (Seconds)' must be a number from 0 to 86400", { maxWait: -1 }],
		["'Max Wait (Seconds)' must be a number from 0 to 86400", { maxWait: 86_401 }],
		["'Max Wait (Seconds)' must be a number from 0 to 86400", { maxWait: 'long' }],
	])('are refused when they are out of range: %s', (message, options) => {
		const failure = refusal(() => optionsRead(options));
		expect(failure.message).toContain(message);
		expect(failure.reason).toBe('invalid-parameter');
	});
});

describe('the number of requests at once', () => {
	it('is read at the first item', () => {
		expect(readRequestsAtOnce(() => ({ requestsAtOnce: 7 }))).toBe(7);
	});

	it('is 1 when the options cannot be read, which fails each item', () => {
		expect(readRequestsAtOnce(() => ({ requestsAtOnce: 99 }))).toBe(1);
		expect(readRequestsAtOnce(() => ({ requestsAtOnce: 5, timeout: 'x' }))).toBe(1);
		const broken = () => {
			throw new Error('no item');
		};
		expect(readRequestsAtOnce(broken)).toBe(1);
	});
});
