import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { RyzeRequest } from '../operation';
import type { Credential } from '../credential';
import { bounded, clock, waitUntil } from './clock';
import { failureOfAnswer, RyzeError, Stopped, type Answer, type Failure } from './errors';
import { limiterFor, type RateLimiter } from './rateLimiter';
import { isPassing, pauseBeforeRepeat } from './retry';
import { failureOfException, failureOfSilence } from './silence';

/** What the requests of one execution share. */
export interface Session {
	context: IExecuteFunctions;
	credential: Credential;
	limiter: RateLimiter;
	/** Aborted when nothing more may be sent. */
	signal?: AbortSignal;
	/** Whether Ryze was out of reach to the last try; the next request then has just one. */
	away: boolean;
	delays: Delays;
}

/** What the user is told at the end, as it cost time. */
export interface Delays {
	/** How often a request had to wait for the rate limit, and for how many milliseconds in all. */
	waits: number;
	waitedFor: number;
	/** How many requests were sent again. */
	repeats: number;
}

export interface Limits {
	/** Milliseconds that an answer may take. */
	timeout: number;
	/** Milliseconds that a request may wait for the rate limit. */
	maxWait: number;
}

export function openSession(
	context: IExecuteFunctions,
	credential: Credential,
	delays: Delays,
	signal?: AbortSignal,
): Session {
	const limiter = limiterFor(credential.baseUrl, credential.token);
	return { context, credential, limiter, signal, away: false, delays };
}

/** Milliseconds; a shorter wait is only that for the answer of the request that went first. */
const WORTH_COUNTING = 500;

/** Told when the limit left no room for a request that Ryze has not even seen. */
const noRoom = (maxWait: number): Failure => ({
	message: `The rate limit of this token leaves no room within ${maxWait / 1000} s`,
	description:
		"Nothing was sent for this item. Raise 'Max Wait' in the options of this node, or run less at once with this token: Ryze limits its requests per minute, and all workflows that use it share them.",
	reason: 'rate-limited',
	httpCode: null,
});

interface Attempt {
	answer?: Answer;
	failure?: Failure;
}

/**
 * One try: what Ryze answered, whatever the status, and what is wrong with it.
 *
 * n8n's helper is told to ignore the status, since it would send anything that got a 401 once more
 * and put its own sentences in the place of Ryze's.
 */
async function attempt(
	{ context, credential }: Session,
	request: RyzeRequest,
	timeout: number,
): Promise<Attempt> {
	const { token, instance, baseUrl } = credential;
	const bounds = bounded(timeout, context.getExecutionCancelSignal());
	// The helper only watches the signal of its context. Its own timeout starts anew with each byte
	// that comes, so an answer that trickles would never end.
	const boundedContext = Object.create(context, {
		getExecutionCancelSignal: { value: () => bounds.signal },
	}) as IExecuteFunctions;
	const options: IHttpRequestOptions = {
		method: request.method,
		url: `${baseUrl}${request.path}/${encodeURIComponent(instance)}`,
		body: request.body,
		headers: { 'Content-Type': 'application/json' },
		json: true,
		timeout: timeout + 1000,
		// The token would go along to the other host.
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
	};
	try {
		const answer = (await context.helpers.httpRequestWithAuthentication.call(
			boundedContext,
			'ryzeApi',
			options,
		)) as Answer;
		return { answer, failure: failureOfAnswer(answer, token) };
	} catch (error) {
		const failure = bounds.timedOut()
			? failureOfSilence(timeout, request.ifUnanswered)
			: failureOfException(error, baseUrl, token, request.ifUnanswered);
		return { failure };
	} finally {
		bounds.done();
	}
}

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
	const { limiter, signal, delays } = session;
	const place = limiter.nextPlace();
	const started = clock.now();
	let refusal: Failure | undefined;
	// Else each of 1,000 items would wait for a Ryze that the one before has given up on.
	let repeated = session.away ? Infinity : 0;
	for (;;) {
		const arrived = clock.now();
		const turn = await limiter.enter(place, started + maxWait, signal);
		const waited = clock.now() - arrived;
		if (waited >= WORTH_COUNTING) {
			delays.waits++;
			delays.waitedFor += waited;
		}
		if (turn === 'stopped') throw new Stopped();
		if (turn === 'expired') throw new RyzeError(refusal ?? noRoom(maxWait));

		let result: Attempt = {};
		try {
			result = await attempt(session, request, timeout);
		} finally {
			// Whatever happens: a place that is never left would hold up this token for good.
			limiter.leave(result.answer);
		}
		const { answer, failure } = result;
		if (signal?.aborted && failure) throw new Stopped();
		session.away = isPassing(failure);
		if (!failure) return answer?.body as IDataObject;

		const pause = pauseBeforeRepeat(failure, repeated, request.idempotent);
		if (pause === undefined) throw new RyzeError(failure);
		delays.repeats++;
		if (failure.reason === 'rate-limited') refusal = failure;
		else repeated++;
		await waitUntil(clock.now() + pause, clock, signal);
	}
}
