'use strict';

const { execFile } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync, existsSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { startRyze, seeds } = require('../../sandbox/ryze');
const { refusing } = require('../support/sandbox');

/** @typedef {import('../../sandbox/ryze/types').Fault} Fault */

const { demo, second, offline } = seeds.instances;
const MAIN = join(__dirname, '../../checks/main.js');

/** @type {Awaited<ReturnType<typeof startRyze>>} */
let ryze;
/** @type {string} */
let folder;
/** @type {string} */
let report;

beforeEach(async () => {
	ryze = await startRyze();
	ryze.setWebhook('demo', { url: 'https://hooks.example/in', authorization: 'Bearer hook-secret' });
	folder = mkdtempSync(join(tmpdir(), 'ryze-check-'));
	report = join(folder, 'report.md');
});

afterEach(async () => {
	await ryze.stop();
	rmSync(folder, { recursive: true });
});

/**
 * @param {string[]} args
 * @param {Record<string, string | undefined>} [env]
 * @param {(child: import('node:child_process').ChildProcess) => void} [onStart]
 * @returns {Promise<{ code: number, output: string }>}
 */
async function check(args = [], env = {}, onStart = () => {}) {
	return await new Promise((resolve) => {
		const known = { RYZE_TOKEN: demo.token, RYZE_INSTANCE: demo.name, RYZE_BASE_URL: ryze.url };
		const child = execFile(
			process.execPath,
			[MAIN, '--report', report, ...args],
			{ env: { PATH: process.env.PATH, ...known, ...env } },
			(error, stdout, stderr) =>
				resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
		);
		onStart(child);
	});
}

const readReport = () => readFileSync(report, 'utf8');

/** @param {string} output the facts that are told as different */
const differing = (output) =>
	[...output.matchAll(/^ {2}different +(.+)$/gm)].map(([, fact]) => fact);

/** Whatever can be read in the sandbox and belongs to someone. */
function secrets() {
	const people = Object.values(seeds.contacts).flatMap((contact) => Object.values(contact));
	const groups = Object.values(seeds.groups).flatMap(({ jid, name }) => [jid, name]);
	const jids = [...Object.values(seeds.chats), ...people, ...groups].map(String);
	const numbers = jids.flatMap((text) => text.match(/\d{5,}/g) ?? []);
	const ids = Object.values(seeds.messages);
	const tokens = Object.values(seeds.instances).flatMap(({ token, numberJid }) => [
		token,
		numberJid,
	]);
	const hook = ['hooks.example', 'hook-secret'];
	// As words of the language, these two are in the output anyway.
	const words = ['', 'Contact', 'Hidden'];
	return [
		...jids,
		...numbers,
		...ids,
		...tokens,
		...hook,
		seeds.accountToken,
		ryze.url,
		'Hi!',
	].filter((text) => !words.includes(text));
}

/** @param {string} text */
function expectNothingPrivate(text) {
	expect(secrets().filter((secret) => text.includes(secret))).toEqual([]);
	expect(text).not.toMatch(/\bdemo\b/);
}

