const fc = require('fast-check');
const { shown } = require('../../build/nodes/Ryze/errors/text');
const { RyzeError } = require('../../build/nodes/Ryze/errors/RyzeError');
const { anyValue } = require('./anyValue');

/**
 * Checks that whatever is given is read as a valid value, or refused with the name of the field.
 *
 * @param {string} field
 * @param {(value: unknown) => unknown} read
 * @param {(result: unknown) => boolean} isValid
 * @param {fc.Arbitrary<unknown>} [given] what is tried beside any value
 */
function expectValidOrRefused(field, read, isValid, given = anyValue) {
	fc.assert(
		fc.property(fc.oneof(anyValue, given), (value) => {
			try {
				expect(isValid(read(value))).toBe(true);
			} catch (error) {
				if (!(error instanceof RyzeError)) throw error;
				const { message, description, reason, httpCode } = error.failure;
				expect([reason, httpCode]).toEqual(['invalid-parameter', null]);
				expect(message).toContain(`'${field}'`);
				expect(message).toContain(shown(value));
				expect(description).not.toBe('');
			}
		}),
		{ numRuns: 300 },
	);
}

module.exports = { expectValidOrRefused };
