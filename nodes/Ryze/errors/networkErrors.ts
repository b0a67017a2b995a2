import type { Failure } from './RyzeError';
import { hostOf, oneLine } from './text';
import { isObject } from './values';

/** What n8n's HTTP client calls a response that did not come to its end. */
const CUT_OFF = 'ERR_BAD_RESPONSE';

/** System calls in which nothing of a request can have been sent yet. */
const NOT_CONNECTED = ['connect', 'getaddrinfo'];

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/;

interface NetworkError {
	/** Codes of Node.js or OpenSSL. */
	codes: RegExp;
	/** What Node.js says, where the code alone does not tell. */
	says?: RegExp;
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
		codes: CERTIFICATE,
		what: 'its certificate was not accepted',
		mayHaveArrived: false,
	},
	{
		// Node.js sends the request after the handshake.
		codes: /^ECONNRESET$/,
		says: /before secure TLS connection was established/,
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
	{ codes: /^ERR_BAD_RESPONSE$/, what: 'the response was cut off', mayHaveArrived: true },
	{ codes: /^ETIMEDOUT$/, what: 'the connection timed out', mayHaveArrived: true },
	{ codes: /^HPE_/, what: 'the server there does not speak HTTP', mayHaveArrived: true },
];

/** What ended one connection; several addresses of a host can be tried. */
interface Cause {
	/** Of Node.js, OpenSSL or n8n's HTTP client; empty when there is none. */
	code: string;
	/** In which it failed, such as `connect`; empty when that is not known. */
	syscall: string;
	/** The words of Node.js. */
	said: string;
}

const UNKNOWN: Cause = { code: '', syscall: '', said: '' };

const textAmong = (...values: unknown[]): string | undefined =>
	values.find((value): value is string => typeof value === 'string' && value !== '');

/** How a sentence of Node.js begins: `connect ETIMEDOUT 10.0.0.1:443`. */
const SENTENCE = /^([a-z]+) (E[A-Z_\d]+)\b/i;

/** n8n 1.x keeps no cause, only what Node.js has said of each address. */
function causesInWords(said: string, own: Cause): Cause[] {
	const sentences = said.split(' | ');
	return sentences.map((sentence) => {
		const [, syscall, code] = SENTENCE.exec(sentence) ?? [];
		if (syscall !== undefined) return { code, syscall, said: sentence };
		return sentences.length === 1 ? { ...own, said: sentence } : { ...UNKNOWN, said: sentence };
	});
}

/** n8n and its HTTP client wrap an error of Node.js, at different depths. */
function causesOf(error: unknown, outer = UNKNOWN, around: unknown[] = []): Cause[] {
	if (!isObject(error) || around.includes(error)) return [outer];
	const way = [...around, error];
	const { cause, code, errors, httpCode, message, messages, syscall } = error;
	const own: Cause = {
		code: textAmong(code, httpCode) ?? outer.code,
		syscall: textAmong(syscall) ?? outer.syscall,
		said: textAmong(message) ?? outer.said,
	};
	if (Array.isArray(errors) && errors.length > 0) {
		return errors.flatMap((inner) => causesOf(inner, UNKNOWN, way));
	}
	if (isObject(cause)) return causesOf(cause, own, way);
	const words = Array.isArray(messages) ? textAmong(messages[0]) : undefined;
	return words === undefined || own.syscall !== '' ? [own] : causesInWords(words, own);
}

const knownErrorOf = ({ code, said }: Cause): NetworkError | undefined =>
	NETWORK_ERRORS.find(({ codes, says }) => codes.test(code) && (says?.test(said) ?? true));

function mayHaveArrived(cause: Cause): boolean {
	// Whatever the code: there was no connection yet.
	if (NOT_CONNECTED.includes(cause.syscall)) return false;
	// A route may also be lost after the request was sent.
	return /^(read|write)/.test(cause.syscall) || knownErrorOf(cause)?.mayHaveArrived !== false;
}

/** The cause that counts: one address that may have got the request makes it uncertain. */
function decisiveCauseOf(error: unknown): Cause {
	const causes = causesOf(error);
	const { code, ...cause } = causes.find(mayHaveArrived) ?? causes[0];
	// n8n 1.x only keeps the status of a response that was cut off. No status by itself raises an
	// exception (transport/http.ts).
	return { ...cause, code: /^[1-5]\d\d$/.test(code) ? CUT_OFF : code };
}

/**
 * What ended a request, as `retryWhen` in transport/retry.ts wants it: the code of Node.js, OpenSSL
 * or n8n's HTTP client, and the system call in which it failed. Either is empty when it is not
 * known.
 */
export function networkOutcomeOf(error: unknown): { code: string; syscall: string } {
	const { code, syscall } = decisiveCauseOf(error);
	return { code, syscall };
}

/**
 * Says what went wrong when an exception of n8n's HTTP helper came instead of a response.
 *
 * @param baseUrl where the request went; only its host is shown
 * @param secret the token, which must not be shown
 */
export function failureOfException(error: unknown, baseUrl: string, secret: string): Failure {
	const cause = decisiveCauseOf(error);
	const { code } = cause;
	const known = knownErrorOf(cause);
	const said = isObject(error) && typeof error.message === 'string' ? error.message : '';
	const detail = [known?.what ?? oneLine(said, secret), code].filter(Boolean).join(', ');
	const host = hostOf(baseUrl) ?? baseUrl;
	const uncertain = mayHaveArrived(cause);
	const what = uncertain
		? `The connection to Ryze at ${host} failed`
		: `Ryze could not be reached at ${host}`;
	const where = CERTIFICATE.test(code)
		? 'the certificate of that server'
		: 'the network of the machine that runs n8n';
	return {
		message: detail ? `${what} (${detail})` : what,
		description: `Check ${where}, and 'Base URL' in the Ryze WhatsApp API credential (usually https://ryzeapi.cloud).`,
		reason: 'unreachable',
		httpCode: null,
		uncertain,
	};
}

/**
 * The failure of a request that got no response in time.
 *
 * @param timeout milliseconds that passed without a response
 */
export const failureOfTimeout = (timeout: number): Failure => ({
	message: `Ryze did not respond within ${timeout / 1000} s`,
	description: 'Ryze may be busy at the moment.',
	reason: 'timeout',
	httpCode: null,
	uncertain: true,
});
