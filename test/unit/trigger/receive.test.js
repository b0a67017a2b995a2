const { arrive } = require('../../support/arrivalRig');
const { TOKEN, live, liveWith } = require('../../support/deliveries');

let count = 0;

/** A message that has never arrived before. */
const fresh = () => liveWith({ id: `3EB0-${++count}` });

const starts = { workflowData: [[{ json: expect.anything() }]] };

describe('a delivery', () => {
	it('starts the workflow with one item, without the token', () => {
		const { result, response } = arrive(liveWith({ id: 'first' }));
		const { id, ...data } = live.data;
		expect(result).toEqual({
			workflowData: [
				[
					{
						json: {
							messageId: 'first',
							event: 'message.exchange',
							data: { ...data, id: 'first' },
							instanceData: { baseUrl: 'https://ryzeapi.cloud', instance: 'shop' },
						},
					},
				],
			],
		});
		expect(JSON.stringify(result)).not.toContain(TOKEN);
		expect([response.ended, id]).toEqual([0, live.data.id]);
	});

	it.each([
		['the wrong secret', { authorization: 'Bearer of-another' }],
		['no secret', { authorization: undefined }],
		['an empty secret, where none is kept', { authorization: '', secret: '' }],
		['a secret where none is kept', { secret: undefined }],
	])('with %s is refused with 401, whatever it says', (_, given) => {
		for (const body of [fresh(), {}]) {
			const { result, response } = arrive(body, { ...given });
			expect(result).toEqual({ noWebhookResponse: true });
			expect(response).toMatchObject({ statusCode: 401, sent: 'Unauthorized', ended: 1 });
		}
	});

	it.each([undefined, {}, { event: 'message.exchange' }, 'text'])(
		'that is no event is refused with 400: %j',
		(body) => {
			const { result, response } = arrive(body);
			expect(result).toEqual({ noWebhookResponse: true });
			expect(response).toMatchObject({ statusCode: 400, ended: 1 });
			expect(response.sent).toBe('This is not an event of Ryze');
		},
	);

	it('that is filtered out is taken, and starts nothing', () => {
		const outgoing = { options: { direction: 'outgoing' } };
		expect(arrive(fresh(), outgoing).result).toEqual({});
		expect(arrive({ ...fresh(), event: 'group.flow' }).result).toEqual({});
	});

	it('that was filtered out starts the workflow once the filter has changed', () => {
		const body = fresh();
		arrive(body, { options: { direction: 'outgoing' } });
		expect(arrive(body).result).toEqual(starts);
	});
});

describe('a delivery that comes again', () => {
	it('is taken, and starts nothing', () => {
		const body = fresh();
		expect(arrive(body).result).toEqual(starts);
		const { result, response } = arrive(structuredClone(body));
		expect(result).toEqual({});
		expect([response.statusCode, response.ended]).toEqual([200, 0]);
	});

	it('starts another trigger all the same', () => {
		const body = fresh();
		arrive(body);
		expect(arrive(body, { node: '2' }).result).toEqual(starts);
	});

	it('starts a test as often as somebody likes, which is not remembered', () => {
		const body = fresh();
		for (const _ of [1, 2]) expect(arrive(body, { mode: 'manual' }).result).toEqual(starts);
		expect(arrive(body).result).toEqual(starts);
		expect(arrive(body, { mode: 'manual' }).result).toEqual(starts);
	});

	it.each([
		[500, starts],
		[404, starts],
		[300, starts],
		[299, {}],
		[200, {}],
	])('after n8n has answered %i', (status, result) => {
		const body = fresh();
		const { response } = arrive(body);
		response.statusCode = status;
		response.close();
		expect(arrive(body).result).toEqual(result);
	});

	it('to be answered with an error as a repeat leaves the first one known', () => {
		const body = fresh();
		arrive(body);
		const { response } = arrive(body);
		response.statusCode = 500;
		response.close();
		expect(arrive(body).result).toEqual({});
	});
});

describe('an event without a time of its own', () => {
	it('starts the workflow each time it happens, as when a label is put on a chat again', () => {
		const label = (/** @type {boolean} */ labeled) => ({
			...live,
			event: 'label.update',
			data: { type: 'chat', labelId: '1', chatJid: '1@g.us', labeled },
		});
		for (const labeled of [true, false, true])
			expect(arrive(label(labeled)).result).toEqual(starts);
	});
});
