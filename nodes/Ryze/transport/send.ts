import type { IDataObject } from 'n8n-workflow';
import { type Failure, RyzeError, Stopped } from '../errors/RyzeError';
import { type CheckedFile, checkFile, LARGEST_FILE } from './attachment';
import type { RyzeClient } from './client';
import { clock, waitUntil } from './clock';
import { attempt, type Attempt, type RyzeRequest } from './http';
import type { Permit } from './rateLimit/quota';
import { retryWhen, type RetryWhen } from './retry';

/** Milliseconds before each retry, unless only the rate limit decides. */
const BEFORE_RETRY = [1000, 2000, 4000];

export interface TimeLimits {
	/** Milliseconds that a response may take. */
	timeout: number;
	/**
	 * Milliseconds that a request may wait for the rate limit, counted from its start. Once they are
	 * over, it is only sent, or retried, if there is room at that moment.
	 */
	maxWait: number;
	/** Whether nothing is retried, not even what could be. */
	oneTry?: boolean;
}

/** The failure of a request that was never sent, because the limit left no room for it. */
const noRoom = (maxWait: number): Failure => ({
	message: `Ryze's rate limit had no room for this request within ${maxWait / 1000} s`,
	description:
		'This request was not sent. Ryze limits the requests per minute for each token, and everything that uses the token shares that limit. Wait a minute, or send fewer at once.',
	reason: 'rate-limited',
	httpCode: null,
	uncertain: false,
});

/** What failed before it was sent has failed for good. */
function reportFailure(shared: RyzeClient['shared'], error: unknown): unknown {
	if (error instanceof RyzeError) shared.onFailure?.();
	return error;
}

/** @param pauses how many pauses there were before */
function pauseBefore(when: RetryWhen | undefined, pauses: number): number | undefined {
	if (when === undefined) return undefined;
	return when === 'when the limit has room' ? 0 : BEFORE_RETRY[pauses];
}

/** How one try ended, and what follows from it. */
interface Tried {
	result: Attempt;
	/** Whether nothing more was to be sent when it ended. */
	wasStopped: boolean;
	/** When it could be retried. */
	when?: RetryWhen;
	/** Milliseconds before the retry; `undefined` when there is none. */
	pause?: number;
}

/** Waits until the rate limit has room for a request. */
async function acquirePermit(
	{ limiter, shared: { signal, slowdowns } }: RyzeClient,
	wanted: { ticket: number; expiresAt: number; delay: number },
): Promise<Permit | 'expired'> {
	slowdowns.beginWait(clock.now());
	const permit = await limiter.acquire({ ...wanted, signal });
	slowdowns.endWait(clock.now());
	if (permit === 'stopped') throw new Stopped();
	return permit;
}

/**
 * Sends a request once, decides whether it is retried, and releases the permit however that ends.
 *
 * @param pauses how many pauses there were before
 */
async function tryOnce(
	{ context, credential, limiter, shared }: RyzeClient,
	request: RyzeRequest,
	permit: Permit,
	{ timeout, oneTry }: TimeLimits,
	pauses: number,
	file?: CheckedFile,
): Promise<Tried> {
	const { delay = 0, idempotent, notYet } = request;
	const { signal } = shared;
	let tried: Tried | undefined;
	try {
		const result = await attempt(context, credential, request, timeout + delay, signal, file);
		tried = { result, wasStopped: signal?.aborted === true };
		if (result.kind === 'succeeded') return tried;
		tried.when = retryWhen(result, idempotent, notYet);
		const isGivenUp = oneTry || tried.when === shared.lastGivenUp;
		if (!isGivenUp) tried.pause = pauseBefore(tried.when, pauses);
		// Before the permit is released, as that lets the next request go.
		if (tried.pause === undefined && !tried.wasStopped) shared.onFailure?.();
		return tried;
	} catch (error) {
		throw reportFailure(shared, error);
	} finally {
		// In every case: a permit that is never released would count as in flight forever.
		if (!tried) limiter.releaseUnsent(permit);
		else {
			const response = 'response' in tried.result ? tried.result.response : undefined;
			limiter.release(permit, response, tried.pause !== undefined);
		}
	}
}

/** Tries until a request gets a response, may not be retried, or its time is over. */
async function sendWithRetries(
	client: RyzeClient,
	request: RyzeRequest,
	limits: TimeLimits,
	file?: CheckedFile,
): Promise<IDataObject> {
	const { limiter, shared } = client;
	const { delay = 0, idempotent } = request;
	const { maxWait } = limits;
	const wanted = { ticket: limiter.nextTicket(), expiresAt: clock.now() + maxWait, delay };
	let last: { failure: Failure; when: RetryWhen } | undefined;
	for (let pauses = 0; ; ) {
		const permit = await acquirePermit(client, wanted);
		if (permit === 'expired') {
			shared.onFailure?.();
			if (last) shared.lastGivenUp = last.when;
			throw new RyzeError({ ...(last?.failure ?? noRoom(maxWait)), waited: maxWait });
		}
		// Not before: the limit may leave no room for it.
		if (last) shared.slowdowns.retries++;

		const { result, wasStopped, when, pause } = await tryOnce(
			client,
			request,
			permit,
			limits,
			pauses,
			file,
		);
		if (result.kind === 'succeeded') {
			shared.lastGivenUp = undefined;
			return result.response.body as IDataObject;
		}
		// What may have arrived is told in every case, or n8n's Retry On Fail would send it again.
		if (wasStopped && (idempotent || !result.failure.uncertain)) throw new Stopped();
		if (when === undefined || pause === undefined) {
			shared.lastGivenUp = when;
			throw new RyzeError(result.failure);
		}
		last = { failure: result.failure, when };
		if (when !== 'when the limit has room') pauses++;
		await waitUntil(clock.now() + pause, clock, shared.signal);
	}
}

/** What cannot be sent takes no place in the limit, so a file is checked before the wait. */
async function checkAttachment(
	client: RyzeClient,
	{ attachment }: RyzeRequest,
	{ timeout }: TimeLimits,
): Promise<CheckedFile | undefined> {
	try {
		return attachment && (await checkFile(attachment, { timeout, signal: client.shared.signal }));
	} catch (error) {
		throw reportFailure(client.shared, error);
	}
}

/**
 * Sends a request to Ryze: waits for the rate limit, retries what may be retried, checks the
 * response.
 *
 * @returns the response of Ryze, as it came; see also `responseFile` of the request
 * @throws {RyzeError} with Ryze's own error message wherever there is one
 * @throws {Stopped} when nothing more may be sent
 */
export async function sendRequest(
	client: RyzeClient,
	request: RyzeRequest,
	limits: TimeLimits,
): Promise<IDataObject> {
	const file = await checkAttachment(client, request, limits);
	const send = async () => await sendWithRetries(client, request, limits, file);
	const { files, signal } = client.shared;
	// How large the file in a response is, is known when it is there.
	const room = file?.size ?? (request.responseFile === undefined ? 0 : LARGEST_FILE);
	return room > 0 ? await files.hold(room, signal, send) : await send();
}
