'use strict';

const { execFile } = require('node:child_process');
const { once } = require('node:events');
const { createServer } = require('node:net');
const { duplexPair } = require('node:stream');
const { createSecureContext, TLSSocket } = require('node:tls');
const { promisify } = require('node:util');

/** @param {string} name @returns {string[]} Arguments for a certificate that is valid for two days. */
const makeCertificateFor = (name) => [
	...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
	...['-days', '2', '-subj', '/CN=Ryze sandbox', '-addext', `subjectAltName=${name}`],
	...['-keyout', '-', '-out', '-'],
];

/** What goes out instead of an answer, straight into the TCP connection. */
const BROKEN = {
	// Something on the way speaks plain HTTP.
	'no record': Buffer.from('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'),
	// Application data, TLS 1.2: 256 bytes are promised.
	'half a record': Buffer.from([0x17, 3, 3, 1, 0, ...Buffer.alloc(100, 7)]),
};

/** @type {WeakMap<import('node:net').Socket, import('node:net').Socket>} by the TLS connection */
const tcpSockets = new WeakMap();

/**
 * The TCP connection below the connection of a request; the same where there is no TLS.
 *
 * @param {import('node:net').Socket} socket
 */
const tcpOf = (socket) => tcpSockets.get(socket) ?? socket;

/**
 * Ends a TLS connection in a way that TLS does not allow.
 *
 * @param {import('node:net').Socket} socket
 * @param {keyof typeof BROKEN} how
 * @throws {Error} when the connection has no TLS
 */
function breakTls(socket, how) {
	const tcp = tcpSockets.get(socket);
	if (!tcp) throw new Error('The fault breakTls is only for requests to secureUrl');
	tcp.end(BROKEN[how]);
}

/**
 * A new key, and a certificate signed with it: Node.js itself can sign none.
 *
 * @param {string} [name] the only one that it is valid for
 * @returns {Promise<{ key: string, cert: string }>} as PEM
 * @throws {Error} when there is no openssl
 */
async function makeCertificate(name = 'IP:127.0.0.1') {
	const { stdout } = await promisify(execFile)('openssl', makeCertificateFor(name));
	const begin = stdout.indexOf('-----BEGIN CERTIFICATE-----');
	return { key: stdout.slice(0, begin), cert: stdout.slice(begin) };
}

/**
 * Lets an HTTP server also listen with TLS.
 *
 * The TLS connections are made by hand, because a TLS server of Node.js lets nobody write into the
 * TCP connection below.
 *
 * @param {import('node:http').Server} server
 * @param {Awaited<ReturnType<typeof makeCertificate>>} certificate
 */
async function listenSecurely(server, certificate) {
	const secureContext = createSecureContext(certificate);
	/** @type {Set<import('node:net').Socket>} */
	const open = new Set();
	const front = createServer((tcp) => {
		const [inner, outer] = duplexPair();
		const socket = new TLSSocket(inner, { isServer: true, secureContext });
		tcpSockets.set(socket, tcp);
		open.add(tcp);
		// Who leaves, or does not trust the certificate, is of no interest here.
		for (const stream of [tcp, inner, outer, socket]) stream.on('error', () => tcp.destroy());
		tcp.on('close', () => {
			open.delete(tcp);
			socket.destroy();
		});
		socket.on('close', () => tcp.destroySoon());
		socket.once('secure', () => server.emit('connection', socket));
		tcp.pipe(outer).pipe(tcp);
	});
	front.listen(0, '127.0.0.1');
	await once(front, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (front.address());

	return {
		url: `https://127.0.0.1:${port}`,
		stop() {
			front.close();
			for (const tcp of open) tcp.destroy();
		},
	};
}

module.exports = { breakTls, listenSecurely, makeCertificate, tcpOf };
