'use strict';

const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const { freePort } = require('./ports');
const { startServer } = require('./server');

/** Where Debian's package puts it. */
const REDIS_BIN = '/usr/bin/redis-server';

/**
 * Starts a Redis of our own on loopback, which keeps nothing on disk. One that the machine runs as a
 * service is neither used nor touched.
 *
 * @returns {Promise<{ port: number, stop: () => Promise<void> }>} Rejects, saying how to get it, when
 * it is not installed.
 */
async function startRedis() {
	if (!fs.existsSync(REDIS_BIN)) {
		throw new Error(
			`There is no ${REDIS_BIN}. Get it with: apt-get update && apt-get install -y redis-server`,
		);
	}
	const port = await freePort();
	const command = [REDIS_BIN, '--port', String(port), '--bind', '127.0.0.1'];
	const nothingOnDisk = ['--save', '', '--appendonly', 'no'];
	const stop = await startServer(
		'Redis',
		[...command, ...nothingOnDisk],
		os.tmpdir(),
		async () => await answersPing(port),
	);
	return { port, stop };
}

/** @param {number} port @returns {Promise<boolean>} */
async function answersPing(port) {
	return await new Promise((resolve) => {
		const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		socket.setTimeout(1_000, () => socket.destroy());
		socket.once('data', (data) => {
			resolve(data.toString().startsWith('+PONG'));
			socket.destroy();
		});
		socket.once('error', () => resolve(false));
		socket.once('close', () => resolve(false));
	});
}

module.exports = { startRedis };
