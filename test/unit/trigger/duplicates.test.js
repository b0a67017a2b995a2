const fc = require('fast-check');
const { readDelivery } = require('../../../dist/nodes/Ryze/trigger/delivery');
const { keyOf, Duplicates } = require('../../../dist/nodes/Ryze/trigger/duplicates');
const { catalog, live, liveWith, others } = require('../../support/deliveries');

describe('the memory of events', () => {
	it('tells a new event from one that it has seen', () => {
		const repeats = new Duplicates(2);
		expect(['a', 'a', 'b', 'a', 'b'].map((key) => repeats.remember(key))).toEqual([
			true,
			false,
			true,
			false,
			false,
		]);
	});

	it('forgets the oldest first', () => {
		const repeats = new Duplicates(2);
		for (const key of ['a', 'b', 'c']) repeats.remember(key);
		expect(repeats.remember('c')).toBe(false);
		expect(repeats.remember('b')).toBe(false);
		expect(repeats.remember('a')).toBe(true);
		expect(repeats.remember('b')).toBe(true);
	});

	it('forgets an event when it is told to, and no other', () => {
		const repeats = new Duplicates(5);
		for (const key of ['a', 'b']) repeats.remember(key);
		repeats.forget('a');
		repeats.forget('never seen');
		expect(repeats.remember('b')).toBe(false);
		expect(repeats.remember('a')).toBe(true);
		expect(repeats.remember('a')).toBe(false);
	});

	it('is bounded, and recognizes every one of the newest events', () => {
		const step = fc.record({
			key: fc.integer({ min: 0, max: 12 }).map(String),
			forget: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step), (capacity, steps) => {
				const repeats = new Duplicates(capacity);
				/** @type {string[]} */
				let model = [];
				for (const { key, forget } of steps) {
					if (forget) {
						repeats.forget(key);
						model = model.filter((each) => each !== key);
						continue;
					}
					expect(repeats.remember(key)).toBe(!model.includes(key));
					if (!model.includes(key)) model = [...model, key].slice(-capacity);
				}
			}),
		);
	});
});

describe('the key of an event', () => {
	/** @param {unknown} body */
	const delivery = (body) =>
		/** @type {NonNullable<ReturnType<typeof readDelivery>>} */ (readDelivery(body));

	/** @param {unknown} body */
	const key = (body, label = 'n8n-1') => keyOf(label, delivery(body));

	it('is the same each time the event arrives', () => {
		const before = [live, catalog, ...others].map((body) => key(body));
		const after = [live, catalog, ...others].reverse().map((body) => key(structuredClone(body)));
		expect(after.reverse()).toEqual(before);
		const known = before.filter((each) => each !== undefined);
		expect(new Set(known).size).toBe(known.length);
		expect(known.length).toBeGreaterThan(3);
	});

	it('is undefined for an event that may happen twice', () => {
		const data = { type: 'chat', labelId: '1', chatJid: '5511999999999@s.whatsapp.net' };
		expect(key({ event: 'label.update', data })).toBeUndefined();
		expect(key({ event: 'label.update', data: { ...data, timestamp: 1 } })).toBeDefined();
	});

	it('differs between labels, events and data', () => {
		const keys = [
			key(live),
			key(live, 'n8n-2'),
			key({ ...live, event: 'message.status' }),
			key(liveWith({ id: '3EB0OTHER' })),
			key(liveWith({}, { type: 'message_revoke' })),
			key(liveWith({}, { content: 'Hello!' })),
			key(liveWith({ timestamp: '2026-07-31T12:00:01Z' })),
		];
		expect(new Set(keys).size).toBe(keys.length);
	});

	it('does not depend on the instance, as a label belongs to one', () => {
		expect(key({ ...live, instanceData: undefined })).toBe(key(live));
	});

	it('is short however long the event is', () => {
		expect(key(liveWith({}, { content: 'x'.repeat(100_000) }))).toHaveLength(44);
	});
});
