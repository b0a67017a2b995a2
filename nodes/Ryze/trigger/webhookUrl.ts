const THIS_MACHINE =
	/^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::(1|ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})?\])$/i;

/** Networks of a home or an office, where an address or a name means something else on each. */
const PRIVATE =
	/^(10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|169\.254(\.\d+){2}|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])(\.\d+){2}|\[f[cde].*\]|.*\.(local|internal|lan|localdomain|home\.arpa))$/i;

/** Whether an address can be called; n8n takes whatever its settings say for its own. */
export const isWebAddress = (url: string): boolean =>
	/^https?:\/\/[^/]/i.test(url) && URL.canParse(url);

/** Whether an address leads to nothing but the machine that uses it. */
export const isThisMachine = (url: string): boolean => THIS_MACHINE.test(new URL(url).hostname);

/** Whether an address is one of the internet; a name without a dot is one of the own network. */
export function isPublic(url: string): boolean {
	const { hostname } = new URL(url);
	if (THIS_MACHINE.test(hostname) || PRIVATE.test(hostname)) return false;
	return hostname.includes('.') || hostname.startsWith('[');
}
