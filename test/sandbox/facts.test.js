'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { facts } = require('../../checks/facts');
const { responseFacts } = require('../../checks/responseFacts');
const { createPace } = require('../../checks/pace');
const { runChecks } = require('../../checks/run');
const { startRyze, seeds } = require('../../sandbox/ryze');

const { accountToken, instances, messages } = seeds;
const { demo, offline } = instances;

/** Together, they can check every fact. */
const CALLERS = [
	{ token: demo.token, instance: demo.name, message: messages.group },
	{ token: accountToken, instance: demo.name, message: messages.privateChat },
	{ token: offline.token, instance: offline.name, message: messages.ofOffline },
];

/** @type {import('../../checks/types').Result[][]} by caller */
const results = [];
/** @type {import('../../sandbox/ryze/types').RequestEntry[]} */
const requests = [];
/** @type {unknown[]} what is stored after a check */
const left = [];

beforeAll(async () => {
	for (const caller of CALLERS) {
		const ryze = await startRyze();
		ryze.setWebhook('demo', { url: 'http://127.0.0.1:9/own', authorization: 'Bearer own' });
		const before = ryze.webhooks(caller.instance);
		const pace = createPace({ pause: 0 });
		const outcome = await runChecks({ ...caller, baseUrl: ryze.url }, { pace });
		results.push(outcome.results);
		requests.push(...ryze.requests);
		left.push(...ryze.pins, ...ryze.pinnedChats, ...ryze.favorites, ...ryze.sent);
		expect(ryze.webhooks(caller.instance)).toEqual(before);
		await ryze.stop();
	}
});

/** @param {Pick<import('../../checks/types').Fact, 'from' | 'fact'>} row */
const title = ({ from, fact }) => `${from}: ${fact}`;

describe('the sandbox responds by docs/ryze-api.md:', () => {
	it.each([...facts, ...responseFacts].map((fact, index) => [title(fact), index]))(
		'%s',
		(_, index) => {
			const judged = results.map((each) => each[Number(index)]);
			const different = judged.filter(({ verdict }) => verdict === 'different');
			expect(different.map(({ details }) => details)).toEqual([]);
			expect(judged.map(({ verdict }) => verdict)).toContain('confirmed');
		},
	);
});

describe('the table of facts', () => {
	it('cites headings of docs/ryze-api.md, and says nothing twice', () => {
		const docs = readFileSync(join(__dirname, '../../docs/ryze-api.md'), 'utf8');
		const headings = [...docs.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
		const rows = [...facts, ...responseFacts];
		expect(headings).toEqual(expect.arrayContaining(rows.map(({ from }) => from)));
		expect(new Set(rows.map(title)).size).toBe(rows.length);
	});

	it('names nothing that exists in a harmless request that could change something', () => {
		const harmless = facts.filter(({ effect }) => effect === 'harmless');
		const writing = harmless.filter(({ request }) => request.method !== 'GET');
		expect(JSON.stringify(writing.map(({ request }) => request))).not.toContain(':message');
		const paths = new Set(writing.map(({ request }) => request.path));
		expect([...paths].filter((path) => path.includes('webhook'))).toEqual([]);
		const withChat = writing.filter(({ request: { body = '' } }) => {
			const { number = '1', message } = /** @type {any} */ (body);
			return number !== '1' || message !== undefined;
		});
		expect(withChat).toEqual([]);
	});

	it('leaves nothing pinned, marked or sent', () => {
		expect(left).toEqual([]);
		const pinning = requests.filter(
			({ status, body }) => /** @type {any} */ (body).pin && status < 300,
		);
		expect(pinning.map(({ token }) => token)).toEqual(['demo', 'demo', 'account', 'account']);
	});
});
