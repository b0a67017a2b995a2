import type { IDataObject } from 'n8n-workflow';
import type { Credential } from './credential';
import { attempt, type Attempt, type RequestContext, type RyzeRequest } from './attempt';
import { clock, waitUntil } from './clock';
import type { Delays } from './delays';
import { RyzeError, Stopped, type Failure } from '../errors/RyzeError';
import { limiterFor, type RateLimiter } from './rateLimiter';
import { pauseBeforeRepeat } from './retry';

/** What the requests of one execution share. */
export interface Session {
	context: RequestContext;
	credential: Credential;
	limiter: RateLimiter;
	/** Aborted when nothing more may be sent. */
	signal?: AbortSignal;
	/** Whether a request was given up as Ryze stayed away; the next ones then have one try each. */
	away: boolean;
	/** What the user is told at the end, as it cost time. */
	delays: Delays;
}

export interface Limits {
	/** Milliseconds that an answer may take. */
	timeout: number;
	/** Milliseconds that a request may wait for the rate limit. */
	maxWait: number;
}

export function openSession(
	context: RequestContext,
	credential: Credential,
	delays: Delays,
	signal?: AbortSignal,
): Session {
	const limiter = limiterFor(credential.baseUrl, credential.token);
	return { context, credential, limiter, signal, away: false, delays };
}

/** Told when the limit left no room for a request that Ryze has not even seen. */
const noRoom = (maxWait: number): Failure => ({
	message: `No room within ${maxWait / 1000} s for a request with this token`,
	description:
		"Nothing was sent for this item. Ryze limits the requests of a token per minute, and everything that uses the token shares that limit. Send fewer requests at once with it, or raise 'Max Wait' in the options of this node.",
	reason: 'rate-limited',
	httpCode: null,
});

/**
 * Sends a request to Ryze: waits for the rate limit, repeats what can be repeated, checks the answer.
 *
 * @returns the answer of the API, as it came
 * @throws {RyzeError} with Ryze's own sentence wherever there is one
 * @throws {Stopped} when the execution was stopped
 */
export async function sendRequest(
	session: Session,
	request: RyzeRequest,
	{ timeout, maxWait }: Limits,
): Promise<IDataObject> {
	const { context, credential, limiter, signal, delays } = session;
	const place = limiter.nextPlace();
	const started = clock.now();
	let last: Failure | undefined;
	// Else each of 1,000 items would wait for a Ryze that the one before has given up on.
	let repeated = session.away ? Infinity : 0;
	for (;;) {
		delays.beginWait(clock.now());
		const turn = await limiter.enter(place, started + maxWait, signal);
		delays.endWait(clock.now());
		if (turn === 'stopped') throw new Stopped();
		if (turn === 'expired') throw new RyzeError(last ?? noRoom(maxWait));

		let result: Attempt = { passing: false, notSent: false };
		try {
			result = await attempt(context, credential, request, timeout + (request.delay ?? 0));
		} finally {
			// Whatever happens: a place that is never left would hold up this token for good.
			limiter.leave(result.answer);
		}
		const { answer, failure, passing, notSent } = result;
		if (signal?.aborted && failure) throw new Stopped();
		if (!failure) {
			session.away = false;
			return answer?.body as IDataObject;
		}
		const harmless = request.idempotent || notSent;
		const pause = pauseBeforeRepeat(failure, passing && harmless, repeated);
		if (pause === undefined) {
			session.away = passing;
			throw new RyzeError(failure);
		}
		delays.repeats++;
		last = failure;
		if (passing) repeated++;
		await waitUntil(clock.now() + pause, clock, signal);
	}
}
