import { type Failure, RyzeError } from '../../errors/RyzeError';
import { shown } from '../../errors/text';

/** How the user can fix a failure with the fields of this node. */
function adviceOfFields({ reason, httpCode, waited }: Failure): string {
	switch (reason) {
		case 'timeout':
			return "If this happens often, increase 'Timeout (Seconds)' in the options of this node.";
		case 'rate-limited':
			if (waited === undefined) return '';
			// With a status it is Ryze that refused, and waiting longer may not help.
			return httpCode === null
				? "You can also increase 'Max Wait (Seconds)' in the options of this node."
				: `The item waited for ${waited / 1000} s, the limit in 'Max Wait (Seconds)' in the options of this node.`;
		case 'not-connected':
			return 'Then run again. Nothing was changed in the chat.';
		case 'message-not-found':
			return "The Ryze WhatsApp Trigger and the send operations output the ID as 'messageId'.";
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

/** Ryze's own error message is kept, if there is one. */
const titleOf = ({ message, reason, httpCode, waited }: Failure): string =>
	reason === 'rate-limited' && httpCode === null && waited !== undefined
		? `Ryze's rate limit had no room for this item within ${waited / 1000} s ('Max Wait (Seconds)')`
		: message;

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
	const description = texts.filter(Boolean).join(' ');
	return new RyzeError({ ...failure, message: titleOf(failure), description }, cause);
}
