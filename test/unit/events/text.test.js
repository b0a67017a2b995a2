const { comparable, tapped } = require('../../../build/nodes/Ryze/events/text');

describe('A text that is compared', () => {
	it.each(['two \n lines', 'two\n lines', 'two \nlines', 'two\u00a0\t\nlines', 'TWO\nLINES'])(
		'is the same with other spaces around a line break: %j',
		(text) => {
			expect(comparable(text)).toBe('two\nlines');
		},
	);
});

describe('What was tapped', () => {
	it.each([
		[{ buttonReply: { selectedId: '', id: 'yes' } }, 'yes'],
		[{ buttonResponse: { selectedButtonId: null, buttonId: 'yes' } }, 'yes'],
		[{ buttonResponseMessage: { id: 'yes' } }, 'yes'],
		[{ responseTime: { id: 'yes' } }, undefined],
		[{ buttonResponseTime: { id: 'yes' } }, undefined],
	])('in %j is %s', (message, id) => {
		expect(tapped([message])).toBe(id);
	});
});
