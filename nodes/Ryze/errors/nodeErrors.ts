import { type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { type Failure, type Reason, RyzeError, Stopped } from './RyzeError';

/**
 * An error that is not of this package, mostly n8n's own when it could not provide a parameter or a
 * credential.
 */
function failureOfN8n(error: unknown, reason: Reason): Failure {
	const { message, description } = Object(error) as { message?: unknown; description?: unknown };
	return {
		message: typeof message === 'string' && message !== '' ? message : String(error),
		description: typeof description === 'string' ? description : '',
		reason,
		httpCode: null,
		uncertain: false,
	};
}

/** @param reason the reason when the error is one of n8n's own */
export const toRyzeError = (error: unknown, reason: Reason): RyzeError =>
	error instanceof RyzeError ? error : new RyzeError(failureOfN8n(error, reason), error);

/**
 * Sets the title again: n8n replaces a title that contains a network error code, such as
 * ECONNREFUSED.
 */
export function withTitle<E extends NodeApiError | NodeOperationError>(error: E, title: string): E {
	error.message = title;
	return error;
}

/** An error whose title had to be cut repeats it in other places, such as its stack. */
const isAsShown = (error: unknown, title: string): error is Error =>
	error instanceof Error && error.message === title;

function ofFailure({ failure, cause }: RyzeError, node: INode, itemIndex?: number) {
	const { message, description, reason, httpCode } = failure;
	const foundBeforeSending =
		httpCode === null && (reason === 'invalid-parameter' || reason === 'invalid-credential');
	const texts = { message, description, itemIndex };
	const error = foundBeforeSending
		? // n8n's own errors carry what the editor needs to explain a broken expression.
			new NodeOperationError(node, isAsShown(cause, message) ? cause : message, texts)
		: new NodeApiError(node, { message, httpCode }, { ...texts, httpCode: httpCode ?? undefined });
	if (itemIndex !== undefined) error.context.itemIndex = itemIndex;
	// The editor shows `data` under the details of an error, and nothing else of this.
	Object.assign(error.context, { reason, data: { reason } });
	return withTitle(error, message);
}

/** What n8n shows when a node stops. */
export function toNodeError(error: unknown, node: INode, itemIndex?: number) {
	if (error instanceof RyzeError) return ofFailure(error, node, itemIndex);
	if (error instanceof Stopped) {
		return new NodeOperationError(node, 'The execution was stopped', { itemIndex });
	}
	// Nothing throws any other error on purpose.
	const { message } = toRyzeError(error, 'unexpected-response').failure;
	return new NodeOperationError(node, isAsShown(error, message) ? error : message, { itemIndex });
}
