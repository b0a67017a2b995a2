const { Recent } = require('../../../build/nodes/Ryze/events/recent');

it('keeps the newest entries', () => {
	const recent = new Recent(2);
	for (const key of ['a', 'b', 'a', 'c']) recent.set(key, `${key}!`);
	expect([...recent]).toEqual([
		['b', 'b!'],
		['c', 'c!'],
	]);
});
