import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { resources } from './actions';
import { waitingWebhooks } from './actions/message/sendAndWait.operation';
import { propertiesOf, subtitleOf } from './actions/properties';
import { listSearch } from './methods/listSearch';

/**
 * Programmatic, not declarative: a declarative node starts the requests of all items at once. It
 * cannot keep to Ryze's rate limit, send a refused request again, or stop at the first failure, and
 * it shows an error message of n8n instead of Ryze's.
 */
export class Ryze implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Ryze WhatsApp',
		name: 'ryze',
		icon: { light: 'file:../../icons/ryze.svg', dark: 'file:../../icons/ryze.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: subtitleOf(resources),
		description: 'Pin, unpin and send WhatsApp messages through RyzeAPI',
		defaults: { name: 'Ryze WhatsApp' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ryzeApi', required: true }],
		builderHint: {
			searchHint:
				'For WhatsApp through RyzeAPI. To pin what the workflow itself sends: Send Text, Media or Poll, then Pin Message with the messageId that they output.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-ryzeapi.ryzeTrigger',
					relationHint:
						'Starts the workflow when a message arrives; outputs messageId for Pin Message and chatId for a reply with Send Text',
				},
			],
		},
		webhooks: waitingWebhooks,
		properties: propertiesOf(resources, 'message'),
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// Loaded on the first execution: at its start, n8n only needs the description.
		const { runItems } = await import('./actions/router');
		const loadPrepare = async () => (await import('./wait/ask')).prepare;
		return [await runItems(this, resources, loadPrepare)];
	}

	/** The link of a question that waits for an answer. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await (await import('./wait/receiveAnswer')).receiveAnswer(this);
	}
}
