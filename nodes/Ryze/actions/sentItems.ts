import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { RyzeError } from '../errors/RyzeError';
import type { OperationRequest } from './operation';
import { isTool } from './tool';

/** How an item ended, if its request must not be sent a second time. */
type Outcome = { json: IDataObject } | { error: RyzeError };

/**
 * By the cancel signal of the execution. All nodes and tries of an execution share it and nothing
 * else holds it, so the entry is freed with the execution.
 */
const outcomesOfExecutions = new WeakMap<AbortSignal, Map<string, Outcome>>();

/** Executions without a signal cannot be recognized again. */
function outcomesOf(signal: AbortSignal | undefined): Map<string, Outcome> {
	const known = signal && outcomesOfExecutions.get(signal);
	if (known) return known;
	const fresh = new Map<string, Outcome>();
	if (signal) outcomesOfExecutions.set(signal, fresh);
	return fresh;
}

/**
 * What one run of the node has sent that must not be sent twice.
 *
 * n8n's Retry On Fail calls the node again with all its items, within the same execution and run:
 * after an error, and also when the first output item is an error. Items that got through then have
 * the same output as before, and items that may have got through fail with the same error.
 */
export class SentItems {
	private readonly outcomes: Map<string, Outcome>;

	/** What the keys of this run begin with. */
	private run: string | undefined;

	constructor(private readonly context: IExecuteFunctions) {
		this.outcomes = outcomesOf(context.getExecutionCancelSignal());
	}

	private keyOf(index: number, instance: string, { path, body }: OperationRequest): string {
		this.run ??= JSON.stringify([
			this.context.getNode().id,
			this.context.getWorkflowDataProxy(0).$runIndex,
		]);
		// An agent calls its tool with a single item each time, so only the request tells calls apart.
		return this.run + (isTool(this.context) ? JSON.stringify([instance, path, body]) : index);
	}

	/** @throws {RyzeError} of this try, or of an earlier one that may have got through */
	async once(
		index: number,
		instance: string,
		request: OperationRequest,
		send: () => Promise<IDataObject>,
	): Promise<IDataObject> {
		if (request.idempotent) return await send();
		const key = this.keyOf(index, instance, request);
		const before = this.outcomes.get(key);
		if (before) {
			if ('error' in before) throw before.error;
			return before.json;
		}
		try {
			const json = await send();
			this.outcomes.set(key, { json });
			return json;
		} catch (error) {
			throw this.noted(key, error);
		}
	}

	private noted(key: string, error: unknown): unknown {
		if (error instanceof RyzeError && error.failure.uncertain) this.outcomes.set(key, { error });
		return error;
	}

	/** When all items got through there is nothing to try again. */
	forget(): void {
		const { run } = this;
		if (run === undefined) return;
		for (const key of this.outcomes.keys()) {
			if (key.startsWith(run)) this.outcomes.delete(key);
		}
	}
}
