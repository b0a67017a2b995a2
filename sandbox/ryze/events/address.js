'use strict';

/**
 * Where an event goes for one webhook.
 *
 * Unknown in the docs: a URL with a query or a slash at its end when `byEvents` is set; taken: the
 * event name comes at the end of the path, after one slash.
 *
 * @param {import('../types').Webhook} webhook
 * @param {import('../types').EventName} event
 * @returns {{ url: string, refusal?: string }} refusal: why the sandbox does not post there
 */
function targetOf({ url: stored, byEvents }, event) {
	if (!URL.canParse(stored)) return { url: stored, refusal: 'not a URL' };
	const url = new URL(stored);
	if (byEvents) url.pathname = `${url.pathname.replace(/\/$/, '')}/${event}`;
	const target = { url: url.href };
	if (!/^https?:$/.test(url.protocol)) return { ...target, refusal: 'not http or https' };
	if (isLoopback(url.hostname)) return target;
	return { ...target, refusal: 'not a loopback address: the sandbox posts to this machine only' };
}

/** @param {string} hostname as URL gives it, so an IPv4 address is in its full form */
function isLoopback(hostname) {
	return /^(localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(hostname);
}

module.exports = { targetOf };
