'use strict';

const { connect } = require('node:net');
const { setTimeout: sleep } = require('node:timers/promises');
const { until } = require('../../sandbox/until');
const { startRyze, seeds } = require('../../sandbox/ryze');

const { messages, chats, instances, accountToken } = seeds;
const LIMIT_HEADERS = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];

/** @type {Awaited<ReturnType<typeof startRyze>>} */
let ryze;

beforeEach(async () => {
	ryze = await startRyze();
});

afterEach(() => ryze.stop());

/**
 * @param {string} path
 * @param {RequestInit} [init]
 */
async function call(path, init = {}) {
	const headers = { token: instances.demo.token, ...init.headers };
	const response = await fetch(ryze.url + path, { ...init, headers });
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.startsWith('application/json');
	return {
		status: response.status,
		headers: response.headers,
		text,
		/** @type {any} */
		body: isJson ? JSON.parse(text) : undefined,
	};
}

/**
 * @param {unknown} body a string is sent as it is
 * @param {{ instance?: string, headers?: Record<string, string>, signal?: AbortSignal }} [how]
 */
function pin(body, { instance = 'demo', headers = {}, signal } = {}) {
	return call(`/api/chat/pinMessage/${instance}`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
		signal,
	});
}

/** @param {string} message */
const failed = (message) => ({ success: false, error: { message } });
const known = { pin: true, messageId: messages.privateChat };
const inPrivate = { chatJid: chats.private, expiresAt: expect.any(Number) };
const byAccount = { headers: { token: accountToken } };

describe('pinMessage', () => {
	it('pins for the duration asked for', async () => {
		const answer = await pin({ ...known, duration: '30d' });
		expect(answer.status).toBe(200);
		expect(answer.body).toEqual({
			success: true,
			message: 'Message pinned successfully',
			chat_jid: chats.private,
			message_id: messages.privateChat,
			pinned: true,
			duration: '30d',
		});
		expect([...ryze.pins]).toEqual([
			[`demo/${messages.privateChat}`, { ...inPrivate, duration: '30d' }],
		]);
	});

	it.each([{}, { duration: '' }, { duration: null }])('pins for 7d given %j', async (part) => {
		expect((await pin({ ...known, ...part })).body.duration).toBe('7d');
	});

	it('is idempotent, and a second pin changes the duration', async () => {
		await pin({ ...known, duration: '24h' });
		expect((await pin({ ...known, duration: '7d' })).status).toBe(200);
		expect([...ryze.pins.values()]).toEqual([{ ...inPrivate, duration: '7d' }]);
		for (let i = 0; i < 2; i++) {
			expect((await pin({ ...known, pin: false })).body.pinned).toBe(false);
		}
	});

	it('takes a missing pin as false', async () => {
		await pin(known);
		expect((await pin({ messageId: messages.privateChat })).body.pinned).toBe(false);
		expect(ryze.pins.size).toBe(0);
	});

	it.each([
		['messageId is required', { pin: true, messageId: '' }],
		['messageId is required', 'null'],
		['Invalid request body: malformed JSON', ''],
		['Invalid request body: malformed JSON', '{pin:true}'],
		['Invalid request body: not an object', []],
		['Invalid request body: not an object', '5'],
		['Invalid request body: wrong type of "duration"', { ...known, duration: 7 }],
	])('answers 400 "%s" to %j', async (message, body) => {
		const answer = await pin(body);
		expect(answer.status).toBe(400);
		expect(answer.body).toEqual(failed(message));
		expect(ryze.pins.size).toBe(0);
	});

	it('responds with 400 to a body that is too large', async () => {
		const large = await pin({ ...known, padding: 'x'.repeat(1024 * 1024) });
		expect(large.body).toEqual(failed('Invalid request body: too large'));
	});

	it('responds with 400 to a path that ends before the slash and the name', async () => {
		const answer = await call('/api/chat/pinMessage', { method: 'POST' });
		expect(answer.status).toBe(400);
		expect(answer.body).toEqual(failed('Instance name is required'));
	});

	it.each([
		[`message with ID ${messages.ofSecond} not found`, { pin: true, messageId: messages.ofSecond }],
		['invalid duration "7D": use "24h", "7d" or "30d"', { ...known, duration: '7D' }],
	])('answers 500 "%s"', async (message, body) => {
		const answer = await pin(body);
		expect(answer.status).toBe(500);
		expect(answer.body).toEqual(failed(message));
		expect(ryze.pins.size).toBe(0);
	});

	it('knows added messages, each in its chat', async () => {
		ryze.addMessages('second', ['ONE', 'TWO']);
		ryze.addMessages('second', ['THREE'], chats.group);
		const jids = [];
		for (const messageId of ['ONE', 'TWO', 'THREE']) {
			const answer = await pin({ pin: true, messageId }, { instance: 'second', ...byAccount });
			jids.push(answer.body.chat_jid);
		}
		expect(jids).toEqual([chats.private, chats.private, chats.group]);
		expect(() => ryze.addMessages('nobody', ['ONE'])).toThrow('no instance named "nobody"');
	});
});

