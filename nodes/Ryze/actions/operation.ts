import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ReadParameter } from './parameters';
import type { RyzeRequest } from '../transport/attempt';

/** What one item asks of Ryze. */
export interface OperationRequest extends RyzeRequest {
	/** What it acts on; requests with the same subject keep their order. */
	subject: string;
}

/** What an operation is: how it looks in the editor, and how its parameters become a request. */
export interface Operation {
	/** Its entry in the 'Operation' drop-down. */
	option: INodePropertyOptions;
	properties: INodeProperties[];
	/** Its own entries in the collection 'options', beside those that all operations have. */
	options?: INodeProperties[];
	/** @throws {RyzeError} `invalid-parameter`, naming the field */
	request(read: ReadParameter): OperationRequest;
}

export interface Resource {
	/** As the drop-down shows it. */
	name: string;
	/** In the order of the drop-down. */
	operations: Operation[];
	/** Value of the operation that is chosen at first. */
	usual: string;
}

/** By the value of the parameter 'resource'. */
export type Resources = Record<string, Resource>;
