import { boundedTexts } from './text';

/** The stable word by which a workflow tells one cause from another. Never rename one. */
export type Reason =
	| 'invalid-parameter'
	| 'invalid-credential'
	| 'unauthorized'
	| 'forbidden'
	| 'instance-not-found'
	| 'message-not-found'
	| 'not-connected'
	| 'rate-limited'
	| 'timeout'
	| 'unreachable'
	| 'unexpected-response'
	| 'server-error';

/** What went wrong. Each node adds what its own fields can do about it. */
export interface Failure {
	/** What happened, in Ryze's own error message wherever there is one. */
	message: string;
	/** What to do now. */
	description: string;
	reason: Reason;
	/** HTTP status of the response, as text like in n8n's own errors; `null` when there was none. */
	httpCode: string | null;
	/** Whether Ryze may have carried out the request nevertheless. */
	uncertain: boolean;
	/** Milliseconds that were allowed for waiting for the rate limit, when these are over. */
	waited?: number;
}

/** What this package raises when something went wrong; the nodes turn it into what n8n shows. */
export class RyzeError extends Error {
	readonly failure: Failure;

	/** @param cause the error that it replaces */
	constructor(
		failure: Failure,
		readonly cause?: unknown,
	) {
		const bounded = boundedTexts(failure);
		super(bounded.message);
		this.failure = bounded;
		this.name = 'RyzeError';
	}
}

/**
 * Refuses what was given, before anything is sent.
 *
 * @param message what is wrong, naming the field
 * @param description what to do now
 * @throws {RyzeError} always
 */
export function refuse(reason: Reason, message: string, description: string): never {
	throw new RyzeError({ message, description, reason, httpCode: null, uncertain: false });
}

/**
 * Raised when nothing more may be sent: the execution was stopped, or another request has failed
 * for good.
 */
export class Stopped extends Error {}
