import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { openClient, type RyzeClient, Slowdowns } from '../../transport/client';
import { readList } from '../delivery/filters';
import { labelOf } from '../label';

/** What n8n stores with the workflow between its activation and its deactivation. */
export interface StoredData extends IDataObject {
	secret?: string;
	/** Where the webhook was registered. */
	instance?: string;
	baseUrl?: string;
	url?: string;
	events?: string[];
}

/** What the node registers with the settings that it has now. */
export interface Registration {
	client: RyzeClient;
	label: string;
	url: string;
	events: string[];
	stored: StoredData;
}

export const storedDataOf = (context: IHookFunctions): StoredData =>
	context.getWorkflowStaticData('node') as StoredData;

export const webhookUrlOf = (context: IHookFunctions): string =>
	context.getNodeWebhookUrl('default') as string;

/** @throws {RyzeError} `invalid-credential` */
export async function openRegistration(context: IHookFunctions): Promise<Registration> {
	const url = webhookUrlOf(context);
	return {
		client: await openClient(context, new Slowdowns()),
		label: labelOf(context, url),
		url,
		events: readList(context.getNodeParameter('events', [])),
		stored: storedDataOf(context),
	};
}

const asList = (events: unknown) => (Array.isArray(events) ? [...events].sort().join() : '');

export const sameEvents = (some: unknown, others: unknown): boolean =>
	asList(some) === asList(others);

/** Whether the stored secret was made for this same instance, base URL and address of n8n. */
export const isSamePlace = ({ client, url, stored }: Registration): boolean =>
	stored.secret !== undefined &&
	stored.instance === client.credential.instance &&
	stored.baseUrl === client.credential.baseUrl &&
	stored.url === url;
