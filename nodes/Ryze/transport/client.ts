import { toRyzeError } from '../errors/nodeErrors';
import { type Credential, readCredential } from './credential';
import { FileRoom } from './fileRoom';
import type { RequestContext } from './http';
import { limiterFor, type RateLimiter } from './rateLimit/rateLimiter';
import type { RetryWhen } from './retry';

/** What all requests of one execution share. */
export interface Shared {
	/** Aborted when nothing more may be sent. */
	signal?: AbortSignal;
	/** Called when a request has failed for good, before any other request is sent. */
	onFailure?: () => void;
	files: FileRoom;
	/** What made the execution slower, to show the user at the end. */
	slowdowns: Slowdowns;
	/**
	 * The kind of retry that was last given up. A following
	 * request that fails for the same reason has one try. A success, or any other kind of failure,
	 * ends this. Otherwise each of 1,000 requests would wait in vain.
	 */
	lastGivenUp?: RetryWhen;
}

/** How a request reaches Ryze. */
export interface RyzeClient {
	context: RequestContext;
	credential: Credential;
	limiter: RateLimiter;
	shared: Shared;
}

/**
 * @param fields the credential as n8n gives it
 * @throws {RyzeError} `invalid-credential`
 */
export function createClient(
	context: RequestContext,
	fields: Record<string, unknown>,
	shared: Shared,
): RyzeClient {
	const credential = readCredential(fields);
	const limiter = limiterFor(credential.baseUrl, credential.token);
	return { context, credential, limiter, shared };
}

/**
 * Makes a client with the credential that the user has chosen.
 *
 * @throws {RyzeError} `invalid-credential`
 */
export async function openClient(
	context: RequestContext,
	slowdowns: Slowdowns,
	signal?: AbortSignal,
	onFailure?: () => void,
): Promise<RyzeClient> {
	try {
		const fields = await context.getCredentials('ryzeApi');
		return createClient(context, fields, { signal, onFailure, files: new FileRoom(), slowdowns });
	} catch (error) {
		throw toRyzeError(error, 'invalid-credential');
	}
}

/** The same client for another instance. */
export const withInstance = (client: RyzeClient, instance: string): RyzeClient => ({
	...client,
	credential: { ...client.credential, instance },
});

/** Milliseconds. A shorter wait is most likely the one for the response to the first request. */
const WORTH_COUNTING = 500;

/** What made an execution slower, to show the user at the end. */
export class Slowdowns {
	/** How often it had to wait for the rate limit. */
	waits = 0;

	/** For how long in all, in milliseconds; requests that wait at the same time count once. */
	waitedFor = 0;

	/** How many times a request was retried. */
	retries = 0;

	private waiting = 0;

	private since = 0;

	/** @param now milliseconds since 1970 */
	beginWait(now: number): void {
		if (this.waiting++ === 0) this.since = now;
	}

	/** @param now milliseconds since 1970 */
	endWait(now: number): void {
		const lasted = now - this.since;
		if (--this.waiting > 0 || lasted < WORTH_COUNTING) return;
		this.waits++;
		this.waitedFor += lasted;
	}
}