describe('what WhatsApp makes of a pin', () => {
	const HOUR = 60 * 60 * 1000;
	const IN_GROUP = ['FIRST', 'SECOND', 'THIRD', 'FOURTH'];
	const BEGIN = Date.UTC(2026, 3, 28);

	beforeEach(() => {
		jest.spyOn(Date, 'now').mockReturnValue(BEGIN);
		ryze.addMessages('demo', IN_GROUP, chats.group);
		ryze.addMessages('second', IN_GROUP, chats.group);
	});

	afterEach(() => jest.restoreAllMocks());

	/** @param {number} hours since the test began */
	const at = (hours) => jest.mocked(Date.now).mockReturnValue(BEGIN + hours * HOUR);

	/** @param {string} messageId @param {object} [fields] */
	const pinned = async (messageId, fields) => {
		const { status } = await pin({ pin: true, messageId, ...fields }, byAccount);
		expect(status).toBe(200);
	};

	/** The messages pinned now, the one that was pinned first at the front. */
	const shown = () => [...ryze.pins.keys()];
	/** @param {string[]} ids */
	const ofDemo = (...ids) => ids.map((id) => `demo/${id}`);

	it('a fourth pin in a chat drops the oldest one, and succeeds', async () => {
		for (const id of IN_GROUP.slice(0, 3)) await pinned(id);
		await pinned(messages.privateChat);
		expect(shown()).toEqual(ofDemo('FIRST', 'SECOND', 'THIRD', messages.privateChat));
		const fourth = await pin({ pin: true, messageId: 'FOURTH' });
		expect(fourth.body).toMatchObject({ success: true, pinned: true });
		expect(shown()).toEqual(ofDemo('SECOND', 'THIRD', messages.privateChat, 'FOURTH'));
	});

	it('another instance keeps pins of its own', async () => {
		for (const id of IN_GROUP.slice(0, 3)) await pinned(id);
		const other = { pin: true, messageId: 'FOURTH' };
		expect((await pin(other, { instance: 'second', ...byAccount })).status).toBe(200);
		expect(shown()).toEqual([...ofDemo('FIRST', 'SECOND', 'THIRD'), 'second/FOURTH']);
	});

	it('pinning again moves the message to the front, so that the next one drops another', async () => {
		for (const id of ['FIRST', 'SECOND', 'THIRD', 'FIRST', 'FOURTH']) await pinned(id);
		expect(shown()).toEqual(ofDemo('THIRD', 'FIRST', 'FOURTH'));
	});

	it('an unpinned message makes room', async () => {
		for (const id of IN_GROUP.slice(0, 3)) await pinned(id);
		await pinned('SECOND', { pin: false });
		await pinned('FOURTH');
		expect(shown()).toEqual(ofDemo('FIRST', 'THIRD', 'FOURTH'));
	});

	it.each([
		['24h', 24],
		['7d', 7 * 24],
		['30d', 30 * 24],
	])('a pin of %s ends after that time', async (duration, hours) => {
		await pinned('FIRST', { duration });
		at(hours - 0.001);
		expect(shown()).toEqual(ofDemo('FIRST'));
		at(hours);
		expect(shown()).toEqual([]);
	});

	it('pinning again restarts the duration', async () => {
		await pinned('FIRST', { duration: '30d' });
		at(14 * 24);
		await pinned('FIRST', { duration: '30d' });
		at(43 * 24);
		expect(shown()).toEqual(ofDemo('FIRST'));
		at(44 * 24);
		expect(shown()).toEqual([]);
	});

	it('pinning again for a shorter time ends it earlier', async () => {
		await pinned('FIRST', { duration: '30d' });
		await pinned('FIRST', { duration: '24h' });
		at(24);
		expect(shown()).toEqual([]);
	});

	it('a pin that has ended takes no room', async () => {
		await pinned('FIRST', { duration: '30d' });
		await pinned('SECOND', { duration: '24h' });
		await pinned('THIRD', { duration: '30d' });
		at(24);
		await pinned('FOURTH');
		expect(shown()).toEqual(ofDemo('FIRST', 'THIRD', 'FOURTH'));
	});

	it('each pin posts a line in the chat, an unpin posts none', async () => {
		await pinned('FIRST');
		await pinned('FIRST');
		await pinned('FIRST', { pin: false });
		await pinned(messages.privateChat);
		await pin({ pin: true, messageId: messages.unknown });
		expect(ryze.pinLines).toEqual([
			{ instance: 'demo', chatJid: chats.group, messageId: 'FIRST' },
			{ instance: 'demo', chatJid: chats.group, messageId: 'FIRST' },
			{ instance: 'demo', chatJid: chats.private, messageId: messages.privateChat },
		]);
		ryze.reset();
		expect(ryze.pinLines).toEqual([]);
	});

	it.each(['120363400000000001@newsletter', 'status@broadcast', '1700000000@broadcast'])(
		'a pin in %s succeeds and does nothing',
		async (chat) => {
			ryze.addMessages('demo', ['POST'], chat);
			await pinned('POST');
			expect([shown(), ryze.pinLines]).toEqual([[], []]);
		},
	);
});

