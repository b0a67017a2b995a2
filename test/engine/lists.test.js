const { setTimeout: sleep } = require('node:timers/promises');
const { restoreTime, seeds, skipPauses, useHarness } = require('../support/engine');

const harness = useHarness({ fresh: true });

const { demo, offline } = seeds.instances;

/** @param {Partial<import('../../sandbox/engine/lists').ListOptions>} [options] */
const search = async (options) =>
	await harness.engine.search({
		method: 'searchChats',
		credential: harness.credential,
		...options,
	});

/** @param {Parameters<typeof search>[0]} [options] */
const names = async (options) => (await search(options)).results.map(({ name }) => name);

describe("the list of 'Chat'", () => {
	it('shows groups, then contacts, each with what tells it apart and nameless ones last, then yourself', async () => {
		expect(await names()).toEqual([
			'Équipe São Paulo (48 members)',
			'Família (31 members)',
			'Família (7 members)',
			'Old friends (5 members)',
			'Sandbox group (12 members)',
			'Group without a name (3 members)',
			'Contact (+5511999999999)',
			'Hidden (+55∙∙∙∙∙∙∙∙∙66)',
			'João da Conceição (+5511988888888)',
			'Padaria Sol (+5511977777777)',
			'+5511966666666',
			'You (+5511900000001)',
		]);
	});

	it.each(/** @type {const} */ (['groupJid', 'jid']))(
		'gives IDs that can be sent to, where Ryze calls the ID %s',
		async (groupIdField) => {
			harness.ryze.configure({ groupIdField });
			const { results } = await search();
			expect(results).toHaveLength(12);
			for (const { value } of results) {
				await harness.run({
					parameters: {
						operation: 'sendText',
						chat: { __rl: true, mode: 'list', value },
						text: 'Hello',
					},
				});
			}
			expect(harness.ryze.sent).toHaveLength(12);
			expect(results[0].value).toBe(seeds.groups.accents.jid);
			expect(results.at(-1)?.value).toBe('5511900000001@s.whatsapp.net');
		},
	);

	it.each([
		['equipe', ['Équipe São Paulo (48 members)']],
		['  SAO paulo ', ['Équipe São Paulo (48 members)']],
		['paulo equipe', ['Équipe São Paulo (48 members)']],
		['familia', ['Família (31 members)', 'Família (7 members)']],
		['joao', ['João da Conceição (+5511988888888)']],
		['+55 11 97777-7777', ['Padaria Sol (+5511977777777)']],
		['005077@g', ['Group without a name (3 members)']],
		['without a name', ['Group without a name (3 members)']],
		['nobody', []],
	])('finds %j', async (filter, found) => {
		expect(await names({ filter })).toEqual(found);
	});

	it('shows the IDs of groups that have no name and the same number of members, or none', async () => {
		harness.ryze.setContacts(demo.name, []);
		const groups = [
			{ jid: '1@g.us', name: '', memberCount: 3 },
			{ jid: '2@g.us', name: ' ', memberCount: 3 },
			{ jid: '3@g.us', name: '', memberCount: 1 },
		];
		harness.ryze.setGroups(demo.name, groups);
		expect((await names()).slice(0, -1)).toEqual([
			'Group without a name (1 member)',
			'Group without a name (3 members) · 1@g.us',
			'Group without a name (3 members) · 2@g.us',
		]);
	});

	it('shows the ID where two look the same', async () => {
		const twins = ['1@g.us', '2@g.us'].map((jid) => ({ jid, name: 'Team', memberCount: 2 }));
		harness.ryze.setGroups(demo.name, twins);
		harness.ryze.setContacts(demo.name, []);
		expect((await names()).slice(0, -1)).toEqual([
			'Team (2 members) · 1@g.us',
			'Team (2 members) · 2@g.us',
		]);
	});

	it('comes in pages, however long it is', async () => {
		const many = Array.from({ length: 2000 }, (_, index) => ({
			jid: `${10_000 + index}@g.us`,
			name: `Group ${10_000 + index}`,
			memberCount: 1,
		}));
		harness.ryze.setGroups(demo.name, many);
		harness.ryze.setContacts(demo.name, []);
		const all = [];
		/** @type {string | undefined} */
		let page;
		do {
			const { results, paginationToken } = await search({ page });
			expect(results.length).toBeLessThanOrEqual(100);
			all.push(...results.map(({ value }) => value));
			page = /** @type {string | undefined} */ (paginationToken);
		} while (page !== undefined);
		expect(all).toEqual([...many.map(({ jid }) => jid), '5511900000001@s.whatsapp.net']);
		// Once each, and not again for each page.
		expect(harness.ryze.requests.map(({ path }) => path)).toEqual([
			`/api/group/list/${demo.name}`,
			`/api/chat/contacts/${demo.name}`,
			'/api/instance/list',
		]);
	});

	it("is that of the option 'Instance', unless an expression returns it", async () => {
		const credential = { ...harness.credential, token: seeds.accountToken };
		const second = seeds.instances.second.name;
		expect(await names({ credential, parameters: { options: { instance: second } } })).toEqual([
			'You (+5511900000002)',
		]);
		const parameters = { options: { instance: '={{ $json.instance }}' } };
		expect(await names({ credential, parameters })).toHaveLength(12);
	});

	it.each([' second', '\tsecond \n'])(
		"takes the option 'Instance' as an execution does: %j",
		async (instance) => {
			const credential = { ...harness.credential, token: seeds.accountToken };
			await search({ credential, parameters: { options: { instance } } });
			expect(harness.ryze.requests.map(({ path }) => path)).toEqual([
				'/api/group/list/second',
				'/api/chat/contacts/second',
				'/api/instance/list',
			]);
		},
	);

	it.each(['.', ' ..'])(
		"refuses the option 'Instance' that executions refuse: %j",
		async (given) => {
			/** @type {any} */
			const error = await search({ parameters: { options: { instance: given } } }).catch((e) => e);
			expect(error.message).toBe(
				`'Instance' must be the name of an instance, but is "${given.trim()}"`,
			);
			expect(harness.ryze.requests).toEqual([]);
		},
	);

	it.each(['', ' '])(
		"ignores the option 'Instance' that is not filled in yet: %j",
		async (given) => {
			expect(await names({ parameters: { options: { instance: given } } })).toHaveLength(12);
		},
	);

	describe('when one part of it cannot be had', () => {
		const refused = (/** @type {string} */ part, /** @type {any} */ fault) =>
			harness.ryze.setFault(({ path }) => (path.includes(part) ? fault : undefined));

		const body = JSON.stringify({ success: false, error: { message: 'rate-overlimit' } });
		const faults = /** @type {const} */ ([
			['with an error of Ryze', { status: 500, body }],
			['with a refusal', { status: 400, body }],
			['with a page of a proxy', { status: 404, body: '<h1>' }],
			['with an answer that is no JSON', { status: 200, body: 'ok' }],
		]);
		it.each(faults)('shows the contacts while the groups are refused %s', async (_, fault) => {
			refused('/group/', fault);
			const contacts = await names();
			expect(contacts[0]).toBe('Contact (+5511999999999)');
			expect(contacts).toHaveLength(6);
			expect(await names({ filter: 'sol' })).toEqual(['Padaria Sol (+5511977777777)']);
			harness.ryze.setFault(undefined);
			expect(await names()).toHaveLength(12);
			// What could be had was not asked for again.
			expect(harness.ryze.requests.filter(({ path }) => path.includes('contacts'))).toHaveLength(1);
		});

		it('shows the groups while the contacts are refused', async () => {
			refused('/contacts/', { status: 500, body });
			expect(await names()).toHaveLength(7);
			harness.ryze.setFault(undefined);
			expect(await names()).toHaveLength(12);
		});

		it('shows the contacts while WhatsApp throttles the groups', async () => {
			skipPauses();
			refused('/group/', { status: 429, body });
			expect(await names()).toHaveLength(6);
			restoreTime();
		});

		it('says why when the part that can be had is empty', async () => {
			harness.ryze.setContacts('demo', []);
			refused('/group/', { status: 500, body });
			await expect(search()).rejects.toThrow('rate-overlimit');
		});

		it('says why when there is nothing to show', async () => {
			refused('/', { status: 500, body });
			await expect(search()).rejects.toThrow('rate-overlimit');
			refused('/contacts/', { status: 500, body });
			await expect(search({ method: 'searchContacts' })).rejects.toThrow('rate-overlimit');
		});
	});

	/** @type {Array<[string, Record<string, string>, RegExp]>} */
	const wrong = [
		['the token', { token: 'a-token-nobody-knows' }, /^Invalid token$/],
		['the instance', { token: seeds.accountToken, instance: 'Demo' }, /^Instance not found$/],
		[
			'the connection',
			{ token: offline.token, instance: offline.name },
			/^Instance is not connected to WhatsApp$/,
		],
		[
			'the base URL',
			{ baseUrl: 'ryzeapi' },
			/^'Base URL' in the Ryze WhatsApp API credential must be/,
		],
	];
	it.each(wrong)(
		'says what is wrong with %s, and works once that is mended',
		async (_, changes, title) => {
			const credential = { ...harness.credential, ...changes };
			/** @type {any} */
			const error = await search({ credential }).catch((reason) => reason);
			expect(error.message).toMatch(title);
			expect(error.description).toMatch(/\. Then open this list again\.$/);
			expect(error.description).not.toMatch(/run again|in the chat/);
			// The second request is given up with the first; it would have arrived by then.
			await sleep(200);
			expect(harness.ryze.requests.length).toBeLessThanOrEqual(1);
			expect(JSON.stringify(error)).not.toContain(credential.token);
			if (changes.instance !== offline.name) return;
			harness.ryze.setConnected(offline.name, true);
			expect(await names({ credential })).toHaveLength(4);
		},
	);

	it('waits for the limit of the token like everything else, and says so when it is too long', async () => {
		harness.ryze.spend(demo.name, 100);
		/** @type {any} */
		const error = await search().catch((reason) => reason);
		expect(error.message).toBe('Rate limit exceeded. Try again later.');
		expect(error.description).toMatch(/Wait a minute, or send fewer at once\. Then open this list/);
	});
});

