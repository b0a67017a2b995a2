import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readDelivery, type Delivery } from './delivery';
import { passes, readEvents, type Filters } from './filters';
import { labelOf } from './label';
import { Duplicates, keyOf, type Met } from './duplicates';
import { isSecret } from './secret';

/** A very busy number has this many events within minutes. They take about 1 MB. */
const duplicates = new Duplicates(5000);

function reject(context: IWebhookFunctions, status: number, sentence: string) {
	context.getResponseObject().status(status).send(sentence).end();
	return { noWebhookResponse: true };
}

/**
 * What is known about this event; a new one is remembered. A test listens for one event only, so the
 * same event may be sent to it again and again.
 */
function meet(context: IWebhookFunctions, delivery: Delivery): Met {
	if (context.getMode() === 'manual') return 'new';
	const label = labelOf(context, context.getNodeWebhookUrl('default') as string);
	const key = keyOf(label, delivery);
	return key === undefined ? 'new' : duplicates.meet(key, context.getResponseObject());
}

/**
 * An event that names no instance is accepted for its secret alone, as each registration has its
 * own secret (docs/ryze-api.md, "Deliveries").
 */
function isOfAnotherInstance({ instance }: Delivery, registered: unknown): boolean {
	if (instance === undefined || typeof registered !== 'string') return false;
	return instance.trim().toLowerCase() !== registered.toLowerCase();
}

/** Handles one delivery of Ryze: an event becomes one item, anything else is rejected. */
export function receive(context: IWebhookFunctions): IWebhookResponseData {
	const { secret, instance } = context.getWorkflowStaticData('node');
	if (!isSecret(context.getHeaderData().authorization, secret)) {
		return reject(context, 401, 'Unauthorized');
	}
	const delivery = readDelivery(context.getBodyData());
	if (!delivery) return reject(context, 400, 'This is not an event of Ryze');

	// Refused rather than accepted, so that Ryze shows that the event has started nothing.
	if (isOfAnotherInstance(delivery, instance)) {
		return reject(context, 403, 'This webhook belongs to another instance');
	}

	const events = readEvents(context.getNodeParameter('events', []));
	const filters = (context.getNodeParameter('options', {}) ?? {}) as Filters;
	// An answer without items starts nothing, and tells Ryze that the event has arrived.
	if (!passes(events, filters, delivery)) return {};

	const met = meet(context, delivery);
	// n8n may still fail to take it, so Ryze has to deliver it again: a success could lose the event.
	if (met === 'under way') return reject(context, 503, 'This event is still being handled');
	if (met === 'taken') return {};

	const item: INodeExecutionData = { json: delivery.json };
	return { workflowData: [[item]] };
}
