import { NodeOperationError, type INode } from 'n8n-workflow';
import { toRyzeError, withTitle } from '../errors/nodeErrors';
import { LONGEST_TITLE, oneLine } from '../errors/text';

const IF_UNCERTAIN = 'Whether it took effect is unknown; doing it again is safe.';

/**
 * What n8n shows when a trigger cannot be switched on or off. n8n shows one text only, the
 * description on 1.x and the title on 2.x, so the title contains both.
 */
export function toTriggerError(error: unknown, node: INode) {
	const { message, description, reason, uncertain } = toRyzeError(
		error,
		'unexpected-response',
	).failure;
	const title = /[.!?]$/.test(message) ? message : `${message}.`;
	const texts = [title, uncertain ? IF_UNCERTAIN : '', description].filter(Boolean);
	// A description of n8n's own may repeat a whole value.
	const text = oneLine(texts.join(' '), '', 2 * LONGEST_TITLE);
	const triggerError = new NodeOperationError(node, text);
	triggerError.context.reason = reason;
	return withTitle(triggerError, text);
}
