const { mayBeSign } = require('../../../build/nodes/Ryze/events/signs');

it.each(['👍', '👍🏽', '✔️', '👌🏿', '🆗', '👎', '🙅🏾‍♂️', '🙅‍♀️', '⛔'])(
	'%s may mean yes or no',
	(emoji) => {
		expect(mayBeSign(emoji)).toBe(true);
	},
);

it.each(['❤️', '😂', '', '🏽', 'ok'])('%s means neither yes nor no', (emoji) => {
	expect(mayBeSign(emoji)).toBe(false);
});
