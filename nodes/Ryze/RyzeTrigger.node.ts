import {
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { listSearchOfTrigger } from './methods/listSearch';
import { properties, subtitle, triggerPanel } from './trigger/properties';

/** Starts a workflow on each event that Ryze delivers to the webhook of this trigger. */
export class RyzeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Ryze WhatsApp Trigger',
		name: 'ryzeTrigger',
		icon: { light: 'file:../../icons/ryze.svg', dark: 'file:../../icons/ryze.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle,
		// Searched for, the panel of n8n shows this one for both nodes (seen on 2.41.1).
		description:
			'Pin, unpin, send and receive WhatsApp messages through RyzeAPI. This trigger starts the workflow when a message arrives.',
		eventTriggerDescription: 'Send a WhatsApp message to your number',
		activationMessage: 'Your workflow now listens for events on your WhatsApp number.',
		triggerPanel,
		defaults: { name: 'Ryze WhatsApp Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ryzeApi', required: true }],
		builderHint: {
			searchHint:
				'Sets up its webhook at Ryze by itself; there is no URL to copy. By default it starts on new messages, both those received and those sent from the phone.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-ryzeapi.ryze',
					relationHint:
						'Replies with Send Text (chatId), and pins what arrived with Pin Message (messageId)',
				},
			],
		},
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties,
	};

	methods = { listSearch: listSearchOfTrigger };

	// What these need is loaded on first use: at its start, n8n only needs the description.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await (await import('./trigger/registration/lifecycle')).isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await (await import('./trigger/registration/lifecycle')).register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await (await import('./trigger/registration/lifecycle')).unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await (await import('./trigger/delivery/receive')).receive(this);
	}
}
