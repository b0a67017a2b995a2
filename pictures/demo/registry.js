'use strict';

/* The npm registry as n8n sees it while the demo is recorded: it has this package only, and it is
 * all of the internet that there is.
 *
 * n8n takes another address of a registry only with an enterprise licence, so n8n keeps the address
 * of the public one, and a proxy on 127.0.0.1, which n8n and its npm are told to use, answers in its
 * place. To everything else, the proxy says no. */
const { createHash } = require('node:crypto');
const { once } = require('node:events');
const { readFileSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');
const { TLSSocket, createSecureContext } = require('node:tls');
const { makeCertificate } = require('../../sandbox/ryze');

const HOST = 'registry.npmjs.org';

/** @param {string} algorithm @param {Buffer} bytes @param {'hex' | 'base64'} encoding */
const hash = (algorithm, bytes, encoding) => createHash(algorithm).update(bytes).digest(encoding);

/**
 * @param {any} manifest the package.json of the package
 * @param {Buffer} tarball
 * @returns {Map<string, { type: string, body: Buffer }>} the answers by path
 */
function answersFor(manifest, tarball) {
	const { name, version } = manifest;
	const file = `/${name}/-/${name}-${version}.tgz`;
	const dist = {
		tarball: `https://${HOST}${file}`,
		shasum: hash('sha1', tarball, 'hex'),
		integrity: `sha512-${hash('sha512', tarball, 'base64')}`,
	};
	const only = { ...manifest, _id: `${name}@${version}`, dist };
	const all = { name, 'dist-tags': { latest: version }, versions: { [version]: only } };
	const json = (/** @type {unknown} */ value) => ({
		type: 'application/json',
		body: Buffer.from(JSON.stringify(value)),
	});
	return new Map([
		[`/${name}`, json(all)],
		[`/${name}/latest`, json(only)],
		[`/${name}/${version}`, json(only)],
		[file, { type: 'application/octet-stream', body: tarball }],
	]);
}

/**
 * @param {string} tarball of the package, see sandbox/n8n/package.js
 * @param {any} manifest its package.json
 * @param {string} folder for files that n8n reads
 */
async function startRegistry(tarball, manifest, folder) {
	const answers = answersFor(manifest, readFileSync(tarball));
	const certificate = await makeCertificate(`DNS:${HOST}`);
	const secureContext = createSecureContext(certificate);
	/** @type {string[]} */
	const served = [];
	/** @type {Set<string>} */
	const refused = new Set();
	/** @type {Set<import('node:stream').Duplex>} */
	const open = new Set();

	const registry = createServer(({ url = '' }, response) => {
		const answer = answers.get(decodeURIComponent(url));
		served.push(`${answer ? 200 : 404} ${url}`);
		if (answer) response.writeHead(200, { 'content-type': answer.type }).end(answer.body);
		else response.writeHead(404).end('{}');
	});
	const proxy = createServer(({ url = '' }, response) => {
		refused.add(url);
		response.writeHead(403).end();
	});
	proxy.on('connect', ({ url = '' }, tcp) => {
		open.add(tcp);
		tcp.on('close', () => open.delete(tcp));
		tcp.on('error', () => tcp.destroy());
		if (url !== `${HOST}:443`) {
			refused.add(url);
			tcp.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		tcp.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		const socket = new TLSSocket(/** @type {any} */ (tcp), { isServer: true, secureContext });
		socket.on('error', () => tcp.destroy());
		registry.emit('connection', socket);
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (proxy.address());
	const url = `http://127.0.0.1:${port}`;
	const [authority, settings] = [join(folder, 'registry.pem'), join(folder, 'npmrc')];
	writeFileSync(authority, certificate.cert);
	writeFileSync(settings, '');

	return {
		/** For the n8n that shall use it, and for the npm that n8n starts. */
		env: {
			HTTP_PROXY: url,
			HTTPS_PROXY: url,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: authority,
			npm_config_https_proxy: url,
			// Neither the settings nor the cache of whoever records.
			npm_config_userconfig: settings,
			npm_config_cache: join(folder, 'npm-cache'),
			npm_config_update_notifier: 'false',
		},
		/** What was asked of the registry, oldest first. */
		served,
		/** What else was asked for. */
		refused,
		stop() {
			proxy.close();
			for (const tcp of open) tcp.destroy();
		},
	};
}

module.exports = { startRegistry };
