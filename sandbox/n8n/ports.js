'use strict';

const net = require('node:net');

/**
 * @returns {Promise<number>} A port on loopback that was free a moment ago. n8n takes no port 0, so
 * another program can still get it first; n8n then says so and ends.
 */
async function freePort() {
	return await new Promise((resolve, reject) => {
		const server = net.createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = /** @type {net.AddressInfo} */ (server.address());
			server.close(() => resolve(port));
		});
	});
}

module.exports = { freePort };
