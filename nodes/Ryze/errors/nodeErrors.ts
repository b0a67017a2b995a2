import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { RyzeError, Stopped, type Failure, type Reason } from './RyzeError';

/** What n8n itself said, when it could not give a parameter or a credential. */
function ofN8n(error: unknown, reason: Reason): Failure {
	const { message, description } = Object(error) as { message?: unknown; description?: unknown };
	return {
		message: typeof message === 'string' && message !== '' ? message : String(error),
		description: typeof description === 'string' ? description : '',
		reason,
		httpCode: null,
	};
}

/** @param reason what is to blame when the error is one of n8n's own */
export function toRyzeError(error: unknown, reason: Reason): RyzeError {
	return error instanceof RyzeError ? error : new RyzeError(ofN8n(error, reason), error);
}

/**
 * What the output of the node holds for an item that failed, when the node goes on.
 *
 * One key only: n8n sends an item with any other key to the success output (n8n-rules.md 5.4).
 */
export function toErrorItem({ failure }: RyzeError, item: number): INodeExecutionData {
	return { json: { error: { ...failure } as IDataObject }, pairedItem: { item } };
}

function ofFailure({ failure, cause }: RyzeError, node: INode, itemIndex: number) {
	const { message, description, reason, httpCode } = failure;
	const foundBeforeSending =
		httpCode === null && (reason === 'invalid-parameter' || reason === 'invalid-credential');
	const texts = { message, description, itemIndex };
	const error = foundBeforeSending
		? // n8n's own errors carry what the editor needs to explain a broken expression.
			new NodeOperationError(node, cause instanceof Error ? cause : message, texts)
		: new NodeApiError(node, { message, httpCode }, { ...texts, httpCode: httpCode ?? undefined });
	// n8n exchanges a sentence in which it finds the name of a network code, such as ECONNREFUSED.
	error.message = message;
	error.context.itemIndex = itemIndex;
	error.context.reason = reason;
	return error;
}

/** What n8n shows when the node stops at an item. */
export function toNodeError(error: unknown, node: INode, itemIndex: number) {
	if (error instanceof RyzeError) return ofFailure(error, node, itemIndex);
	if (error instanceof Stopped) {
		return new NodeOperationError(node, 'The execution was stopped', { itemIndex });
	}
	// Nothing raises this on purpose; n8n tells it as it is.
	return new NodeOperationError(node, error instanceof Error ? error : String(error), {
		itemIndex,
	});
}

/** A trigger has no options for these two. */
const TRIGGER_ADVICE: Partial<Record<Reason, string>> = {
	'rate-limited':
		'Everything that uses the token of Ryze shares its limit. Wait a minute, then try again.',
	timeout: 'Try again in a moment.',
};

/**
 * What n8n shows when a trigger cannot be switched on or off. That is one text only, the description
 * or the title, depending on the version; so the title holds both.
 */
export function toTriggerError(error: unknown, node: INode) {
	const { message, description, reason } = toRyzeError(error, 'unexpected-response').failure;
	const end = /[.!?]$/.test(message) ? '' : '.';
	const text = `${message}${end} ${TRIGGER_ADVICE[reason] ?? description}`.trim();
	const told = new NodeOperationError(node, text);
	// n8n exchanges a sentence in which it finds the name of a network code, such as ECONNREFUSED.
	told.message = text;
	told.context.reason = reason;
	return told;
}
