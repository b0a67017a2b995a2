import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readDelivery, type Delivery } from './delivery';
import { readEvents } from './events';
import { passes, type Filters } from './filters';
import { labelOf } from './label';
import { keyOf, Repeats } from './duplicates';
import { isSecret } from './secret';

/** Some minutes of a very busy number, in about 1 MB. */
const repeats = new Repeats(5000);

function refuse(context: IWebhookFunctions, status: number, sentence: string) {
	context.getResponseObject().status(status).send(sentence).end();
	return { noWebhookResponse: true };
}

/**
 * Whether a delivery is one that has arrived before. A test listens for one event only, so there it
 * may be sent as often as somebody likes.
 */
function isRepeat(context: IWebhookFunctions, delivery: Delivery): boolean {
	if (context.getMode() === 'manual') return false;
	const label = labelOf(context, context.getNodeWebhookUrl('default') as string);
	const key = keyOf(label, delivery);
	if (key === undefined) return false;
	if (!repeats.remember(key)) return true;
	const response = context.getResponseObject();
	// When n8n cannot start the workflow it answers with an error, and Ryze will deliver again.
	response.once('close', () => {
		if (response.statusCode >= 300) repeats.forget(key);
	});
	return false;
}

/** What n8n does with one delivery of Ryze: one item for an event, nothing for what is none. */
export function receive(context: IWebhookFunctions): IWebhookResponseData {
	const { secret } = context.getWorkflowStaticData('node');
	if (!isSecret(context.getHeaderData().authorization, secret)) {
		return refuse(context, 401, 'Unauthorized');
	}
	const delivery = readDelivery(context.getBodyData());
	if (!delivery) return refuse(context, 400, 'This is not an event of Ryze');

	const events = readEvents(context.getNodeParameter('events', []));
	const filters = (context.getNodeParameter('options', {}) ?? {}) as Filters;
	// An answer without items starts nothing, and tells Ryze that it is done.
	if (!passes(events, filters, delivery)) return {};
	if (isRepeat(context, delivery)) return {};

	const item: INodeExecutionData = { json: delivery.json };
	return { workflowData: [[item]] };
}
