import type { Failure } from './RyzeError';
import { isObject } from './values';

/**
 * Says what is wrong with a success by which the opposite of what was asked for is the case. Ryze
 * answers with the final state (docs/ryze-api.md, "Pin a message"); an answer that leaves it out is
 * accepted.
 *
 * @param asked the fields of the answer that tell the final state, and what was asked for
 * @returns `undefined` when it is as asked
 */
export function failureOfFinalState(
	body: unknown,
	asked: Record<string, boolean> = {},
): Failure | undefined {
	if (!isObject(body)) return undefined;
	const wrong = Object.entries(asked).find(([name, value]) => body[name] === !value);
	if (!wrong) return undefined;
	const [name, value] = wrong;
	return {
		message: `Ryze accepted the request, but answered '${name}: ${!value}'`,
		description:
			'Look at the chat in WhatsApp. If nothing has changed there, run again. If it keeps happening, send the error message to Ryze support.',
		reason: 'unexpected-response',
		httpCode: '200',
		uncertain: true,
	};
}