describe('npm run check:api', () => {
	it('confirms what the sandbox responds, and changes nothing', async () => {
		const { code, output } = await check();
		expect(differing(output)).toEqual([]);
		expect(code).toBe(0);
		expect(output).toMatch(/^\d+ facts: \d+ confirmed, 0 different, \d+ not checked\.$/m);
		expect(output).toContain('/api/chat/pinChat exists, /api/chat/pin does not exist');
		expect(output).toMatch(/How the reset is rounded: (down|cannot tell)/);
		expect([ryze.pins.size, ryze.sent, ryze.webhooks('demo').length]).toEqual([0, [], 1]);
		const pinned = ryze.requests.filter(({ body }) => /** @type {any} */ (body).pin === true);
		expect(pinned.map(({ status }) => status)).toEqual([500]);
		expectNothingPrivate(output + readReport());
	});

	it('tells which of five changed responses differ, and what came instead', async () => {
		ryze.configure({ groupIdField: 'jid' });
		ryze.setFault(({ path, token, query, body }) => {
			if (token === 'none') return refusing(401, 'Bring a token, Maria Quitéria');
			if (path.includes('getMessage') && !query.messageId)
				return refusing(422, 'Message ID is required (use ?messageId=<message-id>)');
			if (path.includes('contacts') && query.number) return { status: 200, body: '<h1>João</h1>' };
			if (path.includes('favorite') && !(/** @type {any} */ (body).messageId)) {
				return refusing(
					400,
					'Number +55 11 98888-7777 or 5511988887777@s.whatsapp.net is required',
				);
			}
			return undefined;
		});
		const { code, output } = await check();
		expect(differing(output)).toEqual([
			'No token: HTTP 401 with one of three sentences.',
			'Each group has `groupJid`, `name` and `memberCount`.',
			'A number that nobody has: HTTP 200 with `contact.found: false`.',
			'No ID: HTTP 400 `Message ID is required (use ?messageId=<message-id>)`.',
			'Neither `number` nor `messageId`: HTTP 400 `Either number or messageId is required`.',
		]);
		expect(code).toBe(1);
		for (const detail of [
			'the sentence is "… a token, …"',
			'`groups[].groupJid` is missing',
			'groups: [{ jid: string, name: string, memberCount: number }]',
			'it is 14 bytes of text/plain, no JSON',
			'HTTP 422 instead of 400',
			'the sentence is "Number … or …@s.whatsapp.net is required"',
		]) {
			expect(output).toContain(detail);
		}
		expect(readReport().match(/\*\*different\*\*/g)).toHaveLength(5);
		expectNothingPrivate(output + readReport());
		expect(output + readReport()).not.toMatch(/Maria|Quit|\+55|8888/);
	});

	it('shows no group, contact or message that someone else has', async () => {
		const jid = '5521911112222@s.whatsapp.net';
		ryze.setContacts('demo', [{ jid, full_name: 'Zuleica Quadros' }]);
		ryze.setGroups('demo', [{ jid: '120363400000000099@g.us', name: 'Turma 7B', memberCount: 2 }]);
		ryze.addMessages('demo', ['3EB0FACE'], jid);
		const { code, output } = await check(['--message', '3EB0FACE']);
		expect(code).toBe(0);
		expect(output + readReport()).not.toMatch(
			/5521911112222|Zuleica|Quadros|Turma|1203634|3EB0FACE/,
		);
		expectNothingPrivate(output + readReport());
	});

	it('hides names of fields that may be data', async () => {
		const body = {
			success: true,
			contacts: { 'Zuleica Quadros': {}, 5521911112222: {} },
			total: 2,
		};
		ryze.setFault(({ path }) => (path.includes('contacts') ? { status: 200, body } : undefined));
		const { code, output } = await check();
		expect(code).toBe(1);
		expect(output).toContain('contacts: { 2 fields whose names may be data }');
		expect(output + readReport()).not.toMatch(/5521911112222|Zuleica/);
	});

	it('pins and unpins the message that is given', async () => {
		/** @type {number[]} */
		const pinned = [];
		ryze.setFault(() => void pinned.push(ryze.pins.size));
		const { code, output } = await check(['--message', seeds.messages.group]);
		expect(differing(output)).toEqual([]);
		expect(code).toBe(0);
		expect(output).toMatch(/confirmed +Pinning answers with the chat/);
		expect(output).toMatch(/confirmed +Unpinning answers with the chat/);
		expect(pinned).toContain(1);
		expect(ryze.pins.size).toBe(0);
		expectNothingPrivate(output + readReport());
	});

	it.each(
		/** @type {[string, Fault][]} */ ([
			['lost', { reset: 'after' }],
			['replaced by that of a gateway', { status: 502, body: 'bad', afterWork: true }],
			['refused by the rate limit', refusing(429, 'Rate limit exceeded. Try again later.')],
		]),
	)('unpins the message when the answer to pinning is %s', async (_, fault) => {
		ryze.setFault(({ body }) => {
			const { pin, duration } = /** @type {any} */ (body);
			return pin && duration === '24h' ? fault : undefined;
		});
		const { output } = await check(['--message', seeds.messages.group]);
		expect(ryze.pins.size).toBe(0);
		expect(output).not.toContain('may still be pinned');
	});

	it('unpins the message when it is stopped by hand', async () => {
		/** @type {import('node:child_process').ChildProcess | undefined} */
		let child;
		ryze.setFault(({ body }) => {
			if (/** @type {any} */ (body).duration !== '24h') return undefined;
			child?.kill('SIGINT');
			return { delayMs: 500 };
		});
		const { code, output } = await check(['--message', seeds.messages.group], {}, (started) => {
			child = started;
		});
		expect(ryze.pins.size).toBe(0);
		expect(ryze.requests.at(-1)?.body).toMatchObject({ pin: false });
		expect(output).toContain('The check ended early: it was stopped by hand.');
		expect(code).toBe(2);
	});

	it('says so when the message may still be pinned', async () => {
		ryze.setFault(({ body }) => {
			const { pin, messageId } = /** @type {any} */ (body);
			return pin === false && messageId === seeds.messages.group ? refusing(500, 'no') : undefined;
		});
		const { code, output } = await check(['--message', seeds.messages.group]);
		expect(code).toBe(1);
		expect(output).toContain('The message may still be pinned: unpin it by hand.');
	});

	it('checks what a disconnected instance and the account token can show', async () => {
		const away = await check([], { RYZE_TOKEN: offline.token, RYZE_INSTANCE: offline.name });
		expect(away.code).toBe(0);
		expect(away.output).toMatch(/confirmed +The contacts can be read while disconnected/);
		const account = await check([], { RYZE_TOKEN: seeds.accountToken });
		expect(account.code).toBe(0);
		expect(account.output).toMatch(/confirmed +An instance that does not exist: HTTP 404/);
	});

	it('leaves the last requests of a minute to others', async () => {
		ryze.spend('demo', 80);
		const { code, output } = await check(['--message', seeds.messages.group]);
		expect(code).toBe(2);
		expect(output).toMatch(/The check ended early: only \d+ requests remain until the rate limit/);
		expect(ryze.requests.filter(({ token }) => token === 'demo')).toHaveLength(10);
		expect(ryze.requests.filter(({ body }) => /** @type {any} */ (body).pin)).toEqual([]);
	});

	it('follows no redirect', async () => {
		const other = await startRyze();
		const headers = { Location: `${other.url}/api/instance/getSettings/demo` };
		ryze.setFault(() => ({ status: 307, body: '', headers }));
		const { code, output } = await check();
		await other.stop();
		expect([code, other.requests]).toEqual([1, []]);
		expect(output).toContain('HTTP 307 instead of 200');
	});
});

