import type { IDataObject } from 'n8n-workflow';
import { RyzeError, Stopped, type Failure } from '../errors/RyzeError';
import { attempt, type Attempt, type RyzeRequest } from './attempt';
import type { RyzeClient } from './client';
import { clock, waitUntil } from './clock';
import { sentAgain, type SentAgain } from './retry';

/** Milliseconds before each retry after a lost connection or a busy gateway. */
const BEFORE_SENDING_AGAIN = [1000, 2000, 4000];

export interface TimeLimits {
	/** Milliseconds that an answer may take. */
	timeout: number;
	/**
	 * Milliseconds that a request may wait for the rate limit, counted from its start. Once they are
	 * over, it is only sent, or sent again, if there is room at that moment.
	 */
	maxWait: number;
	/** Whether nothing is sent again, not even what could be. */
	oneTry?: boolean;
}

/** The failure of a request that was never sent, because the limit left no room for it. */
const noRoom = (maxWait: number): Failure => ({
	message: `The rate limit left no room for this request within ${maxWait / 1000} s`,
	description:
		'This request was not sent. Ryze limits the requests of each token per minute, and everything that uses the token shares that limit. Send fewer at once.',
	reason: 'rate-limited',
	httpCode: null,
	uncertain: false,
});

/** Milliseconds to wait before a request is sent again, `undefined` when it is given up. */
function pauseBefore(again: SentAgain | undefined, pauses: number): number | undefined {
	if (again === undefined) return undefined;
	return again === 'after a pause' ? BEFORE_SENDING_AGAIN[pauses] : 0;
}

/**
 * Sends a request to Ryze: waits for the rate limit, sends again what may be sent again, checks the
 * answer.
 *
 * @returns the answer of the API, as it came
 * @throws {RyzeError} with Ryze's own sentence wherever there is one
 * @throws {Stopped} when nothing more may be sent
 */
export async function sendRequest(
	client: RyzeClient,
	request: RyzeRequest,
	{ timeout, maxWait, oneTry }: TimeLimits,
): Promise<IDataObject> {
	const { context, credential, limiter, shared } = client;
	const { signal, slowdowns } = shared;
	const { delay = 0, idempotent } = request;
	const ticket = limiter.nextTicket();
	const expiresAt = clock.now() + maxWait;
	let last: { failure: Failure; again: SentAgain } | undefined;
	let pauses = 0;
	for (;;) {
		slowdowns.beginWait(clock.now());
		const turn = await limiter.acquire({ ticket, expiresAt, delay, signal });
		slowdowns.endWait(clock.now());
		if (turn === 'stopped') throw new Stopped();
		if (turn === 'expired') {
			shared.onFailure?.();
			if (last) shared.givenUpAfter = last.again;
			throw new RyzeError(last?.failure ?? noRoom(maxWait));
		}
		// Not before: the limit may leave no room for it.
		if (last) slowdowns.retries++;

		let result: Attempt | undefined;
		let again: SentAgain | undefined;
		let pause: number | undefined;
		let stopped = false;
		try {
			result = await attempt(context, credential, request, timeout + delay, signal);
			stopped = signal?.aborted === true;
			if (result.kind !== 'answered') {
				again = sentAgain(result, idempotent);
				pause = oneTry || again === shared.givenUpAfter ? undefined : pauseBefore(again, pauses);
				// Before the pass is given back, as that lets the next request go.
				if (pause === undefined && !stopped) shared.onFailure?.();
			}
		} finally {
			// In every case: a pass that is never given back would count as on its way forever.
			const answer = result && 'answer' in result ? result.answer : undefined;
			limiter.release(turn, answer, pause !== undefined);
		}
		if (result.kind === 'answered') {
			shared.givenUpAfter = undefined;
			return result.answer.body as IDataObject;
		}
		// What may have arrived is told in every case, or n8n's Retry On Fail would send it again.
		if (stopped && (idempotent || !result.failure.uncertain)) throw new Stopped();
		if (again === undefined || pause === undefined) {
			shared.givenUpAfter = again;
			throw new RyzeError(result.failure);
		}
		last = { failure: result.failure, again };
		if (again === 'after a pause') pauses++;
		await waitUntil(clock.now() + pause, clock, signal);
	}
}
