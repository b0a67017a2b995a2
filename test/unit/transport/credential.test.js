const fc = require('fast-check');
const { RyzeApi } = require('../../../build/credentials/RyzeApi.credentials');
const { readCredential } = require('../../../build/nodes/Ryze/transport/credential');
const { RyzeError } = require('../../../build/nodes/Ryze/errors/RyzeError');
const { anyValue } = require('../../support/anyValue');
const { refusal } = require('../../support/refusal');

const tidy = { token: 'a1b2c3d4-e5f6', instance: 'shop', baseUrl: 'https://ryzeapi.cloud' };

/** @param {Record<string, unknown>} fields */
const read = (fields) => readCredential({ ...tidy, ...fields });

/** @param {Record<string, unknown>} fields */
const refused = (fields) => refusal(() => read(fields));

/** @param {unknown} value */
const json = (value) => JSON.stringify(value);

describe('a credential', () => {
	it('is read without the spaces and slashes around its fields', () => {
		const credential = read({
			token: ' \ta1b2c3d4-e5f6\r\n',
			instance: '\n shop ',
			baseUrl: ' https://ryzeapi.cloud///\n',
		});
		expect(credential).toEqual(tidy);
	});

	it('keeps case and inner spaces of the instance', () => {
		expect(read({ instance: 'My Shop/ä' }).instance).toBe('My Shop/ä');
	});

	it('holds nothing but the three fields', () => {
		expect(read({ other: 'x' })).toEqual(tidy);
	});

	it.each([
		['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
		['HTTPS://RyzeAPI.cloud:443/', 'https://ryzeapi.cloud'],
		['https://proxy.example/ryze/', 'https://proxy.example/ryze'],
		['http://[::1]:3000', 'http://[::1]:3000'],
	])('takes the base URL %s', (given, baseUrl) => {
		expect(read({ baseUrl: given }).baseUrl).toBe(baseUrl);
	});
});

describe("'Token'", () => {
	it.each(['', ' \n', null, undefined])('is refused when it is %j', (token) => {
		expect(refused({ token })).toEqual({
			message: "'Token' in the Ryze WhatsApp API credential is empty",
			description: expect.stringContaining("'Token'"),
			reason: 'invalid-credential',
			httpCode: null,
		});
	});

	it.each([
		'a1b2c3d4\ne5f6',
		'a1b2c3d4\r\nX-Evil: 1',
		'a1b2c3d4\0',
		'a1b2c3d4\te5f6',
		'a1b2c3d4…',
		'a1b2c3d4\u200b',
		'a1b2c3d4\x7f',
		'tokené1234',
	])('is refused without being shown when it is %j, which no header can carry', (token) => {
		const failure = refused({ token });
		expect(failure).toEqual({
			message: expect.stringMatching(
				/^'Token' in the Ryze WhatsApp API credential contains a line break/,
			),
			description: expect.stringContaining("'Token'"),
			reason: 'invalid-credential',
			httpCode: null,
		});
		expect(json(failure)).not.toMatch(/a1b2c3d4|tokené|Evil/);
	});
});

describe("'Instance'", () => {
	it.each([
		['', 'empty'],
		[' ', 'empty'],
		[null, 'empty'],
		[undefined, 'empty'],
		['.', '"."'],
		['..', '".."'],
		[' .. ', '".."'],
	])('is refused when it is %j', (instance, name) => {
		expect(refused({ instance })).toEqual({
			message: `'Instance' in the Ryze WhatsApp API credential must be the name of an instance, but is ${name}`,
			description: expect.stringContaining("'Instance'"),
			reason: 'invalid-credential',
			httpCode: null,
		});
	});

	it.each(['...', '.shop', '%2e%2e', '../shop'])('may be %j', (instance) => {
		expect(read({ instance }).instance).toBe(instance);
	});
});

describe("'Base URL'", () => {
	it.each([
		['ryzeapi.cloud', 'https://ryzeapi.cloud'],
		[' api.ryze.example/v2/ ', 'https://api.ryze.example/v2'],
		['127.0.0.1:8080', 'https://127.0.0.1:8080'],
		['http://ryzeapi.cloud', 'http://ryzeapi.cloud'],
	])('gets https:// where it is missing: %j', (baseUrl, address) => {
		expect(read({ baseUrl }).baseUrl).toBe(address);
		// The test of the credential asks the same address.
		const { baseURL = '' } = new RyzeApi().test.request;
		const expression = /^=\{\{ (.*) \}\}$/s.exec(baseURL)?.[1] ?? '';
		const evaluate = new Function('$credentials', `return ${expression}`);
		expect(evaluate({ baseUrl })).toBe(address);
	});

	it.each([
		['', 'empty'],
		[undefined, 'empty'],
		['ryzeapi', '"ryzeapi"'],
		['https://', '"https:"'],
		['/api', '"/api"'],
		['ftp://ryzeapi.cloud', '"ftp://ryzeapi.cloud"'],
		['xhttps://ryzeapi.cloud', '"xhttps://ryzeapi.cloud"'],
		['file:///etc/passwd', '"file:///etc/passwd"'],
		['javascript:alert(1)', '"javascript:alert(1)"'],
		['localhost:3000', '"localhost:3000"'],
	])('is refused when it is %j', (baseUrl, name) => {
		expect(refused({ baseUrl })).toEqual({
			message: `'Base URL' in the Ryze WhatsApp API credential must be an address that starts with https://, but is ${name}`,
			description: expect.stringContaining("'Base URL'"),
			reason: 'invalid-credential',
			httpCode: null,
		});
	});

	it.each(['https://user:hunter2@ryzeapi.cloud', 'https://:hunter2@x.y', 'ftp://hunter2@x.y'])(
		'is refused without being shown when it has a user or password, as in %s',
		(baseUrl) => {
			const failure = refused({ baseUrl });
			expect(failure.reason).toBe('invalid-credential');
			expect(failure.message).toMatch(/^'Base URL' .* must not contain a user name or password$/);
			expect(json(failure)).not.toContain('hunter2');
		},
	);

	it.each(['https://ryzeapi.cloud?a=1', 'https://ryzeapi.cloud/#/login'])(
		"is refused with '?' or '#', as in %s",
		(baseUrl) => {
			const failure = refused({ baseUrl });
			expect(failure.reason).toBe('invalid-credential');
			expect(failure.message).toMatch(/^'Base URL' .* must not contain '\?', '#' or a space$/);
		},
	);
});

describe('whatever is filled in for a credential', () => {
	const anyUrl = fc.webUrl({ withQueryParameters: true, withFragments: true });
	const anyAddress = fc.oneof(
		anyUrl,
		fc.tuple(anyUrl, fc.constantFrom('/', '//', ' ', '\n')).map((parts) => parts.join('')),
		fc.string().map((text) => `https://${text}`),
		anyValue,
	);

	/** @param {{ token: string, instance: string, baseUrl: string }} credential */
	function expectClean({ token, instance, baseUrl }) {
		expect(token).toMatch(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/);
		expect(instance).toBe(instance.trim());
		expect(['', '.', '..']).not.toContain(instance);
		const url = new URL(`${baseUrl}/api/x`);
		expect(url.protocol).toMatch(/^https?:$/);
		expect(url.pathname).toMatch(/\/api\/x$/);
		expect(baseUrl).not.toMatch(/\/$/);
		expect(url.username + url.password + url.search + url.hash).toBe('');
	}

	it('is read as a valid credential, or refused with the name of the field', () => {
		const anyText = fc.oneof(fc.string(), anyValue);
		const fields = { token: anyText, instance: anyText, baseUrl: anyAddress };
		const part = { requiredKeys: [], noNullPrototype: true };
		fc.assert(
			fc.property(fc.oneof(fc.record(fields), fc.record(fields, part)), (given) => {
				try {
					expectClean(readCredential(given));
				} catch (error) {
					if (!(error instanceof RyzeError)) throw error;
					expect(error.failure).toEqual({
						message: expect.stringMatching(
							/^'(Token|Instance|Base URL)' in the Ryze WhatsApp API credential/,
						),
						description: expect.stringMatching(/'(Token|Instance|Base URL)'/),
						reason: 'invalid-credential',
						httpCode: null,
						uncertain: false,
					});
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('never shows the token', () => {
		const anyToken = fc.oneof(
			fc.string({ minLength: 12 }),
			fc.string({ minLength: 12, unit: 'binary' }),
		);
		fc.assert(
			fc.property(anyToken, anyValue, anyAddress, (token, instance, baseUrl) => {
				fc.pre(token.trim().length > 8);
				try {
					expect(readCredential({ token, instance, baseUrl }).token).toBe(token.trim());
				} catch (error) {
					if (!(error instanceof RyzeError)) throw error;
					expect(error.message + json(error.failure) + error.stack).not.toContain(token.trim());
				}
			}),
		);
	});
});
