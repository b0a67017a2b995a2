import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { toNodeError, toRyzeError } from '../errors/nodeErrors';
import { refuse, RyzeError, Stopped } from '../errors/RyzeError';
import { type RyzeClient, Slowdowns } from '../transport/client';
import { FileRoom } from '../transport/fileRoom';
import { sendRequest, type TimeLimits } from '../transport/send';
import { KeyedOrder, runConcurrently } from './run/concurrency';
import { withFieldAdvice } from './run/errorAdvice';
import { isTool } from './run/isTool';
import { ItemCredentials } from './run/itemCredentials';
import { SentOnce } from './run/sentOnce';
import { toItem } from './run/toItem';
import { fileOf } from './shared/binaryFile';
import type { Operation, OperationRequest, PrepareQuestion, Resources } from './shared/operation';
import { readOptions, readRequestsAtOnce } from './shared/options';
import type { ReadParameter } from './shared/readers';

function operationOf(resources: Resources, read: ReadParameter): Operation {
	const resource = String(read('resource'));
	const name = String(read('operation'));
	const found = resources[resource]?.operations.find(({ entry }) => entry.value === name);
	return (
		found ??
		refuse(
			'invalid-parameter',
			`This version of the Ryze node has no operation "${name}" for "${resource}"`,
			"Choose 'Resource' and 'Operation' from the lists, or update n8n-nodes-ryzeapi.",
		)
	);
}

/** Reads the parameters of one item: with expressions, each item can have different values. */
function readerOf(context: IExecuteFunctions, index: number): ReadParameter {
	return (name) => {
		try {
			return context.getNodeParameter(name, index) as unknown;
		} catch (error) {
			throw toRyzeError(error, 'invalid-parameter');
		}
	};
}

/**
 * The output for an item that failed, when the node continues or an AI agent has called it.
 *
 * It has only this key: n8n sends an item with any other key to the success output (seen on 1.123
 * and 2.41).
 */
export function toErrorItem({ failure }: RyzeError, item: number): INodeExecutionData {
	const { message, description, reason, httpCode } = failure;
	const error: IDataObject = { message, description, reason, httpCode };
	return { json: { error }, pairedItem: { item } };
}

/** n8n waits for one answer per execution, and would ask about the first item only. */
function refuseSeveral(total: number): void {
	if (total <= 1) return;
	refuse(
		'invalid-parameter',
		`Send and Wait for Response takes 1 item at a time, but its input has ${total}`,
		'Put a Loop Over Items node with a batch size of 1 in front of this node. Nothing was sent.',
	);
}

/** Shows the user, once, why the node took longer. */
function addSlowdownHint(context: IExecuteFunctions, { waits, waitedFor, retries }: Slowdowns) {
	const sentences: string[] = [];
	if (waits > 0) {
		const seconds = Math.round(waitedFor / 1000);
		sentences.push(`Waited ${seconds} s (${waits}×) for the rate limit of the Ryze token.`);
	}
	if (retries > 0) {
		sentences.push(
			`Retried ${retries} ${retries === 1 ? 'time' : 'times'} after a refusal or a failed connection.`,
		);
	}
	if (sentences.length > 0) {
		const message = sentences.join(' ');
		context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
	}
}

/**
 * Asks whether an AI agent may send a request.
 *
 * @throws {RyzeError} when it may not, or when that cannot be found out; the request was not sent
 */
async function checkForTool(
	client: RyzeClient,
	{ toolCheck }: OperationRequest,
	limits: TimeLimits,
): Promise<void> {
	if (!toolCheck) return;
	try {
		toolCheck.check(await sendRequest(client, toolCheck, limits));
	} catch (error) {
		throw error instanceof RyzeError
			? new RyzeError({ ...error.failure, uncertain: false }, error.cause)
			: error;
	}
}

/**
 * Runs the chosen operation for each input item and returns one output item for each, in order.
 *
 * Items are processed one after the other, or up to `requestsAtOnce` in parallel. Items with the
 * same order key always keep their order. Without continue-on-fail, nothing more is sent after the
 * first failure, except that an AI agent gets each failure as an item.
 *
 * @param loadPrepare for an operation that waits for an answer
 * @throws {NodeApiError | NodeOperationError} with the title, description and reason of the failure
 */
export async function runItems(
	context: IExecuteFunctions,
	resources: Resources,
	loadPrepare: () => Promise<PrepareQuestion>,
): Promise<INodeExecutionData[]> {
	const input = context.getInputData();
	const total = input.length;
	const outputs = new Array<INodeExecutionData>(total);
	const failures: Array<{ error: unknown; index: number }> = [];
	const order = new KeyedOrder();
	const slowdowns = new Slowdowns();
	const sent = new SentOnce(context);

	// Ends all waiting when the user stops the execution, or when an item has failed for good.
	const halt = new AbortController();
	const stop = context.getExecutionCancelSignal();
	const onStop = () => halt.abort();
	stop?.addEventListener('abort', onStop);
	if (stop?.aborted) onStop();
	// A model is told less than the title of an error that a tool throws, so it gets an item to read.
	const asTool = isTool(context);
	const continuesOnFail = context.continueOnFail() || asTool;
	const onFailure = () => {
		if (!continuesOnFail) halt.abort();
	};

	const credentials = new ItemCredentials(context, {
		files: new FileRoom(),
		slowdowns,
		signal: halt.signal,
		onFailure,
	});

	const send = async (client: RyzeClient, request: OperationRequest, limits: TimeLimits) => {
		const { question } = request;
		if (!question) return await sendRequest(client, request, limits);
		const prepare = await loadPrepare();
		const ready = await prepare(context, client, request, question, limits);
		const response = await sendRequest(client, ready.request, limits);
		await ready.wait(response);
		return response;
	};

	const runItem = async (index: number): Promise<INodeExecutionData> => {
		const read = readerOf(context, index);
		const operation = operationOf(resources, read);
		const request = operation.request(read, (source) => fileOf(context, index, source));
		if (request.question) refuseSeveral(total);
		const { timeout, maxWait, instance } = readOptions(read, operation.timeout);
		// Credentials may be read in another order than that of the items: only in here it is kept.
		const output = await order.run(request.orderKey, async () => {
			const client = await credentials.clientFor(index, instance);
			const { token, instance: asked } = client.credential;
			try {
				const response = await sent.sendOnce(index, asked, request, async () => {
					if (asTool) await checkForTool(client, request, { timeout, maxWait });
					return await send(client, request, { timeout, maxWait });
				});
				return request.toOutput?.(response, asked) ?? { json: response };
			} catch (error) {
				const { adviceIfUncertain } = request;
				throw error instanceof RyzeError
					? withFieldAdvice(error, { adviceIfUncertain, instance, token })
					: error;
			}
		});
		// Shown while it waits: n8n puts the answer in its place, or what it has stored of the input.
		if (request.question) return input[index];
		return await toItem(context, output, index);
	};

	await runConcurrently(total, readRequestsAtOnce(readerOf(context, 0)), async (index) => {
		try {
			outputs[index] = await runItem(index);
			return true;
		} catch (error) {
			if (error instanceof RyzeError && continuesOnFail) {
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

	// A failure stops the items that wait, and these may end before the failure itself is noted.
	const first = failures.find(({ error }) => !(error instanceof Stopped)) ?? failures[0];
	if (first) throw toNodeError(first.error, context.getNode(), first.index);
	addSlowdownHint(context, slowdowns);
	return outputs;
}
