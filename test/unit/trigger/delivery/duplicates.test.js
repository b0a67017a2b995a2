const { EventEmitter } = require('node:events');
const fc = require('fast-check');
const { readDelivery } = require('../../../../build/nodes/Ryze/trigger/delivery/delivery');
const { eventId, Duplicates } = require('../../../../build/nodes/Ryze/trigger/delivery/duplicates');
const { catalog, live, liveWith, others } = require('../../../support/deliveries');

/** The answer of n8n to one delivery. */
class Answer extends EventEmitter {
	statusCode = 200;

	writableEnded = false;

	end(/** @type {number} */ statusCode) {
		Object.assign(this, { statusCode, writableEnded: true });
		return this;
	}
}

const answered = (statusCode = 200) => new Answer().end(statusCode);

describe('the memory of events', () => {
	it('tells a new event from one that was taken', () => {
		const duplicates = new Duplicates(2);
		const met = ['a', 'a', 'b', 'a', 'b'].map((key) => duplicates.seen(key, answered()));
		expect(met).toEqual(['new', 'handled', 'new', 'handled', 'handled']);
	});

	it('forgets the oldest first', () => {
		const duplicates = new Duplicates(2);
		for (const key of ['a', 'b', 'c']) duplicates.seen(key, answered());
		const met = ['c', 'b', 'a', 'b'].map((key) => duplicates.seen(key, answered()));
		expect(met).toEqual(['handled', 'handled', 'new', 'new']);
	});

	it.each([
		[199, 'new'],
		[200, 'handled'],
		[299, 'handled'],
		[300, 'new'],
		[503, 'new'],
	])('takes an event that n8n answered with %i for %s, however that came about', (code, met) => {
		/** @type {Array<(answer: Answer) => void>} */
		const ways = [
			(answer) => answer.end(code),
			(answer) => answer.end(code).emit('close'),
			(answer) => {
				answer.emit('close');
				answer.end(code);
			},
		];
		for (const way of ways) {
			const duplicates = new Duplicates(5);
			const answer = new Answer();
			duplicates.seen('a', answer);
			expect(duplicates.seen('a', new Answer())).toBe('pending');
			way(answer);
			expect(duplicates.seen('a', new Answer())).toBe(met);
		}
	});

	it('is not misled by the late end of a response that was replaced', () => {
		const duplicates = new Duplicates(5);
		const failed = answered(500);
		duplicates.seen('a', failed);
		duplicates.seen('a', answered(200));
		failed.emit('close');
		expect(duplicates.seen('a', new Answer())).toBe('handled');
	});

	it('is bounded, and recognizes every one of the newest events', () => {
		const step = fc.record({
			key: fc.integer({ min: 0, max: 12 }).map(String),
			fails: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step), (capacity, steps) => {
				const duplicates = new Duplicates(capacity);
				/** @type {string[]} */
				let model = [];
				for (const { key, fails } of steps) {
					const answer = new Answer();
					const isNew = !model.includes(key);
					expect(duplicates.seen(key, answer)).toBe(isNew ? 'new' : 'handled');
					if (!isNew) continue;
					model = [...model, key].slice(-capacity);
					answer.end(fails ? 500 : 200).emit('close');
					if (fails) model = model.filter((each) => each !== key);
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
	const key = (body, label = 'n8n-1') => eventId(label, delivery(body));

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
			key(liveWith({ chat: { jid: 'status@broadcast' } })),
			...[others[0], { ...others[0], data: { ...others[0].data, status: 'played' } }].map((body) =>
				key(body),
			),
		];
		expect(new Set(keys).size).toBe(keys.length);
	});

	/** @type {Array<[string, any]>} */
	const sameMessages = [
		['the number or the @lid', liveWith({ sender: { lid: '123456789012345@lid' } })],
		['a name', liveWith({ chat: { ...live.data.chat, name: 'The team' } })],
		['the offset of its time', liveWith({ timestamp: '2026-07-31T09:00:00-03:00' })],
		['its time', liveWith({ timestamp: 1785499200 })],
		['its text', liveWith({}, { content: 'Hello!' })],
		[
			'the address of its file',
			liveWith({}, { type: 'image', content: '', media: { url: 'https://a.example' } }),
		],
		['members that say nothing', liveWith({ recipient: null }, { source: '', edit: null })],
		[
			'its layout',
			{
				event: live.event,
				data: { id: '3EB0LIVE', message: { id: '3EB0LIVE', content: { text: 'Hello' } } },
			},
		],
		[
			'where its ID stands',
			{ event: live.event, data: { message: { id: '3EB0LIVE', content: { text: 'Hello' } } } },
		],
	];
	it.each(sameMessages)('is the same for a message when only this differs: %s', (_what, body) => {
		expect(key(body)).toBe(key(live));
	});

	/** @param {string} type @param {object} message @param {object} [data] */
	const change = (type, message, data) =>
		key(liveWith({ id: 'OWN', ...data }, { type, ...message }));
	const byLid = { sender: { lid: '123456789012345@lid' }, timestamp: '2026-07-31T09:00:00-03:00' };
	const later = { timestamp: '2026-07-31T12:00:01Z' };

	it.each([
		['an edit', 'message_edit', { content: '', edit: { original_id: 'A', text: 'x' } }],
		['an edit that names none', 'message_edit', { content: 'x' }],
		['a reaction', 'reaction', { content: '', reaction: { message_id: 'A', emoji: '👍' } }],
		['a reaction that names none', 'reaction', { content: '👍' }],
		['a deletion', 'message_revoke', { content: '' }],
	])('is the same for %s that comes under two names', (_what, type, message) => {
		expect(change(type, message)).toBeDefined();
		expect(change(type, message, byLid)).toBe(change(type, message));
	});

	it('is the same for a deletion that comes with another time and text', () => {
		const again = change('message_revoke', { content: 'x' }, later);
		expect(again).toBe(change('message_revoke', { content: '' }));
	});

	it('differs between two messages without an ID, and between two names of a label', () => {
		const message = (/** @type {string} */ content) =>
			key({ event: live.event, data: { ...later, message: { content } } });
		expect(message('Hi')).not.toBe(message('Hello'));
		const label = (/** @type {string} */ name) =>
			key({ event: 'label.update', data: { ...later, label: { id: '1', name } } });
		expect(label('New')).not.toBe(label('Paid'));
	});

	it('differs between two edits, and two reactions', () => {
		const edit = (/** @type {string} */ text) => ({
			content: '',
			edit: { original_id: 'A', text },
		});
		const emoji = (/** @type {string} */ text) => ({
			content: '',
			reaction: { message_id: 'A', text },
		});
		const keys = [
			change('message_edit', edit('x')),
			change('message_edit', edit('y')),
			change('message_edit', edit('x'), { id: 'OTHER' }),
			change('message_edit', { content: 'x' }),
			change('message_edit', { content: 'x' }, later),
			change('reaction', emoji('👍')),
			change('reaction', emoji('👎')),
			change('reaction', emoji('👍'), { id: 'OTHER' }),
			// In one second, and each with the ID of the message that it changes.
			change('reaction', emoji('👍'), { id: 'A' }),
			change('reaction', emoji('👍'), { id: 'A', sender: { lid: '2@lid' } }),
			change('reaction', emoji('👍'), { id: 'A', sender: { jid: '5511888888888' } }),
		];
		expect(new Set(keys).size).toBe(keys.length);
	});

	it('differs between two edits at different times, also where the time stands in the message', () => {
		const edit = (/** @type {string} */ timestamp) =>
			key({ event: live.event, data: { message: { id: 'A', type: 'message_edit', timestamp } } });
		expect(edit('2026-07-31T12:00:01Z')).not.toBe(edit('2026-07-31T12:00:02Z'));
		expect(edit('2026-07-31T12:00:01Z')).toBe(edit('2026-07-31T09:00:01-03:00'));
	});

	it('differs between a message that could not be read yet and the real one', () => {
		const real = key(live);
		for (const type of ['unknown', null, 'text']) {
			expect(key(liveWith({}, { type, content: '' }))).not.toBe(real);
		}
	});

	it('is the same for a receipt of a private chat under two names, and not in a group', () => {
		const receipt = (/** @type {any} */ chat, /** @type {any} */ recipient) =>
			key({
				event: 'message.status',
				data: { ...later, status: 'read', messageIds: ['A'], chat, recipient },
			});
		const [one, other] = [{ jid: '5511999999999@s.whatsapp.net' }, { lid: '123456789012345@lid' }];
		expect(receipt(other, other)).toBe(receipt(one, one));
		const group = { jid: '1@g.us', type: 'group' };
		expect(receipt(group, other)).not.toBe(receipt(group, one));
		expect(receipt(group, { ...one, name: 'Ann' })).toBe(receipt(group, one));
		expect(receipt(group, { ...other, name: 'Ann' })).toBe(receipt(group, other));
	});

	it('differs between receipts that name no message, and between other events of a private chat', () => {
		const event = (/** @type {string} */ name, /** @type {object} */ chat, messageIds = ['A']) =>
			key({ event: name, data: { ...later, messageIds, chat } });
		const [one, other] = [{ jid: '5511999999999' }, { jid: '5511888888888' }];
		expect(event('message.status', one, [])).not.toBe(event('message.status', other, []));
		expect(event('call.update', one)).not.toBe(event('call.update', other));
	});

	it('of another event does not depend on names, order, offsets and what is empty', () => {
		const member = { jid: '5511999999999@s.whatsapp.net' };
		const joined = { type: 'joined', groupJid: '1@g.us', participants: [member] };
		const first = key({
			event: 'group.flow',
			data: { ...joined, timestamp: '2026-07-31T12:00:01Z' },
		});
		const named = [{ name: 'Ann', lid: null, ...member }];
		const again = { timestamp: '2026-07-31T09:00:01-03:00', ...joined, participants: named };
		expect(key({ event: 'group.flow', data: again })).toBe(first);
		expect(key({ event: 'group.flow', data: { ...again, type: 'left' } })).not.toBe(first);
	});

	it('does not depend on the instance, as a label belongs to one', () => {
		expect(key({ ...live, instanceData: undefined })).toBe(key(live));
	});

	it('is short however long the event is', () => {
		expect(key(liveWith({}, { content: 'x'.repeat(100_000) }))).toHaveLength(44);
	});
});
