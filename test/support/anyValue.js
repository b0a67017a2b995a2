const fc = require('fast-check');

/** Whatever an expression may give, and a few things that it may not. */
const anyValue = fc.oneof(
	fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
	fc.string({ unit: 'binary' }),
	fc.constantFrom(Symbol('symbol'), () => 'function', Number.NaN, -0, Infinity),
);

module.exports = { anyValue };
