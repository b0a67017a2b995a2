const { HEADERS, notePage, questionPage } = require('../../../build/nodes/Ryze/wait/page');

/** @param {object} [changes] @returns {any} */
const question = (changes) => ({
	text: '<script>alert(1)</script>\n"Pin" & \'it\'?',
	approval: { approve: '<b>Go</b>', decline: '"No"' },
	inChat: true,
	byLink: true,
	until: 0,
	...changes,
});

describe('the page of a question', () => {
	it('escapes everything that someone has written', () => {
		const page = questionPage(question());
		expect(page).toContain(
			'&lt;script&gt;alert(1)&lt;/script&gt;\n&quot;Pin&quot; &amp; &#39;it&#39;?',
		);
		expect(page).toContain('&lt;b&gt;Go&lt;/b&gt;');
		expect(page).toContain('&quot;No&quot;');
		expect(page).not.toMatch(/<script|<b>|javascript:|\bon\w+=|https?:/i);
		expect(notePage('<i>', '<u>')).not.toMatch(/<i>|<u>/);
	});

	it('has one button when the question can only be approved', () => {
		const page = questionPage(question({ approval: { approve: 'Go' } }));
		expect(page.match(/<button/g)).toHaveLength(1);
		expect(page).toContain('value="approve"');
	});

	it('has a field for any text', () => {
		expect(questionPage(question({ approval: undefined }))).toContain(
			'<textarea name="text" required',
		);
	});

	it('has no form where the link is no answer, and says how to answer', () => {
		const page = questionPage(question({ byLink: false }));
		expect(page).not.toMatch(/<form|<button|<textarea/);
		expect(page).toContain('Answer in WhatsApp');
		expect(page).toContain('react with 👍');
	});

	it('is for phones, in light and dark', () => {
		const page = questionPage(question());
		expect(page).toContain('width=device-width');
		expect(page).toContain('prefers-color-scheme:dark');
	});

	it('is neither stored, nor found, nor framed, and loads nothing', () => {
		expect(HEADERS).toMatchObject({
			'Cache-Control': 'no-store',
			'Referrer-Policy': 'no-referrer',
			'X-Robots-Tag': expect.stringContaining('noindex'),
			'Content-Security-Policy': expect.stringMatching(
				/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
			),
		});
	});
});
