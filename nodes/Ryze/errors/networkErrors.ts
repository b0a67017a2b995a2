import type { Failure } from './RyzeError';
import { hostOf, oneLine } from './text';
import { isObject } from './values';

interface NetworkError {
	/** Codes of Node.js or OpenSSL. */
	codes: RegExp;
	/** As the user reads it. */
	what: string;
	/** Whether Ryze may have received the request before the error. */
	mayHaveArrived: boolean;
}

const NETWORK_ERRORS: NetworkError[] = [
	{
		codes: /^(ENOTFOUND|EAI_AGAIN)$/,
		what: 'the host name is unknown',
		mayHaveArrived: false,
	},
	{ codes: /^ECONNREFUSED$/, what: 'the connection was refused', mayHaveArrived: false },
	{
		codes: /^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN)$/,
		what: 'there is no route to it',
		mayHaveArrived: false,
	},
	{
		// The certificate is checked before anything is sent.
		codes: /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/,
		what: 'no secure connection could be made',
		mayHaveArrived: false,
	},
	{
		// Any other TLS error may also come after a request has arrived.
		codes: /SSL|TLS|EPROTO/,
		what: 'the secure connection failed',
		mayHaveArrived: true,
	},
	{
		codes: /^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)$/,
		what: 'the connection was lost',
		mayHaveArrived: true,
	},
	{ codes: /^ERR_BAD_RESPONSE$/, what: 'the answer was cut off', mayHaveArrived: true },
	{ codes: /^ETIMEDOUT$/, what: 'the connection timed out', mayHaveArrived: true },
	{ codes: /^HPE_/, what: 'what answers there does not speak HTTP', mayHaveArrived: true },
];

/** n8n wraps network errors, so a property may be on the cause. */
function propertyOf(error: unknown, ...keys: string[]): string | undefined {
	if (!isObject(error)) return undefined;
	const cause = isObject(error.cause) ? error.cause : {};
	return keys
		.flatMap((key) => [cause[key], error[key]])
		.find((text): text is string => typeof text === 'string' && text !== '');
}

/** What n8n's HTTP client calls an answer that did not come to its end. */
const CUT_OFF = 'ERR_BAD_RESPONSE';

/**
 * The code of Node.js, OpenSSL or n8n's HTTP client in an exception of n8n's HTTP helper.
 *
 * @returns an empty text when it has none
 */
export function networkCodeOf(error: unknown): string {
	const code = propertyOf(error, 'code', 'httpCode') ?? '';
	// n8n 1.x only keeps the status of an answer that was cut off. No status by itself raises an
	// exception (transport/attempt.ts).
	return /^[1-5]\d\d$/.test(code) ? CUT_OFF : code;
}

/**
 * Says what went wrong when an exception of n8n's HTTP helper came instead of an answer.
 *
 * @param baseUrl where the request went; only its host is shown
 * @param secret the token, which must not be shown
 */
export function failureOfException(error: unknown, baseUrl: string, secret: string): Failure {
	const code = networkCodeOf(error);
	const known = NETWORK_ERRORS.find(({ codes }) => codes.test(code));
	// A route may also be lost after the request was sent.
	const onItsWay = /^(read|write)/.test(propertyOf(error, 'syscall') ?? '');
	const said = isObject(error) && typeof error.message === 'string' ? error.message : '';
	const detail = [known?.what ?? oneLine(said, secret), code].filter(Boolean).join(', ');
	const host = hostOf(baseUrl) ?? baseUrl;
	const uncertain = onItsWay || known?.mayHaveArrived !== false;
	const what = uncertain
		? `The connection to Ryze at ${host} failed`
		: `Ryze could not be reached at ${host}`;
	return {
		message: detail ? `${what} (${detail})` : what,
		description:
			"Check the network of the machine that runs n8n, and 'Base URL' of the Ryze API credential (usually https://ryzeapi.cloud).",
		reason: 'unreachable',
		httpCode: null,
		uncertain,
	};
}

/**
 * The failure of a request that was not answered in time.
 *
 * @param timeout milliseconds that passed without an answer
 */
export const failureOfTimeout = (timeout: number): Failure => ({
	message: `Ryze did not answer in ${timeout / 1000} s`,
	description: 'Ryze may be busy at the moment.',
	reason: 'timeout',
	httpCode: null,
	uncertain: true,
});