describe('npm run check:api ends with one sentence', () => {
	it.each([
		[{ RYZE_TOKEN: undefined }, /^RYZE_TOKEN must be set in the environment\.\n/],
		[{ RYZE_TOKEN: '', RYZE_INSTANCE: ' ' }, /^RYZE_TOKEN and RYZE_INSTANCE must be set/],
		[{ RYZE_TOKEN: 'a b' }, /^RYZE_TOKEN holds a space or a letter/],
		[{ RYZE_BASE_URL: 'ryzeapi.cloud' }, /^RYZE_BASE_URL is no address/],
		[{ RYZE_TOKEN: 'wrong' }, /^Ryze refuses RYZE_TOKEN with .+: HTTP 401 "Invalid token"\.\n$/],
		[{ RYZE_INSTANCE: second.name }, /^Ryze refuses RYZE_TOKEN with .+: HTTP 403 "Instance token/],
	])('given %j', async (env, sentence) => {
		const { code, output } = await check([], env);
		expect(output).toMatch(sentence);
		expect(code).toBe(2);
		expect(existsSync(report)).toBe(false);
		expect(ryze.requests.length).toBeLessThanOrEqual(1);
	});

	it('when nothing responds', async () => {
		await ryze.stop();
		const { code, output } = await check();
		expect(output).toBe('Ryze could not be asked: no answer (ECONNREFUSED).\n');
		expect(code).toBe(2);
	});

	it.each([[['--mesage', 'x']], [['--message', '']], [['--message']]])('given %j', async (args) => {
		const { code, output } = await check(args);
		expect(code).toBe(2);
		expect(output).toContain('`npm run check:api -- --help` tells more.');
		expect(ryze.requests).toEqual([]);
	});

	it('explains itself with --help, and sends nothing', async () => {
		const { code, output } = await check(['--help'], { RYZE_TOKEN: undefined });
		expect(code).toBe(0);
		expect(output).toContain('RYZE_TOKEN=… RYZE_INSTANCE=… npm run check:api');
		expect(ryze.requests).toEqual([]);
	});
});
