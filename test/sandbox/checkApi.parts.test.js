'use strict';

const { roundingOf, pinPathOf } = require('../../checks/observations');
const { createPace } = require('../../checks/pace');
const { plain } = require('../../checks/privacy');
const { describeShape, differences } = require('../../checks/shape');
const { createLimiter } = require('../../sandbox/ryze/limiter');
const { defaultSettings } = require('../../sandbox/ryze/settings');

const MINUTE = Date.UTC(2026, 0, 1);

/**
 * @param {number} status
 * @param {unknown} json
 * @param {Record<string, string>} [headers]
 * @returns {import('../../checks/types').Answer}
 */
const answer = (status, json, headers = {}) => ({
	status,
	json,
	headers: new Headers(headers),
	bytes: 0,
	at: MINUTE,
});

/**
 * The first answers of windows that begin at these milliseconds of a minute.
 *
 * @param {Partial<import('../../sandbox/ryze/types').Settings>} changes
 * @param {number[]} begins
 */
function begun(changes, begins) {
	return begins.map((begin) => {
		const now = MINUTE + begin;
		const { headers } = createLimiter({ ...defaultSettings(), ...changes }, () => now).take('demo');
		return answer(200, {}, { ...headers, Date: new Date(now).toUTCString() });
	});
}

describe('how the reset is rounded', () => {
	/** @type {[Partial<import('../../sandbox/ryze/types').Settings>, number[], RegExp][]} */
	const cases = [
		[{ counting: 'window, reset rounded down' }, [15_300, 16_900], /^down \(60, 60 /],
		[{ counting: 'window, reset rounded up' }, [15_300, 16_900], /^up \(61, 61 /],
		[
			{ resetHeader: (at) => String(Math.round(at / 1000)) },
			[15_300, 16_900],
			/^up, or to the nea/,
		],
		[{ counting: 'window by the clock' }, [15_300, 16_900], /^exact: windows end by the clock/],
		[{ counting: 'window by the clock' }, [300], /^cannot tell: the window began with a minute/],
		[{ counting: 'token bucket' }, [15_300], /^cannot tell: no window of a minute fits \(0 /],
		[{ resetHeader: (at) => String(at / 1000) }, [15_300], /^exact: it has fractions/],
		[{ resetHeader: () => undefined }, [15_300], /^cannot tell: no request was seen to begin/],
		[{ windowMs: 30_000 }, [15_300], /^cannot tell: no window of a minute fits \(30 /],
	];
	it.each(cases)('is told for %j from windows begun at %j', (changes, begins, verdict) => {
		expect(roundingOf(begun(changes, begins))).toMatch(verdict);
	});

	it('is not told from a request in the middle of a window', () => {
		const [first] = begun({}, [15_300]);
		first.headers.set('X-RateLimit-Remaining', '98');
		expect(roundingOf([first])).toMatch(/^cannot tell/);
	});
});

describe('the path that pins a chat', () => {
	const refused = { success: false, error: { message: 'Invalid request body: x' } };

	it('exists where Ryze refuses the body', () => {
		expect(pinPathOf([answer(404, undefined), answer(400, refused)])).toBe(
			'/api/chat/pinChat does not exist, /api/chat/pin exists',
		);
	});

	it('is left open after any other response', () => {
		const other = { success: false, error: { message: 'Maria' } };
		expect(pinPathOf([answer(404, other), undefined])).toBe(
			'/api/chat/pinChat cannot be told (HTTP 404, { success: boolean, ' +
				'error: { message: string } }), /api/chat/pin was not asked',
		);
	});
});

describe('the pace', () => {
	const headers = (/** @type {number} */ remaining) => ({
		Date: new Date(MINUTE).toUTCString(),
		'X-RateLimit-Remaining': String(remaining),
		'X-RateLimit-Reset': String(MINUTE / 1000 + 20),
	});

	it('is less than three requests in a second', async () => {
		let now = MINUTE;
		const sleep = async (/** @type {number} */ milliseconds) => void (now += milliseconds);
		const pace = createPace({ now: () => now, sleep });
		for (let i = 0; i < 11; i++) await pace.turn();
		expect(now - MINUTE).toBe(4000);
	});

	it('ends when few requests remain, until the window is over', () => {
		let now = MINUTE;
		const pace = createPace({ now: () => now });
		expect(pace.stop()).toBeUndefined();
		pace.note(answer(200, {}, headers(11)));
		expect([pace.stop(), pace.stop(2)]).toEqual([undefined, expect.stringContaining('only 11')]);
		pace.note(answer(200, {}, headers(10)));
		expect(pace.stop()).toContain('only 10 requests remain');
		pace.note(answer(200, {}));
		expect(pace.stop()).toContain('only 10 requests remain');
		now += 21_001;
		expect(pace.stop()).toBeUndefined();
	});
});

describe('an error message that is shown', () => {
	const known = { token: 'a1b2c3d4-e5f6', instance: 'my-shop', message: '3EB0FACE' };
	/** @type {[string | undefined, string, { instance: string }?][]} */
	const cases = [
		['messageId is required', 'messageId is required'],
		[
			'invalid duration "8h": use "24h", "7d" or "30d"',
			'invalid duration "…": use "24h", "7d" or "30d"',
		],
		[
			"invalid character 'q' looking for beginning of value",
			"invalid character '…' looking for beginning of value",
		],
		['group Família de Zé not found', 'group … not found'],
		['call +55 (11) 91234-5678 or 5511912345678', 'call … or …'],
		['call 11 91234 5678', 'call …'],
		['chat 5511912345678@s.whatsapp.net', 'chat …@s.whatsapp.net'],
		['token a1b2c3d4-e5f6 of my-shop', 'token … of …'],
		['shop of my-shop: messageId not found', '… of …: messageId not found'],
		['a is not able', '… is not able', { instance: 'a' }],
		['日本 not found', '… not found'],
		[undefined, '(no text)'],
	];
	it.each(cases)('is made of known words: %j', (sentence, shown, own = known) => {
		expect(plain(sentence, own)).toBe(shown);
	});

	it('is not longer than what a program would say', () => {
		expect(plain('not '.repeat(1000)).length).toBeLessThan(310);
	});
});

describe('the shape of a response', () => {
	it('has names and types only', () => {
		const value = { a: [{ b: 1 }, { b: null, c: 'Maria' }], d: [], e: {}, f: ['x', 2] };
		expect(describeShape(value)).toBe(
			'{ a: [{ b: number or null, c?: string }], d: [], e: {}, f: [string or number] }',
		);
	});

	it('is compared field by field', () => {
		const shape = { a: [{ b: 'integer', 'c?': 'time' }], d: { e: '=x' }, f: 'absent' };
		const right = { a: [{ b: 1, c: '2026-01-01T00:00:00Z' }], d: { e: 'x' }, more: 1 };
		expect(differences(shape, right)).toEqual([]);
		const wrong = { a: [{}, {}, { b: '1', c: 'now' }], d: { e: 'Maria' }, f: 0 };
		expect(differences(shape, wrong)).toEqual([
			'`a[].b` is missing',
			'`a[].b` is not integer but another text',
			'`a[].c` is not time but another text',
			'`d.e` is another text',
			'`f` should not be there',
		]);
		expect(differences(shape, [])).toEqual(['the answer is no object but list']);
	});
});
