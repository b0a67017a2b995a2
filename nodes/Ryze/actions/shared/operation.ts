import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { Question } from '../../events/question';
import type { RyzeClient } from '../../transport/client';
import type { RyzeRequest } from '../../transport/http';
import type { TimeLimits } from '../../transport/send';
import type { OpenFile } from './binaryFile';
import type { ReadParameter } from './readers';

/** A file for the output of the node. */
export interface OutputFile {
	/** The binary field that gets it. */
	field: string;
	content: Buffer;
	fileName: string;
	/** Without it, n8n finds the type out. */
	mimeType?: string;
}

/** What an operation gives for one item. */
export interface Output {
	json: IDataObject;
	file?: OutputFile;
}

/** What is asked before a request, to find out whether an AI agent may send it. */
export interface ToolCheck extends RyzeRequest {
	/** @throws {RyzeError} when it may not */
	check(response: IDataObject): void;
}

/** The request of one item. */
export interface OperationRequest extends RyzeRequest {
	/** The message or chat that it changes; requests with the same key keep their order. */
	orderKey: string;
	/** What the user has to know when it is uncertain whether Ryze carried it out. */
	adviceIfUncertain: string;
	/** As a tool of an AI agent only: without it, an agent may send the request. */
	toolCheck?: ToolCheck;
	/**
	 * What the output is, when it is not the response as it came.
	 *
	 * @param instance the name of the instance that was asked
	 * @throws {RyzeError} when the response cannot be what was asked for
	 */
	toOutput?(response: IDataObject, instance: string): Output;
	/** What it asks, when the execution waits for an answer. */
	question?: Question;
}

/** Completes the request of a question, and lets the execution wait once it was sent (see `wait/`). */
export type PrepareQuestion = (
	context: IExecuteFunctions,
	client: RyzeClient,
	request: RyzeRequest,
	question: Question,
	limits: TimeLimits,
) => Promise<{ request: RyzeRequest; wait(response: IDataObject): Promise<void> }>;

/** What an operation is: how it looks in the editor, and how its parameters become a request. */
export interface Operation {
	/** Its entry in the 'Operation' dropdown. */
	entry: INodePropertyOptions;
	/** Under the node on the canvas when its switch is off, such as "Unpin message". */
	whenOff?: string;
	/** Its fields; `properties.ts` makes them shown for this operation only. */
	properties: INodeProperties[];
	/** Its own entries in the collection 'options', beside those that all operations have. */
	options?: INodeProperties[];
	/** Seconds that a response may take by default, when the usual default is too short. */
	timeout?: number;
	/** @throws {RyzeError} `invalid-parameter`, naming the field */
	request(read: ReadParameter, openFile: OpenFile): OperationRequest;
}

export interface Resource {
	/** As the dropdown shows it. */
	name: string;
	/** In the order of the dropdown. */
	operations: Operation[];
	/** Value of the default operation. */
	default: string;
}

/** By the value of the parameter 'resource'. */
export type Resources = Record<string, Resource>;
