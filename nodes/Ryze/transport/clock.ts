import { sleep } from 'n8n-workflow';

/** Milliseconds of a single sleep, so that each wait ends soon after the execution was stopped. */
export const SLICE = 500;

/** The clock that the transport uses; tests use their own. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

/**
 * Not affected when the clock of the machine is changed, so that no wait grows by the difference.
 * `sleep` is n8n's own: timers are forbidden in community nodes.
 */
export const clock: Clock = {
	now: () => performance.timeOrigin + performance.now(),
	sleep: async (ms) => await sleep(ms),
};

/** Milliseconds: a wait ends within a second after `signal` was aborted. */
const LONGEST_SLEEP = 900;

/**
 * Waits until `until`, or until `signal` is aborted.
 *
 * @param until milliseconds since 1970
 */
export async function waitUntil(until: number, time: Clock, signal?: AbortSignal): Promise<void> {
	while (!signal?.aborted && time.now() < until) {
		await time.sleep(Math.min(LONGEST_SLEEP, until - time.now()));
	}
}

interface Bounds {
	signal: AbortSignal;
	timedOut(): boolean;
	/** Removes the listeners, which would pile up in a long execution. */
	done(): void;
}

/** A signal that is aborted after `timeout` milliseconds or with `stop`, whichever comes first. */
export function bounded(timeout: number, stop?: AbortSignal): Bounds {
	const controller = new AbortController();
	const deadline = AbortSignal.timeout(timeout);
	const abort = () => controller.abort();
	deadline.addEventListener('abort', abort);
	stop?.addEventListener('abort', abort);
	if (stop?.aborted) abort();
	return {
		signal: controller.signal,
		timedOut: () => deadline.aborted,
		done() {
			deadline.removeEventListener('abort', abort);
			stop?.removeEventListener('abort', abort);
		},
	};
}
