import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { RyzeError } from '../../errors/RyzeError';
import { chatKeyOf } from '../../whatsapp/chatId';
import type { OperationRequest } from '../shared/operation';
import { isTool } from './isTool';

/** By what is sent, or by the item that sends it. */
type Sends = Map<string | number, Promise<IDataObject>>;

/**
 * By the cancel signal of the execution, then by the node and its run. All tries of an execution
 * share the signal and nothing else holds it, so the entry is freed with the execution, and not
 * before: what n8n still tries again, it alone knows.
 */
const sendsOfExecutions = new WeakMap<AbortSignal, Map<string, Sends>>();

/** The name of a node is unique in its workflow; its ID is not in what n8n 1.x imports. */
function sendsOf(context: IExecuteFunctions, run: number | 'all'): Sends {
	const signal = context.getExecutionCancelSignal();
	// Without one, an execution cannot be recognized again.
	if (!signal) return new Map();
	const ofExecution = sendsOfExecutions.get(signal) ?? new Map<string, Sends>();
	sendsOfExecutions.set(signal, ofExecution);
	const key = JSON.stringify([context.getNode().name, run]);
	const sends = ofExecution.get(key) ?? new Map();
	ofExecution.set(key, sends);
	return sends;
}

/**
 * Two calls of an agent are the same send, however each of them has written the number, and whatever
 * blanks stand around a text.
 */
const contentKeyOf = (instance: string, { path, body, attachment }: OperationRequest): string =>
	JSON.stringify([instance, path, body, attachment?.identity()], (name, value) => {
		if (typeof value !== 'string') return value as unknown;
		if (name === 'number') return chatKeyOf(value);
		return value.normalize('NFC').trim();
	});

/**
 * What an execution has sent that must not be sent twice.
 *
 * n8n's Retry On Fail calls the node again with all its items, within the same execution and run:
 * after an error, and also when the first output item has a field `error`. Items that got through
 * then have the same output as before, and items that may have got through fail with the same error.
 *
 * An agent that is run again calls its tools again, each time in its own run. The same send by
 * the same tool gets the first response again, also while that is still on its way.
 */
export class SentOnce {
	private sends: Sends | undefined;

	private readonly isTool: boolean;

	constructor(private readonly context: IExecuteFunctions) {
		this.isTool = isTool(context);
	}

	/** @throws {RyzeError} of this try, or of an earlier one that may have got through */
	async sendOnce(
		index: number,
		instance: string,
		request: OperationRequest,
		send: () => Promise<IDataObject>,
	): Promise<IDataObject> {
		if (request.idempotent) return await send();
		const { context, isTool: asTool } = this;
		this.sends ??= sendsOf(context, asTool ? 'all' : context.getWorkflowDataProxy(0).$runIndex);
		const { sends } = this;
		const key = asTool ? contentKeyOf(instance, request) : index;
		const before = sends.get(key);
		if (before) return await before;
		const sending = send();
		sends.set(key, sending);
		// What cannot have been sent may be tried again.
		sending.catch((error: unknown) => {
			const uncertain = error instanceof RyzeError && error.failure.uncertain;
			if (!uncertain) sends.delete(key);
		});
		return await sending;
	}
}
