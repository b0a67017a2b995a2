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
 * the same output as before, and items that may have got through fail with the same error. So does
 * the same request of an agent, which may try again by itself.
 */
export class SentItems {
	private readonly outcomes: Map<string, Outcome>;

	/** What the keys of this run begin with. */
	private run: string | undefined;

	private readonly isTool: boolean;

	constructor(private readonly context: IExecuteFunctions) {
		this.isTool = isTool(context);
		this.outcomes = outcomesOf(context.getExecutionCancelSignal());
	}

	private keyOf(index: number, instance: string, { path, body }: OperationRequest): string {
		const { id } = this.context.getNode();
		// For an agent each call is a run of its own, so only the request tells calls apart.
		if (this.isTool) return JSON.stringify([id, instance, path, body]);
		this.run ??= JSON.stringify([id, this.context.getWorkflowDataProxy(0).$runIndex]);
		return this.run + index;
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
			// What got through, an agent may send again on purpose.
			if (!this.isTool) this.outcomes.set(key, { json });
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
