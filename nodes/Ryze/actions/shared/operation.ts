import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { RyzeRequest } from '../../transport/http';
import type { OpenFile } from './binaryFile';
import type { ReadParameter } from './readers';

/** The request of one item. */
export interface OperationRequest extends RyzeRequest {
	/** The message or chat that it changes; requests with the same key keep their order. */
	orderKey: string;
	/** What the user has to know when it is uncertain whether Ryze carried it out. */
	adviceIfUncertain: string;
	/**
	 * What the output is, when it is not the response as it came.
	 *
	 * @param instance the name of the instance that was asked
	 * @throws {RyzeError} when the response cannot be what was asked for
	 */
	toOutput?(response: IDataObject, instance: string): IDataObject;
}

/** What an operation is: how it looks in the editor, and how its parameters become a request. */
export interface Operation {
	/** Its entry in the 'Operation' drop-down. */
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
	/** As the drop-down shows it. */
	name: string;
	/** In the order of the drop-down. */
	operations: Operation[];
	/** Value of the default operation. */
	default: string;
}

/** By the value of the parameter 'resource'. */
export type Resources = Record<string, Resource>;
