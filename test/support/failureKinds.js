/** @typedef {import('../../sandbox/ryze/types').Fault} Fault */

/** @param {string} message */
const says = (message) => ({ success: false, error: { message } });

/** @param {number} status @returns {Fault} a gateway passes the request on and loses the answer */
const lost = (status, body = '<html><body>nginx</body></html>') => ({
	status,
	body,
	afterWork: true,
});

/** @param {number} status @returns {Fault} it answers instead of Ryze */
const instead = (status, headers = {}) => ({ status, body: '<html>', headers });

const offline = 'Instance is not connected to WhatsApp';
const full = { 'X-RateLimit-Remaining': '0' };
const inASecond = { 'Retry-After': '1' };

/** @param {number} status */
const webPage = (status) =>
	`Received HTTP ${status} with a web page instead of a response from Ryze`;

/** @param {string} what */
const unreachable = (what) => `Ryze could not be reached at HOST (${what}, CODE)`;

/** @param {string} what happened when the request may have arrived */
const broken = (what) => `The connection to Ryze at HOST failed (${what}, CODE)`;

const CUT = broken('the connection was lost');
const LATE = 'Ryze did not respond within TIMEOUT s';

/**
 * @typedef {object} FailureKind how a failure is made, and the title that the user reads
 * @property {Fault} [fault]
 * @property {'open' | 'secure' | 'stranger' | 'closed' | 'unknown'} [at] where the request goes: to
 * a sandbox (the default), over TLS, over TLS that the client does not trust, to a port where nobody
 * listens, or to a host that does not exist
 * @property {string} title with HOST, TIMEOUT and CODE in the place of what differs
 * @property {string[]} [codes] any of them
 * @property {boolean} [late] whether it lasts until the timeout
 */

/** @template {string} N @param {Record<N, FailureKind>} kinds */
const typed = (kinds) => kinds;

/** By what goes wrong. */
const failureKinds = typed({
	'429 of Ryze': {
		fault: { status: 429, body: says('Rate limit exceeded. Try again later.'), headers: full },
		title: 'Rate limit exceeded. Try again later.',
	},
	'429 of a proxy': { fault: instead(429), title: webPage(429) },
	'429 with Retry-After': { fault: instead(429, inASecond), title: webPage(429) },
	502: { fault: lost(502), title: webPage(502) },
	503: { fault: lost(503), title: webPage(503) },
	'503 with Retry-After': { fault: instead(503, inASecond), title: webPage(503) },
	504: { fault: lost(504), title: webPage(504) },
	'503 of Ryze: no phone': { fault: { status: 503, body: says(offline) }, title: offline },
	'500 of Ryze: no phone': {
		fault: { status: 500, body: says('WhatsApp client is not connected') },
		title: 'WhatsApp client is not connected',
	},
	'500 of Ryze': {
		fault: { status: 500, body: says('pq: too many clients') },
		title: 'pq: too many clients',
	},
	408: { fault: lost(408), title: webPage(408) },
	499: {
		fault: lost(499, ''),
		title: 'Received HTTP 499 with no content instead of a response from Ryze',
	},
	'a web page as a success': { fault: lost(200), title: webPage(200) },
	'a success that says false': {
		fault: { status: 200, body: says('Nothing was done') },
		title: 'Nothing was done',
	},
	'no address': {
		at: 'unknown',
		title: unreachable('the host name is unknown'),
		codes: ['ENOTFOUND', 'EAI_AGAIN'],
	},
	'a refused connection': {
		at: 'closed',
		title: unreachable('the connection was refused'),
		codes: ['ECONNREFUSED'],
	},
	'an unknown certificate': {
		at: 'stranger',
		title: unreachable('its certificate was not accepted'),
		codes: ['DEPTH_ZERO_SELF_SIGNED_CERT'],
	},
	'a cut before the work': { fault: { reset: 'before' }, title: CUT, codes: ['ECONNRESET'] },
	'a cut after the work': { fault: { reset: 'after' }, title: CUT, codes: ['ECONNRESET'] },
	'a cut in the answer': {
		fault: { reset: 'midway' },
		title: broken('the response was cut off'),
		codes: ['ERR_BAD_RESPONSE'],
	},
	'a cut in a TLS record': {
		fault: { breakTls: 'half a record' },
		at: 'secure',
		title: CUT,
		codes: ['ECONNRESET'],
	},
	'no TLS in the answer': {
		fault: { breakTls: 'no record' },
		at: 'secure',
		title: broken('the secure connection failed'),
		// On Node.js 20 and 24.
		codes: ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_BAD_RECORD_TYPE'],
	},
	'no answer': { fault: { hang: true }, title: LATE, late: true },
	'a late answer': { fault: { delayMs: 30_000 }, title: LATE, late: true },
	'a slow answer': { fault: { drip: { everyMs: 100, bytes: 1 } }, title: LATE, late: true },
});

module.exports = { failureKinds };