describe('an endpoint', () => {
	it.each([
		['the account token', { token: accountToken }, 'account'],
		['an instance bearer', { token: '', Authorization: 'Bearer sandbox-token-demo' }, 'demo'],
		['an account bearer', { token: '', Authorization: `Bearer ${accountToken}` }, 'account'],
	])('takes %s', async (_name, headers, kind) => {
		expect((await pin(known, { headers })).status).toBe(200);
		expect(ryze.requests[0].token).toBe(kind);
	});

	it.each([
		['Missing token in header', { token: '', Authorization: accountToken }, '', 'none'],
		['Missing token in header', { token: '' }, `?token=${accountToken}`, 'none'],
		['Invalid token', { token: '', Authorization: 'Bearer nonsense' }, '', 'unknown'],
	])('answers 401 "%s" to %j%s', async (message, headers, query, kind) => {
		const answer = await pin(known, { instance: `demo${query}`, headers });
		expect(answer.status).toBe(401);
		expect(answer.body).toEqual(failed(message));
		expect(ryze.requests[0].token).toBe(kind);
		expect(JSON.stringify(ryze.requests)).not.toContain(accountToken);
	});

	it('responds with 403 to an instance token for another instance that exists', async () => {
		const answer = await pin(known, { instance: 'second' });
		expect(answer.status).toBe(403);
		expect(answer.body).toEqual(failed('Instance token does not match the requested instance'));
	});

	it('responds with 404 to the account token for a name with a slash', async () => {
		const answer = await pin(known, { instance: 'a%2Fb', ...byAccount });
		expect(answer.status).toBe(404);
		expect(answer.body).toEqual(failed('Instance not found'));
	});

	it('refuses a name that cannot be decoded, and records each path as it was sent', async () => {
		expect((await pin(known, { instance: '%zz' })).status).toBe(400);
		expect(ryze.requests[0].path).toBe('/api/chat/pinMessage/%zz');
	});

	it('is missing on other paths, which get plain text', async () => {
		const unknown = await call('/api/chat/pinmessage/demo', { method: 'POST' });
		expect([unknown.status, unknown.text]).toEqual([404, '404 page not found\n']);
		const deeper = await call('/api/chat/pinMessage/demo/', { method: 'POST' });
		expect(deeper.status).toBe(404);
		const wrong = await call('/api/chat/pinMessage/demo');
		expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
	});
});

