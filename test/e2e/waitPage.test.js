const { once } = require('node:events');
const { createServer } = require('node:http');
const { text: bodyOf } = require('node:stream/consumers');
const { openBrowser } = require('../../sandbox/n8n/editorPage');
const { HEADERS, questionPage } = require('../../build/nodes/Ryze/wait/page');

const LONG =
	'Pin this?\n\n' + 'https://example.com/'.padEnd(300, 'x') + '\n\n' + 'Text '.repeat(80);

/** @type {Record<string, any>} */
const questions = {
	approval: { text: LONG, approval: { approve: 'Approve', decline: 'Decline' }, byLink: true },
	labels: {
		text: 'Pin it?',
		approval: { approve: 'Yes, pin it for everyone in the group', decline: 'No'.repeat(60) },
		byLink: true,
	},
	freeText: { text: 'Which colour?', byLink: true },
	chat: { text: LONG, approval: { approve: 'Approve', decline: 'Decline' }, byLink: false },
};

describe('the page of a question, on a phone', () => {
	/** @type {import('node:http').Server} */
	let server;
	/** @type {import('playwright-core').Browser} */
	let browser;
	/** @type {string} */
	let url;
	/** @type {string[]} */
	const posted = [];

	beforeAll(async () => {
		server = createServer(async (request, response) => {
			if (request.method === 'POST') posted.push(await bodyOf(request));
			const name = String(request.url).slice(1).replace(/\?.*/, '');
			for (const [header, value] of Object.entries(HEADERS)) response.setHeader(header, value);
			response.end(questionPage({ inChat: true, until: 0, ...questions[name] }));
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
		url = `http://127.0.0.1:${port}`;
		browser = await openBrowser();
	});
	afterAll(async () => {
		await browser?.close();
		server.close();
		server.closeAllConnections();
	});

	/** @param {string} name @param {'light' | 'dark'} colorScheme */
	async function open(name, colorScheme = 'light') {
		const page = await browser.newPage({
			viewport: { width: 360, height: 640 },
			colorScheme,
		});
		/** @type {string[]} */
		const complaints = [];
		page.on('console', (message) => complaints.push(message.text()));
		await page.goto(`${url}/${name}?q=1&signature=2`);
		return { page, complaints };
	}

	it.each(Object.keys(questions))('fits, with buttons for a thumb: %s', async (name) => {
		for (const scheme of /** @type {const} */ (['light', 'dark'])) {
			const { page, complaints } = await open(name, scheme);
			const facts = await page.evaluate(() => {
				const { document, getComputedStyle } = /** @type {any} */ (globalThis);
				const { body, documentElement } = document;
				const [back, text] = [body, document.querySelector('p')].map((element) => {
					const style = getComputedStyle(element);
					return [style.backgroundColor, style.color];
				});
				return {
					overflow: documentElement.scrollWidth - documentElement.clientWidth,
					heights: [...document.querySelectorAll('button')].map(({ offsetHeight }) => offsetHeight),
					colors: [back[0], text[1]],
				};
			});
			expect(facts.overflow).toBeLessThanOrEqual(0);
			for (const height of facts.heights) expect(height).toBeGreaterThanOrEqual(48);
			expect(facts.heights).toHaveLength(
				{ approval: 2, labels: 2, freeText: 1, chat: 0 }[name] ?? -1,
			);
			// The style is let through, in either scheme.
			expect(facts.colors).toEqual(
				scheme === 'light'
					? ['rgb(244, 245, 247)', 'rgb(28, 30, 33)']
					: ['rgb(21, 24, 27)', 'rgb(233, 237, 239)'],
			);
			expect(complaints).toEqual([]);
			await page.close();
		}
	});

	it('sends what was chosen, to the whole link', async () => {
		const { page } = await open('approval');
		await page.click('text=Decline');
		expect(page.url()).toBe(`${url}/approval?q=1&signature=2`);
		expect(posted).toEqual(['answer=decline']);
		await page.goto(`${url}/freeText?q=1`);
		await page.click('text=Send');
		expect(posted).toHaveLength(1);
		await page.fill('textarea', 'Blue & green');
		await page.click('text=Send');
		expect(posted.at(-1)).toBe('text=Blue+%26+green');
		await page.close();
	});
});
