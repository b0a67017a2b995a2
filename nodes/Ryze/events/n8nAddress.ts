import { refuse } from '../errors/RyzeError';
import { shown } from '../errors/text';

const THIS_MACHINE =
	/^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::(1|ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})?\])$/i;

/** Networks of a home, an office or a cluster: in each, the same address is another machine. */
const PRIVATE_ADDRESS =
	/^(10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|169\.254(\.\d+){2}|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])(\.\d+){2}|\[(f[cde]|::ffff:).*\])$/i;

const PRIVATE_NAME =
	/\.(local|internal|lan|localdomain|home|home\.arpa|corp|intranet|test|invalid)$/i;

/** Whether an address can be called: n8n uses whatever its settings contain as its address. */
const isWebAddress = (url: string): boolean => /^https?:\/\/[^/]/i.test(url) && URL.canParse(url);

/** What is no web address may have its user name and password anywhere before the last @. */
const shownAddress = (url: string): string =>
	shown(url.replace(/^([a-z][a-z\d+.-]*:\/+)?.*@/is, '$1'));

// A name may end with a dot.
const hostnameOf = (url: string) => new URL(url).hostname.replace(/\.$/, '');

/** Whether an address leads to nothing but the machine that uses it. */
export const isThisMachine = (url: string): boolean => THIS_MACHINE.test(hostnameOf(url));

/** Whether an address is on the internet; a name without a dot belongs to a private network. */
export function isPublic(url: string): boolean {
	const hostname = hostnameOf(url);
	const isOwn = [THIS_MACHINE, PRIVATE_ADDRESS, PRIVATE_NAME].some((each) => each.test(hostname));
	return !isOwn && /\.|^\[/.test(hostname);
}

/** The address of n8n in the URL of one of its webhooks: all but the last three parts of the path. */
export const addressOfN8n = (url: string): string =>
	url.replace(/[?#].*$/, '').replace(/(\/[^/]*){3}$/, '');

/**
 * Refuses an address of n8n that cannot be reached from outside. A Ryze in a private network may reach
 * more than can be judged from here, so private addresses are not refused then.
 *
 * @param what cannot be done with this address; the title begins with it
 * @throws {RyzeError} `invalid-parameter`
 */
export function refuseUnreachable(what: string, url: string, baseUrl: string): void {
	if (!isWebAddress(url)) {
		refuse(
			'invalid-parameter',
			`${what} ${shownAddress(url)}, which is not a web address`,
			'Set the environment variable WEBHOOK_URL of n8n to the public address of n8n, with https:// in front, such as https://n8n.example.com/. Restart n8n, then try again.',
		);
	}
	if (!isPublic(url) && isPublic(baseUrl)) {
		refuse(
			'invalid-parameter',
			`${what} ${new URL(url).host}, an address that works only ${isThisMachine(url) ? 'on the machine of n8n' : 'in the network of n8n'}`,
			'Set the environment variable WEBHOOK_URL of n8n to the public address of n8n, such as https://n8n.example.com/. Restart n8n, then try again.',
		);
	}
}