describe('a contact with two IDs', () => {
	const both = '15550100001@s.whatsapp.net,900000000000001@lid';

	beforeEach(() => {
		harness.ryze.setGroups(demo.name, [{ jid: '1@g.us', name: 'Team', memberCount: 2 }]);
		harness.ryze.setContacts(demo.name, [
			{
				jid: '15550100001@s.whatsapp.net',
				lid: '900000000000001@lid',
				full_name: 'Maria',
			},
		]);
	});

	it('has both in the lists of the trigger, whose options compare them with events', async () => {
		for (const method of ['searchContacts', 'searchChats']) {
			const { results } = await search({ form: 'ryzeTrigger', method });
			expect(results[1]).toEqual({ name: 'Maria (+15550100001)', value: both });
		}
	});

	it('has the usual one in the lists of the Ryze node, which sends to it', async () => {
		for (const method of ['searchContacts', 'searchChats']) {
			const { results } = await search({ method });
			expect(results[1]).toEqual({
				name: 'Maria (+15550100001)',
				value: '15550100001@s.whatsapp.net',
			});
		}
	});

	it.each(['maria', '+1 555 010 0001', '15550100001', '900000000000001'])(
		'is found by %j',
		async (filter) => {
			expect(await names({ form: 'ryzeTrigger', filter })).toEqual(['Maria (+15550100001)']);
		},
	);

	it('is sent to by the number when an entry of the trigger gets into the Ryze node', async () => {
		await harness.run({
			parameters: {
				operation: 'sendText',
				chat: { __rl: true, mode: 'list', value: both },
				text: 'Hello',
			},
		});
		expect(harness.ryze.sent).toMatchObject([{ number: '15550100001@s.whatsapp.net' }]);
	});

	it('is named by the hidden ID where that comes in bare digits', async () => {
		harness.ryze.setContacts(demo.name, [
			/** @type {any} */ ({ lid: '123456789012345', push_name: 'Hidden' }),
		]);
		expect((await search({ method: 'searchContacts' })).results.slice(1)).toEqual([
			{ name: 'Hidden', value: '123456789012345@lid' },
		]);
	});
});

