import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runItems, type Resources } from './items';
import { messageOperations, messageProperties } from './message';
import { optionsProperty } from './options';

const resources: Resources = { message: messageOperations };

/**
 * Programmatic, not declarative: a declarative node starts the requests of all items at once, so it
 * can neither keep to the rate limit of Ryze, nor repeat a refused request, nor stop at a failure,
 * and it shows n8n's sentence in the place of Ryze's.
 */
export class Ryze implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Ryze',
		name: 'ryze',
		icon: { light: 'file:../../icons/ryze.svg', dark: 'file:../../icons/ryze.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ $parameter["pin"] === false ? "unpin: message" : $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Pin and unpin WhatsApp messages through RyzeAPI',
		defaults: { name: 'Ryze' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ryzeApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Message', value: 'message' }],
				default: 'message',
			},
			...messageProperties,
			optionsProperty,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runItems(this, resources)];
	}
}
