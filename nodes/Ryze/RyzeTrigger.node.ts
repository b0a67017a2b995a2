import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { properties } from './trigger/properties';

/** Starts a workflow with each event that Ryze delivers to a webhook of its own. */
export class RyzeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Ryze Trigger',
		name: 'ryzeTrigger',
		icon: { light: 'file:../../icons/ryze.svg', dark: 'file:../../icons/ryze.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow when a WhatsApp message arrives or another Ryze event happens',
		defaults: { name: 'Ryze Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ryzeApi', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties,
	};

	// What these need is loaded with their first use: n8n reads every package at its start.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await (await import('./trigger/lifecycle')).isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await (await import('./trigger/lifecycle')).register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await (await import('./trigger/lifecycle')).unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return (await import('./trigger/receive')).receive(this);
	}
}
