const THIS_MACHINE = /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/i;

/** Networks of a home or an office, where an address means something else on each. */
const PRIVATE =
	/^(10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|169\.254(\.\d+){2}|\[f[cde].*\])$/i;

/** Whether an address leads to nothing but the machine that uses it. */
export const isThisMachine = (url: string): boolean => THIS_MACHINE.test(new URL(url).hostname);

/** Whether an address is one of the internet; a name without a dot is one of the own network. */
export function isPublic(url: string): boolean {
	const { hostname } = new URL(url);
	if (THIS_MACHINE.test(hostname) || PRIVATE.test(hostname)) return false;
	return hostname.includes('.') || hostname.startsWith('[');
}