describe('the rate limit', () => {
	it('counts down per token and refuses without doing the work', async () => {
		ryze.configure({ limit: 2 });
		const before = Math.floor((Date.now() + 60_000) / 1000);
		const first = await pin(known);
		const reset = Number(first.headers.get('x-ratelimit-reset'));
		expect(reset).toBeGreaterThanOrEqual(before);
		expect(reset).toBeLessThanOrEqual(Math.floor((Date.now() + 60_000) / 1000));
		expect(first.headers.get('x-ratelimit-limit')).toBe('2');
		expect(first.headers.get('x-ratelimit-remaining')).toBe('1');

		const failing = await pin({ pin: true });
		expect([failing.status, failing.headers.get('x-ratelimit-remaining')]).toEqual([400, '0']);

		const refused = await pin({ pin: true, messageId: messages.group });
		expect(refused.status).toBe(429);
		expect(refused.body).toEqual(failed('Rate limit exceeded. Try again later.'));
		expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
		expect(Number(refused.headers.get('x-ratelimit-reset'))).toBe(reset);
		expect(ryze.pins.size).toBe(1);
		expect(ryze.requests.map((r) => [r.status, r.refused])).toEqual([
			[200, false],
			[400, false],
			[429, true],
		]);

		expect((await pin(known, byAccount)).status).toBe(200);
	});

	it('begins a new window with the first request after the old one', async () => {
		ryze.configure({ limit: 1, windowMs: 150, resetHeader: String });
		const begin = Date.now();
		const clock = jest.spyOn(Date, 'now');
		/** @param {number} passed */
		const after = async (passed) => {
			clock.mockReturnValue(begin + passed);
			const { status, headers } = await pin(known);
			return [status, Number(headers.get('x-ratelimit-reset')) - begin];
		};
		expect(await after(0)).toEqual([200, 150]);
		expect(await after(149)).toEqual([429, 150]);
		expect(await after(190)).toEqual([200, 340]);
		clock.mockRestore();
	});

	it('leaves out the headers, or rounds the reset down, as resetHeader says', async () => {
		ryze.configure({ resetHeader: () => undefined });
		const { headers } = await pin(known);
		expect(LIMIT_HEADERS.filter((name) => headers.has(name))).toEqual([]);
		ryze.configure({ resetHeader: undefined });
		expect((await pin(known)).headers.get('x-ratelimit-reset')).toMatch(/^\d{10}$/);
		expect(() => ryze.configure({ limit: -1 })).toThrow(TypeError);
	});

	it('can be used up by another program', async () => {
		ryze.spend('demo', 99);
		expect((await pin(known)).headers.get('x-ratelimit-remaining')).toBe('0');
		expect((await pin(known)).status).toBe(429);
		expect((await pin(known, byAccount)).status).toBe(200);
	});
});

