const { startHarness } = require('../support/engine');
const { allPinned, endsOf, idsOf, pinEach } = require('../support/pins');

// In its own file: it takes long enough to be run beside all the others.
it('2,500 items end, each of them once', async () => {
	const harness = await startHarness();
	harness.ryze.configure({ limit: 1_000_000 });
	const ids = idsOf(2_500);
	const result = await harness.run(pinEach(harness, ids, { requestsAtOnce: 20 }));
	expect(endsOf(ids, result)).toEqual(allPinned(ids));
	expect(harness.ryze.requests).toHaveLength(2_500);
	await harness.ryze.stop();
});
