'use strict';

/*
 * Run by media.js. Gives the node an item with a file on n8n's own engine and prints, as JSON, the
 * most memory that the process has had. Arguments: address of a sandbox, where n8n keeps files
 * ("store" or "item"), bytes of the file, and "send", or "pin" for a run that leaves the file alone.
 */

const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { Readable } = require('node:stream');
const { BinaryDataService } = require('../sandbox/engine/core');
const { loadEngine } = require('../sandbox/engine');
const { seeds } = require('../sandbox/ryze');

/** The container that n8n-core itself uses. */
const { Container } = require(require.resolve('@n8n/di', { paths: [require.resolve('n8n-core')] }));

const MEDIA = {
	operation: 'sendMedia',
	chat: { __rl: true, mode: 'id', value: seeds.chats.group },
	mediaType: 'image',
	inputType: 'binary',
	binaryPropertyName: 'data',
};

/** A file that is never in memory as a whole. @param {number} bytes */
function pieces(bytes) {
	const piece = Buffer.alloc(65_536, 7);
	return Readable.from(
		(function* () {
			for (let left = bytes; left > 0; left -= piece.length) yield piece.subarray(0, left);
		})(),
	);
}

async function main() {
	const [baseUrl, keptIn, bytes, action] = process.argv.slice(2);
	const folder = mkdtempSync(path.join(tmpdir(), 'ryze-media-'));
	const engine = await loadEngine(path.join(__dirname, '..'));
	const { token, name: instance } = seeds.instances.demo;
	let data = { data: '', mimeType: 'image/png', fileName: 'picture.png' };
	if (keptIn === 'store') {
		const service = Container.get(BinaryDataService);
		Object.assign(/** @type {any} */ (service).config, {
			mode: 'filesystem',
			localStoragePath: folder,
		});
		await service.init();
		const place = { type: 'execution', workflowId: '1', executionId: '1' };
		data = /** @type {any} */ (
			await service.store(/** @type {any} */ (place), pieces(Number(bytes)), data)
		);
	} else data.data = Buffer.alloc(Number(bytes), 7).toString('base64');
	try {
		const { success, error } = await engine.run({
			items: [{ json: {}, binary: { data } }],
			parameters: action === 'send' ? MEDIA : { messageId: seeds.messages.group },
			credential: { token, instance, baseUrl },
		});
		if (error || success.length !== 1) throw error ?? new Error('Nothing was sent.');
	} finally {
		rmSync(folder, { recursive: true });
	}
	// Linux gives it in kilobytes.
	console.log(JSON.stringify({ peak: process.resourceUsage().maxRSS * 1024 }));
	process.exit(0);
}

void main();
