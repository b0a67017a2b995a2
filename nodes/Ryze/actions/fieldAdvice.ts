import { RyzeError, type Failure } from '../errors/RyzeError';

/** What the fields of this node can do about a failure. */
function adviceOfFields({ reason, httpCode }: Failure): string {
	switch (reason) {
		case 'timeout':
			return "If this happens often, raise 'Timeout (Seconds)' in the options of this node.";
		case 'rate-limited':
			// With a status it is Ryze that refused, and waiting longer may not help.
			return httpCode === null ? "Or raise 'Max Wait (Seconds)' in the options of this node." : '';
		case 'message-not-found':
			return "The Ryze Trigger gives the ID as 'messageId', Send Text as 'data.messageId'.";
		default:
			return '';
	}
}

/**
 * Completes what an error says with what only this node knows.
 *
 * @param ifUncertain what the user has to know when Ryze may have carried it out
 */
export function withFieldAdvice({ failure, cause }: RyzeError, ifUncertain: string): RyzeError {
	const texts = [
		failure.uncertain ? ifUncertain : '',
		failure.description,
		adviceOfFields(failure),
	];
	return new RyzeError({ ...failure, description: texts.filter(Boolean).join(' ') }, cause);
}
