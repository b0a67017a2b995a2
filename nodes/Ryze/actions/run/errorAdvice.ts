import { type Failure, RyzeError } from '../../errors/RyzeError';
import { shown } from '../../errors/text';

/** How the user can fix a failure with the fields of this node. */
function adviceOfFields({ reason, httpCode }: Failure): string {
	switch (reason) {
		case 'timeout':
			return "If this happens often, increase 'Timeout (Seconds)' in the options of this node.";
		case 'rate-limited':
			// With a status it is Ryze that refused, and waiting longer may not help.
			return httpCode === null
				? "Or increase 'Max Wait (Seconds)' in the options of this node."
				: '';
		case 'message-not-found':
			return "The Ryze WhatsApp Trigger and the send operations give the ID as 'messageId'.";
		default:
			return '';
	}
}

interface ItemFacts {
	/** What the user must know when Ryze may have carried out the request. */
	adviceIfUncertain: string;
	/** The value of the option 'Instance', if it was set for the item. */
	instance?: string;
	/** Must not be shown, in case it was pasted into the option. */
	token: string;
}

/** The cause may be the option, although the description names the credential first. */
const aboutInstance = ({ reason }: Failure, { instance, token }: ItemFacts): string =>
	instance !== undefined && ['instance-not-found', 'forbidden', 'not-connected'].includes(reason)
		? `The instance was ${shown(instance, token)}, from the option 'Instance' of this node.`
		: '';

/**
 * Completes what an error says with what only this node knows.
 */
export function withFieldAdvice({ failure, cause }: RyzeError, known: ItemFacts): RyzeError {
	const texts = [
		failure.uncertain ? known.adviceIfUncertain : '',
		failure.description,
		adviceOfFields(failure),
		aboutInstance(failure, known),
	];
	return new RyzeError({ ...failure, description: texts.filter(Boolean).join(' ') }, cause);
}
