import type { Failure } from '../errors/RyzeError';

/** Milliseconds to wait before each repetition. */
const PAUSES = [1000, 2000, 4000];

const GATEWAY_AWAY = ['502', '503', '504'];

/** Whether a gateway has answered in the place of Ryze, which is away for the moment. */
export const isGatewayAway = ({ reason, httpCode }: Failure): boolean =>
	reason === 'server-error' && GATEWAY_AWAY.includes(httpCode ?? '');

/**
 * Whether and when a request is sent again.
 *
 * A 429 was refused before any work was done, so it is always repeated; the limiter does the waiting.
 * All that does not pass by itself would fail again in the same way: Ryze answers 500 for mistakes of
 * the user (pin-message.txt), and a phone that is not connected stays so until somebody scans a code.
 *
 * @param mayRepeat whether Ryze, or the way to it, may be back in a moment, and asking it again does
 * no harm even if it carried out the request all the same
 * @param repeated how often this request was repeated since something passing went wrong
 * @returns milliseconds to wait first, or `undefined` to give up
 */
export function pauseBeforeRepeat(
	failure: Failure,
	mayRepeat: boolean,
	repeated: number,
): number | undefined {
	if (failure.reason === 'rate-limited') return 0;
	return mayRepeat ? PAUSES[repeated] : undefined;
}