describe('a fault', () => {
	it('can replace the response, and nothing is done', async () => {
		const body = { success: false, error: { message: 'boom' } };
		ryze.setFault(() => ({ status: 503, body, headers: { 'x-ratelimit-remaining': '7' } }));
		const answer = await pin(known);
		expect([answer.status, answer.body]).toEqual([503, body]);
		expect(answer.headers.get('x-ratelimit-remaining')).toBe('7');
		expect(answer.headers.get('x-ratelimit-limit')).toBe('100');

		const type = 'text/html';
		ryze.setFault(() => ({ status: 502, body: '<h1>', headers: { 'Content-Type': type } }));
		const page = await pin(known);
		expect([page.status, page.text, page.headers.get('content-type')]).toEqual([502, '<h1>', type]);

		expect(ryze.pins.size).toBe(0);
		ryze.setFault(undefined);
		expect((await pin(known)).headers.get('x-ratelimit-remaining')).toBe('97');
	});

	it('is looked up for each request by its index and its body', async () => {
		/** @type {unknown[]} */
		const seen = [];
		ryze.setFault(({ index, body, token, method, path }) => {
			seen.push([index, body, token, method, path]);
			return index === 1 ? { status: 500, body: '' } : undefined;
		});
		const statuses = [];
		for (let i = 0; i < 3; i++) statuses.push((await pin(known)).status);
		expect(statuses).toEqual([200, 500, 200]);
		const rest = [known, 'demo', 'POST', '/api/chat/pinMessage/demo'];
		expect(seen).toEqual([0, 1, 2].map((index) => [index, ...rest]));
	});

	it.each(
		/** @type {['before' | 'after', number][]} */ ([
			['before', 0],
			['after', 1],
		]),
	)('can cut the connection %s the work', async (reset, pins) => {
		ryze.setFault(() => ({ reset }));
		await expect(pin(known)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
		expect(ryze.pins.size).toBe(pins);
		expect(ryze.requests).toMatchObject([{ status: 0, refused: false, body: known }]);
		ryze.setFault(undefined);
		expect((await pin(known)).headers.get('x-ratelimit-remaining')).toBe('98');
	});

	it('can leave a request without a response', async () => {
		ryze.setFault(({ index }) => (index === 0 ? { hang: true } : undefined));
		const leaving = new AbortController();
		const outcome = expect(pin(known, leaving)).rejects.toMatchObject({ name: 'AbortError' });
		await until(() => ryze.requests[0]?.body !== undefined && ryze.requests[0].body !== '');
		expect((await pin({ pin: true })).status).toBe(400);
		leaving.abort();
		await outcome;
		expect(ryze.requests).toMatchObject([{ status: 0, body: known }, { status: 400 }]);
		expect(ryze.pins.size).toBe(0);
	});

	it('can send the real response in small pieces', async () => {
		ryze.setFault(() => ({ drip: { everyMs: 10, bytes: 20 } }));
		const start = performance.now();
		const { body, text } = await pin(known);
		const pauses = Math.ceil(text.length / 20) - 1;
		expect(body.message).toBe('Message pinned successfully');
		expect(performance.now() - start).toBeGreaterThan(pauses * 10 * 0.9);
		expect(ryze.requests[0].status).toBe(200);
	});

	it('is recorded as cut when the client leaves early, though the work is done', async () => {
		ryze.setFault(() => ({ drip: { everyMs: 50, bytes: 1 } }));
		const leaving = new AbortController();
		const outcome = expect(pin(known, leaving)).rejects.toThrow();
		await until(() => ryze.requests[0]?.status === 200);
		leaving.abort();
		await outcome;
		await until(() => ryze.requests[0].status === 0);
		expect(ryze.pins.size).toBe(1);
	});

	it('can delay the response but not the work', async () => {
		ryze.configure({ latencyMs: 40 });
		ryze.setFault(() => ({ delayMs: 60 }));
		let pinnedAt = NaN;
		const { set } = ryze.pins;
		ryze.pins.set = (...pinned) => {
			pinnedAt = performance.now();
			return set.apply(ryze.pins, pinned);
		};
		expect((await pin(known)).status).toBe(200);
		expect(performance.now() - pinnedAt).toBeGreaterThan(95);
	});

	it('does not replace a refusal by the rate limit', async () => {
		ryze.configure({ limit: 0 });
		ryze.setFault(() => ({ status: 200, body: 'fine' }));
		expect((await pin(known)).status).toBe(429);
	});

	it('that throws is shown as a failure of the sandbox itself', async () => {
		ryze.setFault(() => {
			throw new Error('mistake in a test');
		});
		const { status, text } = await pin(known);
		expect(status).toBe(500);
		expect(text).toContain('The sandbox itself failed: Error: mistake in a test');
	});
});

describe('the sandbox itself', () => {
	it('records requests in the order of arrival', async () => {
		const start = Date.now();
		await call('/api/instance/getSettings/demo?part=all&token=sandbox-token-second');
		await pin('{broken', { headers: { 'Content-Type': 'application/json; charset=utf-8' } });
		expect(ryze.requests).toEqual([
			{
				at: expect.any(Number),
				method: 'GET',
				path: '/api/instance/getSettings/demo',
				query: { part: 'all', token: 'second' },
				token: 'demo',
				contentType: undefined,
				body: '',
				status: 200,
				refused: false,
			},
			{
				at: expect.any(Number),
				method: 'POST',
				path: '/api/chat/pinMessage/demo',
				query: {},
				token: 'demo',
				contentType: 'application/json; charset=utf-8',
				body: '{broken',
				status: 400,
				refused: false,
			},
		]);
		const times = ryze.requests.map(({ at }) => at);
		expect(times[0]).toBeGreaterThanOrEqual(start);
		expect(times[1]).toBeGreaterThanOrEqual(times[0]);
	});

	it('records a request whose body never came to its end', async () => {
		const socket = connect(Number(new URL(ryze.url).port), '127.0.0.1');
		const head = 'POST /api/chat/pinMessage/demo HTTP/1.1\r\nHost: x\r\ntoken: nonsense\r\n';
		socket.write(`${head}Content-Length: 100\r\n\r\n{"pin"`);
		while (ryze.requests.length === 0) await sleep(5);
		socket.destroy();
		expect((await pin(known)).status).toBe(200);
		expect(ryze.requests).toMatchObject([
			{ token: 'unknown', status: 0, body: '' },
			{ token: 'demo', status: 200 },
		]);
	});

	it('forgets requests, pins, windows and the fault on reset', async () => {
		const { requests, pins } = ryze;
		await pin(known);
		ryze.setFault(() => ({ status: 500, body: '' }));
		ryze.reset();
		expect([requests.length, pins.size]).toEqual([0, 0]);
		const answer = await pin(known);
		expect([answer.status, answer.headers.get('x-ratelimit-remaining')]).toEqual([200, '99']);
		expect([requests.length, pins.size]).toEqual([1, 1]);
	});

	it('starts with the settings given, on 127.0.0.1', async () => {
		const other = await startRyze({ limit: 3, windowMs: 5000, latencyMs: 1 });
		try {
			expect(other.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
			await expect(fetch(other.url.replace('0.0.1', '0.0.2'))).rejects.toThrow();
			const response = await fetch(`${other.url}/nowhere`);
			expect(response.headers.get('x-ratelimit-limit')).toBe('3');
			expect(ryze.requests).toEqual([]);
		} finally {
			await other.stop();
		}
	});

	it('cuts open connections when it stops, and stops only once', async () => {
		ryze.setFault(({ index }) => (index === 0 ? { hang: true } : { delayMs: 60_000 }));
		const waiting = [pin(known), pin(known)];
		const outcome = Promise.allSettled(waiting);
		while (ryze.requests.filter(({ body }) => body !== '').length < 2) await sleep(5);
		await Promise.all([ryze.stop(), ryze.stop()]);
		expect((await outcome).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		await expect(pin(known)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
	});

	it('exports seeds nobody can change', () => {
		expect(accountToken).toBe('sandbox-account-token');
		expect(Object.values(instances).map(({ token }) => token)).toEqual([
			'sandbox-token-demo',
			'sandbox-token-second',
			'sandbox-token-offline',
		]);
		expect(ryze.seeds).toBe(seeds);
		expect(Object.isFrozen(seeds) && Object.isFrozen(seeds.instances.demo.known)).toBe(true);
	});
});
