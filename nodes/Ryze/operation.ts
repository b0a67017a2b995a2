import type {
	IDataObject,
	IHttpRequestMethods,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { ReadParameter } from './parameters';

/** One call of the Ryze API, before anything of HTTP or n8n is known about it. */
export interface RyzeRequest {
	method: IHttpRequestMethods;
	/** Path without the instance, which Ryze always has as the last segment. */
	path: string;
	body: IDataObject;
	/** What the request acts on; requests with the same subject keep their order. */
	subject: string;
	/** Whether Ryze may be asked twice without doing it twice. */
	idempotent: boolean;
	/** What the user has to know when no answer came. */
	ifUnanswered: string;
}

/** What an operation is: how it looks in the editor, and how its parameters become a request. */
export interface Operation {
	/** Its entry in the 'Operation' drop-down. */
	option: INodePropertyOptions;
	properties: INodeProperties[];
	/** @throws {RyzeError} `invalid-parameter`, naming the field */
	request(read: ReadParameter): RyzeRequest;
}
