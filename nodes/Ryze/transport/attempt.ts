import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';
import type { Credential } from './credential';
import { bounded } from './clock';
import { failureOfAnswer, type Answer } from '../errors/answer';
import type { Failure } from '../errors/RyzeError';
import { isGatewayAway } from './retry';
import {
	failureOfException,
	failureOfSilence,
	mayPass,
	surelyNotSent,
} from '../errors/networkErrors';

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

export interface Attempt {
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
export async function attempt(
	context: RequestContext,
	credential: Credential,
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
