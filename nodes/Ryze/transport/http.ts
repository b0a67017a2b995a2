import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { knownSentence } from '../errors/advice';
import {
	type RyzeResponse,
	failureOfResponse,
	failureOfFinalState,
	sentenceOf,
} from '../errors/response';
import { failureOfException, failureOfTimeout, networkOutcomeOf } from '../errors/networkErrors';
import { type Failure, Stopped } from '../errors/RyzeError';
import { maskSecrets } from '../errors/secrets';
import type { Attachment, CheckedFile } from './attachment';
import { bounded } from './clock';
import type { Credential } from './credential';
import { readResponseFile, type ResponseWithFile } from './responseFile';

/** One call of the Ryze API, independent of n8n's HTTP helper. */
export interface RyzeRequest {
	method: IHttpRequestMethods;
	/** Path without the instance, which Ryze has as the last segment of nearly all. */
	path: string;
	/** Where the path does not name the instance: the parameter of the query that does. */
	instanceQuery?: string;
	query?: Record<string, string>;
	/** Sent as JSON. */
	body?: IDataObject;
	/** The fields in which Ryze responds with the final state, and what was asked for. */
	finalState?: Record<string, boolean>;
	/** A file that is part of the body. */
	attachment?: Attachment;
	/** The field of the response that holds a file as base64. `sendRequest` gives it as a `Buffer`. */
	responseFile?: string;
	/** Ryze's error message for what it may have in a moment. */
	notYet?: string;
	/** Whether sending it twice has the same effect as sending it once. */
	idempotent: boolean;
	/** Milliseconds for which Ryze is asked to hold the request back. */
	delay?: number;
}

/**
 * Where a request can come from: a running node, a trigger that is switched on or off, a list in
 * the editor, or a webhook.
 */
export type RequestContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IWebhookFunctions;

export type FailedAttempt =
	| {
			kind: 'refused';
			response: RyzeResponse;
			failure: Failure;
			/** Whether Ryze says why, in an error message that is known. */
			explained: boolean;
	  }
	| {
			kind: 'no response';
			/** The error code of Node.js; empty when there is none, and after a timeout. */
			code: string;
			/** The system call in which it failed, if it is known. */
			syscall?: string;
			failure: Failure;
	  };

/** How one try ended. */
export type Attempt = { kind: 'succeeded'; response: RyzeResponse } | FailedAttempt;

function attemptOf(
	{ response, file, failure: unread }: ResponseWithFile,
	token: string,
	{ finalState, responseFile }: RyzeRequest,
): Attempt {
	const failure =
		unread ?? failureOfResponse(response, token) ?? failureOfFinalState(response.body, finalState);
	if (!failure) {
		const masked = maskSecrets(response.body, token) as IDataObject;
		// Not in the file: it would be another one.
		const body = responseFile === undefined || !file ? masked : { ...masked, [responseFile]: file };
		return { kind: 'succeeded', response: { ...response, body } };
	}
	const explained =
		knownSentence(sentenceOf(response.body) ?? '', response.statusCode) !== undefined;
	return { kind: 'refused', response, failure, explained };
}

/**
 * Sends a request once.
 *
 * n8n's helper has to ignore the status: otherwise it would repeat every request that got a 401,
 * and replace Ryze's error messages with its own.
 *
 * @param timeout milliseconds
 * @param signal aborted when nothing more may be sent
 * @param file the attachment of the request
 * @throws {Stopped} when `signal` was aborted before the request was on its way; after that, it goes on
 * @throws {RyzeError} when the file could not be read; like `Stopped`, only before anything was sent
 */
export async function attempt(
	context: RequestContext,
	credential: Credential,
	request: RyzeRequest,
	timeout: number,
	signal?: AbortSignal,
	file?: CheckedFile,
): Promise<Attempt> {
	const { token, instance, baseUrl } = credential;
	const { method, path, instanceQuery, responseFile } = request;
	const isInPath = instanceQuery === undefined;
	const query = isInPath ? request.query : { ...request.query, [instanceQuery]: instance };
	// Only now, so that files of requests that wait take no memory.
	const body = file ? await file.bodyWith({ ...request.body }) : request.body;
	// Another request may have failed while the file was read.
	if (signal?.aborted) throw new Stopped();
	const stop =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const bounds = bounded(timeout, stop);
	// The helper only watches the signal of its context. Its own timeout restarts with each byte that
	// arrives, so a very slow response would never time out.
	// It would also read the credential again, and expressions in it could have other values then.
	const boundedContext = Object.create(context, {
		getExecutionCancelSignal: { value: () => bounds.signal },
		getCredentials: { value: async () => ({ ...credential }) },
	}) as RequestContext;
	const options: IHttpRequestOptions = {
		method,
		url: isInPath ? `${baseUrl}${path}/${encodeURIComponent(instance)}` : `${baseUrl}${path}`,
		...(query && { qs: query }),
		...(body && { body, headers: { 'Content-Type': 'application/json' } }),
		json: true,
		timeout: timeout + 1000,
		// A redirect would send the token to another host.
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		...(responseFile !== undefined && { encoding: 'stream' as const }),
	};
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			boundedContext,
			'ryzeApi',
			options,
		)) as RyzeResponse;
		const read =
			responseFile === undefined
				? { response }
				: await readResponseFile(response, responseFile, bounds.signal);
		return attemptOf(read, token, request);
	} catch (error) {
		if (bounds.timedOut()) {
			return { kind: 'no response', code: '', failure: failureOfTimeout(timeout) };
		}
		const failure = failureOfException(error, baseUrl, token);
		return { kind: 'no response', ...networkOutcomeOf(error), failure };
	} finally {
		bounds.done();
	}
}
