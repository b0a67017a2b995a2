const fc = require('fast-check');
const { isSecret, newSecret } = require('../../../build/nodes/Ryze/events/secret');

describe('a new secret', () => {
	it('fits into a header, and is different each time', () => {
		const secrets = Array.from({ length: 100 }, newSecret);
		for (const secret of secrets) expect(secret).toMatch(/^Bearer [0-9a-f]{64}$/);
		expect(new Set(secrets).size).toBe(100);
	});
});

describe('a secret', () => {
	it('is accepted when it is the stored one', () => {
		const secret = newSecret();
		expect(isSecret(secret, secret)).toBe(true);
	});

	it.each([
		['Bearer a', 'Bearer b'],
		['Bearer a', 'Bearer a '],
		['bearer a', 'Bearer a'],
		['a', 'Bearer a'],
		['Bearer a', 'Bearer a, Bearer a'],
	])('is not accepted when %j is given and %j is stored', (given, secret) =>
		expect(isSecret(given, secret)).toBe(false),
	);

	it.each([
		['', ''],
		[undefined, undefined],
		[null, null],
		['undefined', undefined],
		[undefined, 'Bearer a'],
		['', 'Bearer a'],
		['Bearer a', ''],
		['Bearer a', undefined],
		[['Bearer a'], 'Bearer a'],
		[['Bearer a'], ['Bearer a']],
		[5, 5],
	])('is not accepted when %j is given while %j is stored', (given, secret) => {
		expect(isSecret(given, secret)).toBe(false);
	});

	it('is accepted only if it is exactly the same text', () => {
		const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('a', 'b'));
		fc.assert(
			fc.property(text, text, (given, secret) => {
				expect(isSecret(given, secret)).toBe(given === secret && secret !== '');
				expect(isSecret(secret, secret)).toBe(secret !== '');
			}),
		);
	});
});
