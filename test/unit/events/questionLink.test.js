const {
	isLinkOf,
	isProof,
	mayHaveLink,
	newMark,
	ownLinksIn,
	proofOf,
} = require('../../../build/nodes/Ryze/events/questionLink');

const waiting = 'https://n8n.example.com/base/webhook-waiting';
const signature = 'a'.repeat(64);
const link = `${waiting}/12/node-1?q=abc&signature=${signature}`;

describe('the link of a question in a text', () => {
	it('is found, with all others', () => {
		const other = link.replace('abc', 'xyz');
		expect(ownLinksIn(`Pin it?\n\nOpen ${link}`, waiting)).toEqual([link]);
		expect(ownLinksIn(`See ${other} now.\n\nOpen ${link}`, waiting)).toEqual([other, link]);
		expect(ownLinksIn(`Open ${link} or so`, `${waiting}/`)).toEqual([link]);
		expect([link, 'signature=abc'].map(mayHaveLink)).toEqual([true, false]);
	});

	it('is found within quotation marks or angle brackets, in any case of its protocol', () => {
		for (const text of [`<${link}>`, `"${link}"`, `(see:${link}\n)`]) {
			expect(ownLinksIn(text, waiting)).toEqual([link]);
		}
		const loud = link.replace('https', 'HTTPS');
		expect(ownLinksIn(loud, waiting)).toEqual([loud]);
	});

	it('is found where n8n is reached without TLS', () => {
		const local = 'http://127.0.0.1:5678/webhook-waiting';
		const there = link.replace(waiting, local);
		expect(ownLinksIn(there, local)).toEqual([there]);
	});

	it.each([
		['no link', 'Pin it?'],
		['another host', link.replace('n8n.example.com', 'evil.example.com')],
		['a host that begins alike', link.replace('example.com', 'example.com.evil.org')],
		['a user name', link.replace('https://', 'https://evil.org@')],
		['its own host as a user name', link.replace('n8n.example.com', 'n8n.example.com@evil.org')],
		['another port', link.replace('example.com', 'example.com:8443')],
		['another protocol', link.replace('https:', 'http:')],
		['another path', link.replace('webhook-waiting', 'webhook')],
		['a way up', link.replace('/12/', '/12/../../../rest/')],
		['an encoded way up', link.replace('/12/', '/12/%2e%2e/')],
		['a deeper path', link.replace('node-1', 'node-1/more')],
		['a path that begins alike', link.replace('webhook-waiting', 'webhook-waiting-2')],
		['an encoded slash', link.replace('node-1', '..%2f..%2frest%2fx')],
		['one more parameter', `${link}&more=1`],
		['a parameter twice', `${link}&q=abc`],
		['no mark', link.replace('q=abc&', '')],
		['no execution', link.replace('/12/', '/x/')],
		['an execution that ends like a number', link.replace('/12/', '/x12/')],
		['no signature', link.replace(/&.*/, '&signature=')],
		['a signature of another name', link.replace('signature', 'x-signature')],
		['a longer signature', `${link}a`],
		['a signature of other characters', link.replace('signature=', 'signature=-')],
		['no address', `https://[signature=${signature}`],
		['a backslash', link.replace('n8n.example.com', 'n8n.example.com\\@evil.org')],
	])('is not one with %s', (_, text) => {
		expect(ownLinksIn(text, waiting)).toEqual([]);
	});

	it('is none while the address of n8n is not known', () => {
		expect(ownLinksIn(link, '')).toEqual([]);
	});
});

describe('the mark in the link of a question', () => {
	const sender = { token: 'token-of-ann', instance: 'Shop' };
	/** @type {string} */
	let mark;

	beforeAll(async () => {
		mark = await newMark('12/node-1', sender);
	});

	/** @param {string} q */
	const linkWith = (q) => link.replace('abc', q);

	it('is known to whoever has the token, and differs each time', async () => {
		expect(mark).toMatch(/^[\w-]{28}$/);
		expect(await newMark('12/node-1', sender)).not.toBe(mark);
		expect(await isLinkOf(linkWith(mark), { ...sender, instance: 'shop' })).toBe(true);
	});

	it.each([
		['another token', { token: 'token-of-bob' }],
		['another instance', { instance: 'second' }],
	])('is not one with %s', async (_, other) => {
		expect(await isLinkOf(linkWith(mark), { ...sender, ...other })).toBe(false);
	});

	it.each(['/13/node-1', '/12/node-2', '/112/node-1'])(
		'is not one of another place: %s',
		async (place) => {
			expect(linkWith(mark)).toContain('/12/node-1?');
			expect(await isLinkOf(linkWith(mark).replace('/12/node-1', place), sender)).toBe(false);
		},
	);

	it('is not one when a character is another', async () => {
		for (const at of [0, 11, 12, 27]) {
			const changed = mark.slice(0, at) + (mark[at] === 'A' ? 'B' : 'A') + mark.slice(at + 1);
			expect(await isLinkOf(linkWith(changed), sender)).toBe(false);
		}
		expect(await isLinkOf(linkWith(mark + 'A'), sender)).toBe(false);
		expect(await isLinkOf(linkWith(''), sender)).toBe(false);
		expect(await isLinkOf(link.replace('q=abc&', ''), sender)).toBe(false);
	});
});

describe('the proof of an answer', () => {
	/** @type {any} */
	const answer = {
		via: 'reply',
		questionId: '3EB0Q',
		id: '3EB0A',
		text: 'yes',
		chatIds: ['1@g.us'],
		senderIds: ['5511999999999@s.whatsapp.net'],
	};
	const proof = proofOf('token-of-ann', link, answer);

	it('is accepted for the same answer to the same question', () => {
		expect(isProof(proof, 'token-of-ann', link, { ...answer })).toBe(true);
		expect(proof).toMatch(/^[0-9a-f]{64}$/);
	});

	it.each([
		['another token', 'token-of-bob', link, answer],
		['another question', 'token-of-ann', link.replace('abc', 'xyz'), answer],
		['another execution', 'token-of-ann', link.replace('/12/', '/13/'), answer],
		...Object.entries({
			via: 'reaction',
			questionId: '3EB0X',
			id: '3EB0B',
			text: 'no',
			chatIds: ['2@g.us'],
			senderIds: [],
		}).map(([name, value]) => [
			`another ${name}`,
			'token-of-ann',
			link,
			{ ...answer, [name]: value },
		]),
	])('is not accepted with %s', (_, token, of, other) => {
		expect(isProof(proof, token, of, other)).toBe(false);
	});

	it.each([undefined, '', 'x', [proof]])('is not accepted when it is %j', (given) => {
		expect(isProof(given, 'token-of-ann', link, answer)).toBe(false);
	});
});
