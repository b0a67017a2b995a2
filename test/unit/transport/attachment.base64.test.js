const fc = require('fast-check');
const { plainBase64, writeBase64 } = require('../../../build/nodes/Ryze/transport/attachment');

const someBytes = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 10 });

/** @param {Uint8Array[]} pieces */
async function* oneByOne(pieces) {
	yield* pieces;
}

describe('A file written as base64', () => {
	it('is the same as Node.js makes of it, in whatever pieces it comes', async () => {
		await fc.assert(
			fc.asyncProperty(someBytes, fc.nat(5), async (pieces, begin) => {
				const expected = Buffer.concat(pieces).toString('base64');
				const target = Buffer.alloc(begin + expected.length, '#');
				expect(await writeBase64(oneByOne(pieces), target, begin)).toBe(target.length);
				expect(target.toString('latin1')).toBe('#'.repeat(begin) + expected);
			}),
		);
	});

	it('ends beyond a buffer that is too small, and is then not read to its end', async () => {
		let read = 0;
		async function* endless() {
			for (;;) {
				read++;
				yield new Uint8Array(30);
			}
		}
		expect(await writeBase64(endless(), Buffer.alloc(100), 0)).toBeGreaterThan(100);
		expect(read).toBe(3);
	});
});

describe('A text in place of base64', () => {
	it('is left as it is when it is base64', () => {
		fc.assert(
			fc.property(fc.base64String(), (text) => {
				expect(plainBase64(text)).toBe(text);
			}),
		);
	});

	it('is read as n8n reads it, and never has a character that ends a text in JSON', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const plain = plainBase64(text);
				expect(plain).toMatch(/^[A-Za-z0-9+/=]*$/);
				expect(Buffer.from(plain, 'base64')).toEqual(Buffer.from(text, 'base64'));
			}),
		);
	});
});
