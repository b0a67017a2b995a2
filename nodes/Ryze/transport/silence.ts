import { hostOf, isObject, LONGEST_SENTENCE, type Failure } from './errors';

const CUT = 'the connection was cut';

/** Why no answer came, by the code of Node.js or OpenSSL. */
const NO_ANSWER: Array<[RegExp, string]> = [
	[/^(ENOTFOUND|EAI_AGAIN)$/, 'no address is known for this name'],
	[/^ECONNREFUSED$/, 'the connection was refused'],
	[/^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE)$/, CUT],
	[/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)$/, 'no way leads there'],
	[/CERT|SSL|TLS|SELF_SIGNED|EPROTO|UNABLE_TO_(GET|VERIFY)/, 'no secure connection came about'],
	[/^HPE_/, 'what answers there does not speak HTTP'],
];

/** n8n wraps the network's error, so its code may sit on the cause. */
function codeOf(error: unknown): string | undefined {
	if (!isObject(error)) return undefined;
	const cause = isObject(error.cause) ? error.cause : {};
	return [cause.code, error.code, error.httpCode].find(
		(code): code is string => typeof code === 'string' && code !== '',
	);
}

/**
 * Judges an exception of n8n's HTTP helper: no usable answer has come.
 *
 * @param baseUrl where the request went; only its host is shown
 * @param ifUnanswered what the user has to know when it may have been carried out
 */
export function failureOfException(error: unknown, baseUrl: string, ifUnanswered: string): Failure {
	const code = codeOf(error);
	const why = NO_ANSWER.find(([pattern]) => pattern.test(code ?? ''))?.[1];
	const said = isObject(error) && typeof error.message === 'string' ? error.message : '';
	const detail = why ? `${why}, ${code}` : (code ?? said.slice(0, LONGEST_SENTENCE));
	return {
		message: `Ryze could not be reached at ${hostOf(baseUrl) ?? baseUrl}${detail ? ` (${detail})` : ''}`,
		description: `${why === CUT ? `${ifUnanswered} ` : ''}Check the network of the machine that runs n8n, and 'Base URL' of the Ryze API credential (usually https://ryzeapi.cloud).`,
		reason: 'unreachable',
		httpCode: null,
	};
}

/**
 * The failure of a request that got no answer in time.
 *
 * @param timeout milliseconds that were waited
 * @param ifUnanswered what the user has to know about the state of things now
 */
export function failureOfSilence(timeout: number, ifUnanswered: string): Failure {
	return {
		message: `Ryze did not answer in ${timeout / 1000} s`,
		description: `${ifUnanswered} If this happens often, raise 'Timeout' in the options of this node.`,
		reason: 'timeout',
		httpCode: null,
	};
}