describe("the list of 'Senders'", () => {
	it.each(/** @type {const} */ (['ryze', 'ryzeTrigger']))(
		'has yourself first, then the contacts, in %s',
		async (form) => {
			const found = await names({ method: 'searchContacts', form });
			expect(found.slice(0, 2)).toEqual(['You (+5511900000001)', 'Contact (+5511999999999)']);
			expect(found).toHaveLength(6);
			expect(harness.ryze.requests.map(({ path }) => path)).toEqual([
				`/api/chat/contacts/${demo.name}`,
				'/api/instance/list',
			]);
		},
	);
});

describe('yourself in the lists, by the number that Ryze returns of the instance', () => {
	const own = demo.numberJid;

	it.each([
		['you', ['You (+5511900000001)']],
		['+55 11 90000-0001', ['You (+5511900000001)']],
		['maria', []],
	])('is found by %j', async (filter, found) => {
		harness.ryze.setGroups(demo.name, []);
		expect(await names({ filter, method: 'searchContacts' })).toEqual(found);
	});

	it('is there once, with both IDs for the trigger, when it is a contact as well', async () => {
		harness.ryze.setGroups(demo.name, []);
		harness.ryze.setContacts(demo.name, [
			{ jid: own, lid: '900000000000009@lid', full_name: 'My own number' },
		]);
		const { results } = await search({ method: 'searchContacts', form: 'ryzeTrigger' });
		const value = `${own},900000000000009@lid`;
		expect(results).toEqual([{ name: 'You (+5511900000001)', value }]);
	});

	it('is that of the instance, although the account token lists others, and no token is kept', async () => {
		const credential = { ...harness.credential, token: seeds.accountToken };
		const { results } = await search({ credential });
		expect(results.at(-1)?.name).toBe('You (+5511900000001)');
		expect(harness.ryze.requests.at(-1)?.query).toEqual({ instanceName: 'demo' });
		expect(JSON.stringify(results)).not.toMatch(/token/);
	});

	it.each([
		['is refused', { status: 403, body: JSON.stringify({ success: false }) }],
		['fails', { status: 500, body: '' }],
		['is no list', { status: 200, body: JSON.stringify({ success: true, instances: 'none' }) }],
		[
			'has no number',
			{
				status: 200,
				body: JSON.stringify({
					success: true,
					instances: [{ name: 'demo', connection: { numberJid: null } }],
				}),
			},
		],
		[
			'is about another instance',
			{
				status: 200,
				body: JSON.stringify({
					success: true,
					instances: [{ name: 'second', connection: { numberJid: '1555010000@s.whatsapp.net' } }],
				}),
			},
		],
	])('is left out when what Ryze answers %s', async (_, fault) => {
		harness.ryze.setFault(({ path }) => (path.includes('/instance/') ? fault : undefined));
		const found = await names();
		expect(found).toHaveLength(11);
		expect(found[0]).toBe('Équipe São Paulo (48 members)');
	});
});
