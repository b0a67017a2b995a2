import { sentenceOf } from '../errors/response';
import type { FailedAttempt } from './http';

/**
 * When a request is retried: once the rate limit has room, or after a pause; also after a pause
 * because Ryze may have the file by then.
 */
export type RetryWhen =
	| 'when the limit has room'
	| 'after a pause'
	| 'after a pause, if there by now';

interface RetryRule {
	/** HTTP statuses, or system calls and codes of Node.js for a connection that failed. */
	outcomes: Array<number | string>;
	/** Whether it may have been carried out, so that only what is idempotent is retried. */
	onlyIdempotent: boolean;
	when: RetryWhen;
}

/**
 * What is retried by its status or code; `retryWhen` adds what is not there yet. Nothing else is:
 * Ryze responds with 500 for mistakes of the user, which would fail again in the same way, and a
 * request that got no response in time may still be worked on.
 */
const RETRY_RULES: RetryRule[] = [
	// Refused before any work was done (docs/ryze-api.md, "Rate limit").
	{ outcomes: [429], onlyIdempotent: false, when: 'when the limit has room' },
	// A gateway that cannot reach Ryze at the moment. It may have passed the request on.
	{ outcomes: [502, 503, 504], onlyIdempotent: true, when: 'after a pause' },
	// No connection was made, so nothing can have arrived (see `mayHaveArrived` in networkErrors.ts).
	{
		outcomes: [
			'connect',
			'getaddrinfo',
			'EAI_AGAIN',
			'ECONNREFUSED',
			'EHOSTDOWN',
			'EHOSTUNREACH',
			'ENETDOWN',
			'ENETUNREACH',
			'ENOTFOUND',
		],
		onlyIdempotent: false,
		when: 'after a pause',
	},
	// The connection broke. What was on its way may have arrived.
	{
		outcomes: [
			'ECONNABORTED',
			'ECONNRESET',
			'EPIPE',
			'ERR_BAD_RESPONSE',
			'ERR_STREAM_PREMATURE_CLOSE',
			'ETIMEDOUT',
		],
		onlyIdempotent: true,
		when: 'after a pause',
	},
];

/**
 * Whether a request is retried. That goes by status, network code, idempotence, whether it may have
 * arrived, and whether Ryze itself has explained the failure; never by the reason that the user is
 * shown.
 *
 * @param idempotent whether sending it twice has the same effect as sending it once
 * @param notYet Ryze's error message for what it may have in a moment
 */
export function retryWhen(
	attempt: FailedAttempt,
	idempotent: boolean,
	notYet?: string,
): RetryWhen | undefined {
	if (notYet !== undefined && attempt.kind === 'refused') {
		if (sentenceOf(attempt.response.body) === notYet) return 'after a pause, if there by now';
	}
	const ended: unknown[] =
		attempt.kind === 'refused' ? [attempt.response.statusCode] : [attempt.syscall, attempt.code];
	const rule = RETRY_RULES.find(({ outcomes }) => outcomes.some((one) => ended.includes(one)));
	if (!rule || (rule.onlyIdempotent && !idempotent)) return undefined;
	// A route can also be lost while a request is on its way.
	if (attempt.kind === 'no response' && attempt.failure.uncertain && !idempotent) return undefined;
	// Ryze itself explains a status here that gateways use, too. A phone that is not connected stays
	// that way until someone scans a code.
	const lasting = attempt.kind === 'refused' && attempt.explained;
	return lasting && rule.when === 'after a pause' ? undefined : rule.when;
}
