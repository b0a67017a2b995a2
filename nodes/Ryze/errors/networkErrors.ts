import { hostOf, isObject, oneLine, withoutSecret } from './answer';
import type { Failure } from './RyzeError';

/** Why no answer came, by the code of Node.js or OpenSSL. With these nothing has been sent. */
const NOT_SENT: Array<[RegExp, string]> = [
	[/^(ENOTFOUND|EAI_AGAIN)$/, 'no address is known for this name'],
	[/^ECONNREFUSED$/, 'the connection was refused'],
	[/^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN)$/, 'there is no route to it'],
	[/CERT|SSL|TLS|SELF_SIGNED|EPROTO|UNABLE_TO_(GET|VERIFY)/, 'no secure connection could be made'],
];

/** With these it may have been carried out all the same. */
const MAYBE_SENT: Array<[RegExp, string]> = [
	[/^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)$/, 'the connection was cut'],
	[/^ETIMEDOUT$/, 'the connection timed out'],
	[/^HPE_/, 'what answers there does not speak HTTP'],
];

/** n8n wraps the network's error, so what it holds may sit on the cause. */
function heldBy(error: unknown, ...keys: string[]): string | undefined {
	if (!isObject(error)) return undefined;
	const cause = isObject(error.cause) ? error.cause : {};
	return keys
		.flatMap((key) => [cause[key], error[key]])
		.find((text): text is string => typeof text === 'string' && text !== '');
}

const codeOf = (error: unknown) => heldBy(error, 'code', 'httpCode');

/** The network or the other end may be back in a moment; all else would fail again. */
const PASSING =
	/^(E(CONN(REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|AI_AGAIN|NOTFOUND|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN)|ERR_STREAM_PREMATURE_CLOSE)$/;

/** Whether an exception of n8n's HTTP helper is worth another try. */
export const mayPass = (error: unknown): boolean => PASSING.test(codeOf(error) ?? '');

const whyNotSent = (code: string) => NOT_SENT.find(([pattern]) => pattern.test(code))?.[1];

/** Whether no connection was made, so that Ryze cannot have done anything. */
export const surelyNotSent = (error: unknown): boolean =>
	whyNotSent(codeOf(error) ?? '') !== undefined &&
	// A route may also be lost while something is on its way.
	!/^(read|write)/.test(heldBy(error, 'syscall') ?? '');

/**
 * Judges an exception of n8n's HTTP helper: no usable answer has come.
 *
 * @param baseUrl where the request went; only its host is shown
 * @param secret the token, which must not be shown
 * @param ifUncertain what the user has to know when it may have been carried out
 */
export function failureOfException(
	error: unknown,
	baseUrl: string,
	secret: string,
	ifUncertain: string,
): Failure {
	const code = codeOf(error) ?? '';
	const notSent = surelyNotSent(error);
	const why = whyNotSent(code) ?? MAYBE_SENT.find(([pattern]) => pattern.test(code))?.[1];
	const said = isObject(error) && typeof error.message === 'string' ? error.message : '';
	const detail = [why ?? oneLine(withoutSecret(said, secret)), code].filter(Boolean).join(', ');
	return {
		message: `Ryze could not be reached at ${hostOf(baseUrl) ?? baseUrl}${detail ? ` (${detail})` : ''}`,
		description: `${notSent ? '' : `${ifUncertain} `}Check the network of the machine that runs n8n, and 'Base URL' of the Ryze API credential (usually https://ryzeapi.cloud).`,
		reason: 'unreachable',
		httpCode: null,
	};
}

/**
 * The failure of a request that got no answer in time.
 *
 * @param timeout milliseconds that were waited
 * @param ifUncertain what the user has to know about the state of things now
 */
export function failureOfSilence(timeout: number, ifUncertain: string): Failure {
	return {
		message: `Ryze did not answer in ${timeout / 1000} s`,
		description: `${ifUncertain} If this happens often, raise 'Timeout' in the options of this node.`,
		reason: 'timeout',
		httpCode: null,
	};
}
