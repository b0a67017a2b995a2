import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';
import type { Credential } from '../credential';
import { bounded, clock, waitUntil } from './clock';
import type { Delays } from './delays';
import { failureOfAnswer, type Answer } from './errors';
import { RyzeError, Stopped, type Failure } from './failure';
import { limiterFor, type RateLimiter } from './rateLimiter';
import { isGatewayAway, pauseBeforeRepeat } from './retry';
import { failureOfException, failureOfSilence, mayPass, surelyNotSent } from './silence';

/** One call of the Ryze API, before anything of HTTP or n8n is known about it. */
export interface RyzeRequest {
	method: IHttpRequestMethods;
	/** Path without the instance, which Ryze always has as the last segment. */
	path: string;
	query?: Record<string, string>;
	/** Sent as JSON. */
	body?: IDataObject;
	/** Whether Ryze may be asked twice without doing it twice. */
	idempotent: boolean;
	/** What the user has to know when it is uncertain whether Ryze did it. */
	ifUncertain: string;
	/** Milliseconds that Ryze was asked to let pass before it does it. */
	delay?: number;
}

/** Where a request can come from: a running node, or a trigger that is switched on or off. */
export type RequestContext = IExecuteFunctions | IHookFunctions;

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

interface Attempt {
	answer?: Answer;
	failure?: Failure;
	/** Whether what went wrong may pass by itself. */
	passing: boolean;
	/** Whether it is certain that Ryze did not get it. */
	notSent: boolean;
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
	const { method, path, query, body, ifUncertain } = request;
	const stop =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const bounds = bounded(timeout, stop);
	// The helper only watches the signal of its context. Its own timeout starts anew with each byte
	// that comes, so an answer that trickles would never end.
	const boundedContext = Object.create(context, {
		getExecutionCancelSignal: { value: () => bounds.signal },
	}) as RequestContext;
	const options: IHttpRequestOptions = {
		method,
		url: `${baseUrl}${path}/${encodeURIComponent(instance)}`,
		...(query && { qs: query }),
		...(body && { body, headers: { 'Content-Type': 'application/json' } }),
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
		const failure = failureOfAnswer(answer, token, ifUncertain);
		const passing = failure !== undefined && isGatewayAway(failure);
		return { answer, failure, passing, notSent: false };
	} catch (error) {
		if (bounds.timedOut()) {
			return { failure: failureOfSilence(timeout, ifUncertain), passing: false, notSent: false };
		}
		const failure = failureOfException(error, baseUrl, token, ifUncertain);
		return { failure, passing: mayPass(error), notSent: surelyNotSent(error) };
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
			result = await attempt(session, request, timeout + (request.delay ?? 0));
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
