import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toErrorItem, toNodeError, toRyzeError } from '../errors/nodeErrors';
import type { Operation, Resources } from './operation';
import { readOptions, slotsOf } from './options';
import type { ReadParameter } from './parameters';
import { openSessionOf } from '../transport/session';
import { runInSlots, SubjectOrder } from './concurrency';
import { Delays } from '../transport/delays';
import { RyzeError } from '../errors/RyzeError';
import { sendRequest, type Session } from '../transport/request';

function operationOf(resources: Resources, read: ReadParameter): Operation {
	const resource = String(read('resource'));
	const name = String(read('operation'));
	const found = resources[resource]?.operations.find(({ option }) => option.value === name);
	if (found) return found;
	throw new RyzeError({
		message: `This version of the Ryze node has no operation "${name}" for "${resource}"`,
		description: "Choose 'Resource' and 'Operation' from the lists, or update n8n-nodes-ryzeapi.",
		reason: 'invalid-parameter',
		httpCode: null,
	});
}

/** Reads the parameters of one item, as every item may have its own. */
function readerOf(context: IExecuteFunctions, index: number): ReadParameter {
	return (name) => {
		try {
			return context.getNodeParameter(name, index) as unknown;
		} catch (error) {
			throw toRyzeError(error, 'invalid-parameter');
		}
	};
}

/** Tells the user once why the node took its time. */
function tellDelays(context: IExecuteFunctions, { waits, waitedFor, repeats }: Delays) {
	const told: string[] = [];
	if (waits > 0) {
		const seconds = Math.round(waitedFor / 1000);
		told.push(`Waited ${seconds} s (${waits}×) for the rate limit of the Ryze token.`);
	}
	if (repeats > 0) {
		told.push(
			`${repeats} ${repeats === 1 ? 'request was' : 'requests were'} sent again after Ryze refused it or the connection failed.`,
		);
	}
	if (told.length > 0) {
		context.addExecutionHints({ message: told.join(' '), type: 'info', location: 'outputPane' });
	}
}

/**
 * Runs the chosen operation for each input item and returns one output item for each, in order.
 *
 * Items go one after the other, or `requestsAtOnce` together; those with the same subject keep their
 * order even then. Without continue-on-fail the first failure ends it, and nothing more is sent.
 *
 * @throws {NodeApiError | NodeOperationError} with the title, description and reason of the failure
 */
export async function runItems(
	context: IExecuteFunctions,
	resources: Resources,
): Promise<INodeExecutionData[]> {
	const total = context.getInputData().length;
	const outputs = new Array<INodeExecutionData>(total);
	const failures: Array<{ error: unknown; index: number }> = [];
	const order = new SubjectOrder();
	const delays = new Delays();
	let opening: Promise<Session> | undefined;

	// Ends all waiting, when the user stops the execution or an item has failed for good.
	const halt = new AbortController();
	const stop = context.getExecutionCancelSignal();
	const onStop = () => halt.abort();
	stop?.addEventListener('abort', onStop);
	if (stop?.aborted) onStop();

	const runItem = async (index: number): Promise<INodeExecutionData> => {
		const read = readerOf(context, index);
		const request = operationOf(resources, read).request(read);
		const { timeout, maxWait } = readOptions(read('options'));
		opening ??= openSessionOf(context, delays, halt.signal);
		const session = await opening;
		const json = await order.run(
			request.subject,
			async () => await sendRequest(session, request, { timeout, maxWait }),
		);
		return { json, pairedItem: { item: index } };
	};

	await runInSlots(total, slotsOf(readerOf(context, 0)), async (index) => {
		try {
			outputs[index] = await runItem(index);
			return true;
		} catch (error) {
			if (error instanceof RyzeError && context.continueOnFail()) {
				outputs[index] = toErrorItem(error, index);
				return true;
			}
			failures.push({ error, index });
			halt.abort();
			return false;
		}
	});

	// In a loop the node runs many times in one execution, and all runs share the signal.
	stop?.removeEventListener('abort', onStop);

	const [first] = failures;
	if (first) throw toNodeError(first.error, context.getNode(), first.index);
	tellDelays(context, delays);
	return outputs;
}
