import { toRyzeError } from '../errors/nodeErrors';
import type { RequestContext } from './attempt';
import { readCredential, type Credential } from './credential';
import type { Delays } from './delays';
import { limiterFor, type RateLimiter } from './rateLimiter';
import type { SentAgain } from './retry';

/** What all requests of one execution share. */
interface Shared {
	/** Aborted when nothing more may be sent. */
	signal?: AbortSignal;
	/** Called when a request has failed for good, before any other request is sent. */
	onFailure?: () => void;
	/** What took extra time, to show the user at the end. */
	delays: Delays;
	/**
	 * Set when the last request was given up after all its tries: what it was sent again for. Each of
	 * the following requests then has one try, until one gets through. Otherwise each of 1,000
	 * requests would wait in vain.
	 */
	givenUpAfter?: SentAgain;
}

/** How a request reaches Ryze. */
export interface RyzeClient {
	context: RequestContext;
	credential: Credential;
	limiter: RateLimiter;
	shared: Shared;
}

const clientOf = (context: RequestContext, credential: Credential, shared: Shared): RyzeClient => {
	const limiter = limiterFor(credential.baseUrl, credential.token);
	return { context, credential, limiter, shared };
};

/**
 * Makes a client with the credential that the user has chosen.
 *
 * @throws {RyzeError} `invalid-credential`
 */
export async function openClient(
	context: RequestContext,
	delays: Delays,
	signal?: AbortSignal,
	onFailure?: () => void,
): Promise<RyzeClient> {
	try {
		const credential = readCredential(await context.getCredentials('ryzeApi'));
		return clientOf(context, credential, { signal, onFailure, delays });
	} catch (error) {
		throw toRyzeError(error, 'invalid-credential');
	}
}

/**
 * The same client with another credential.
 *
 * @param fields the credential as n8n gives it
 * @throws {RyzeError} `invalid-credential`
 */
export const withCredential = (
	{ context, shared }: RyzeClient,
	fields: Record<string, unknown>,
): RyzeClient => clientOf(context, readCredential(fields), shared);

/** The same client for another instance. */
export const withInstance = (client: RyzeClient, instance: string): RyzeClient => ({
	...client,
	credential: { ...client.credential, instance },
});
