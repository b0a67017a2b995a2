import type { IDataObject } from 'n8n-workflow';
import { RyzeError } from '../errors/RyzeError';

/**
 * Refuses a success by which the opposite of what was asked for is the case. Ryze answers with the
 * final state (docs/ryze-api.md, "Pin a message"); an answer that leaves it out is accepted.
 *
 * @param state the fields of the answer, and what was asked for
 * @throws {RyzeError} `unexpected-response`
 */
export const withFinalState = (state: Record<string, boolean>) => (answer: IDataObject) => {
	for (const [name, asked] of Object.entries(state)) {
		if (answer[name] !== !asked) continue;
		throw new RyzeError({
			message: `Ryze accepted the request, but answered '${name}: ${!asked}'`,
			description:
				'Look at the chat in WhatsApp. If nothing has changed there, run again. If it keeps happening, send the error message to Ryze support.',
			reason: 'unexpected-response',
			httpCode: '200',
			uncertain: true,
		});
	}
	return answer;
};
