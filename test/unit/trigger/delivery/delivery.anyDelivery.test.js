const fc = require('fast-check');
const { readDelivery } = require('../../../../build/nodes/Ryze/trigger/delivery/delivery');

describe('any body', () => {
	it('is read as an event without the token, or refused, and never throws', () => {
		const bodies = fc.stringMatching(/^[a-z][0-9][0-9a-f-]{6,40}$/).chain((token) => {
			const leaf = fc.oneof(
				fc.string(),
				fc.constantFrom(token, ` ${token}/${token}`, `${token.slice(4)}${token}`),
				fc.double(),
				fc.constantFrom(null, true, 'group', 'private', 'constructor', '__proto__'),
			);
			const key = fc.oneof(fc.string(), fc.constantFrom('toString', 'valueOf', 'jid', token));
			const any = fc.anything({ values: [leaf], key, maxDepth: 3 });
			const loose = { requiredKeys: [] };
			const chat = fc.oneof(any, fc.record({ jid: any, lid: any, type: any }, loose));
			const facts = { id: any, direction: any, chat, source: any };
			const message = fc.oneof(any, fc.record({ ...facts, content: any, media: any }, loose));
			const data = fc.oneof(any, fc.record({ ...facts, message, other: any }, loose));
			const event = fc.oneof(any, fc.constantFrom('message.exchange', 'group.flow'));
			const instance = fc.record({ token: fc.constant(token), instance: any }, loose);
			const body = fc.record({ event, data, instanceData: instance, more: any }, loose);
			return fc.record({ token: fc.constant(token), body: fc.oneof(any, body) });
		});
		fc.assert(
			fc.property(bodies, ({ token, body: given }) => {
				const body = JSON.parse(JSON.stringify(given ?? null));
				const delivery = readDelivery(body);
				const isEvent = typeof body?.event === 'string' && body.event !== '' && body.data;
				expect(delivery !== undefined).toBe(
					Boolean(isEvent && typeof body.data === 'object' && !Array.isArray(body.data)),
				);
				if (!delivery) return;
				if (body.instanceData?.token === token) {
					expect(JSON.stringify(delivery.json)).not.toContain(token);
				}
				const { text, changes, chatIds, senderIds, ...others } = delivery.message;
				for (const list of [changes, chatIds, senderIds]) expect(Array.isArray(list)).toBe(true);
				expect(typeof text).toBe('string');
				for (const fact of Object.values(others))
					expect(['string', 'undefined']).toContain(typeof fact);
				const { messageId } = delivery.json;
				if (body.event !== 'message.exchange') expect(messageId).toBeUndefined();
				else expect(messageId === undefined).toBe(others.id === undefined);
			}),
			{ numRuns: 1000 },
		);
	});
});
