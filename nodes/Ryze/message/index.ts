import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../operation';
import { pinMessage } from './pinMessage.operation';

/** The operations of the resource 'message', in the order of the drop-down. */
export const messageOperations: Operation[] = [pinMessage];

export const messageProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['message'] } },
		options: messageOperations.map(({ option }) => option),
		default: 'pinMessage',
	},
	...messageOperations.flatMap(({ properties }) => properties),
];
