const { oneLine, withoutUserInfo } = require('../../../build/nodes/Ryze/errors/text');

describe('the user name and password of a web address', () => {
	it.each([
		['https://bob:pw@a.example/x', 'https://a.example/x'],
		['https://bob@a.example', 'https://a.example'],
		['"http://b:p@w@a.example", https://c:d@e.example.', '"http://a.example", https://e.example.'],
		['wss://b:p/w@a.example', 'wss://a.example'],
	])('are removed from %s', (text, shown) => expect(withoutUserInfo(text)).toBe(shown));

	it.each([
		'https://a.example/x?y=1#z',
		'Write to joe@a.example: it is free',
		'https://a.example "@all"',
		'5511999999999:12@s.whatsapp.net',
	])('are not seen in %s', (text) => expect(withoutUserInfo(text)).toBe(text));

	it('are removed before a text is cut to its length', () => {
		const password = 'p'.repeat(100);
		expect(oneLine(`See https://bob:${password}@a.example`, '', 20)).toBe('See https://a.exampl…');
	});

	it('are looked for in no time, however a text is made', () => {
		const begin = process.cpuUsage();
		for (const part of ['://', ':/', ':', '/']) withoutUserInfo(part.repeat(100_000));
		expect(process.cpuUsage(begin).user / 1000).toBeLessThan(5000);
	});
});
