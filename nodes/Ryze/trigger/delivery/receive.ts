import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { shown } from '../../errors/text';
import { readCredential } from '../../transport/credential';
import { ownLabelOf } from '../label';
import type { StoredData } from '../registration/registration';
import { warnRarely } from '../../events/rareWarning';
import { Recent } from '../../events/recent';
import { isSecret } from '../../events/secret';
import { type Delivery, readDelivery } from './delivery';
import { Duplicates, eventId, type Seen } from './duplicates';
import { type Filters, passes, readList } from './filters';
import { passOn, withoutLink } from './passOn';

/** A very busy number has this many events within minutes. They take about 1 MB. */
const duplicates = new Duplicates(5000);

/** How many events are remembered of those that Ryze delivers again. */
const MOST_DEFERRED = 1000;

/** When an event was answered with 503, as it may answer a question; Ryze delivers it again. */
const deferred = new Recent<number>(MOST_DEFERRED);

/** Milliseconds. After that, no more deliveries of an event are expected. */
const HOUR = 3_600_000;

/** @param why for the log of n8n, with what to do; it never repeats what was sent as a secret */
function reject(context: IWebhookFunctions, status: number, sentence: string, why?: string) {
	if (why !== undefined) {
		const label = ownLabelOf(context);
		const result = `was refused with ${status}, so it has started nothing`;
		const warning = `A delivery to the webhook "${label}" ${result}: ${why}`;
		warnRarely(context, `${label} ${sentence}`, warning);
	}
	context.getResponseObject().status(status).send(sentence).end();
	return { noWebhookResponse: true };
}

const whyUnauthorized = (given: unknown): string =>
	`${given === undefined ? 'it has no Authorization header' : 'its Authorization header is not the one that this trigger has given to Ryze'}. If a proxy in front of n8n removes or replaces this header, set it to pass the header on. If an old webhook for this workflow is enabled in Ryze, disable it there. Otherwise it may not come from Ryze at all.`;

/**
 * The instance that the credential names now, if that is another one than at the registration. n8n
 * does not tell a trigger that its credential was edited, and the other nodes of the workflow
 * answer from the new number already.
 */
async function instanceNow(
	context: IWebhookFunctions,
	{ instance, baseUrl }: StoredData,
): Promise<string | undefined> {
	if (instance === undefined || baseUrl === undefined) return undefined;
	try {
		const now = readCredential(await context.getCredentials('ryzeApi')).instance;
		return now.toLowerCase() === instance.toLowerCase() ? undefined : now;
	} catch {
		// It cannot be read at the moment, which says nothing about the event.
		return undefined;
	}
}

/**
 * What is known about this event; a new one is remembered. A test listens for one event only, so
 * the same event may be sent to it again and again.
 */
function seenBefore(context: IWebhookFunctions, delivery: Delivery): Seen {
	if (context.getMode() === 'manual') return 'new';
	const key = eventId(ownLabelOf(context), delivery);
	return key === undefined ? 'new' : duplicates.seen(key, context.getResponseObject());
}

/**
 * Whether an event can be answered with 503 and still starts the workflow when it comes again: not a
 * second time, and not if it would be forgotten, or make another one forgotten, before it does.
 */
function canBeDeferred(context: IWebhookFunctions, delivery: Delivery): boolean {
	const key = eventId(ownLabelOf(context), delivery);
	if (key === undefined || deferred.has(key)) return false;
	const [oldest] = deferred.values();
	const now = Date.now();
	if (deferred.size === MOST_DEFERRED && Math.abs(now - oldest) < HOUR) return false;
	deferred.set(key, now);
	return true;
}

/**
 * An event that names no instance is accepted for its secret alone, as each registration has its
 * own secret (docs/ryze-api.md, "Deliveries").
 */
function isOfAnotherInstance({ instance }: Delivery, registered: unknown): boolean {
	if (instance === undefined || typeof registered !== 'string') return false;
	return instance.trim().toLowerCase() !== registered.toLowerCase();
}

/**
 * Handles one delivery of Ryze: an event that is wanted becomes one item. One that is not, has come
 * before or answers a question is acknowledged, one that must come again gets 503, and anything else
 * is rejected.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const stored = context.getWorkflowStaticData('node') as StoredData;
	const { authorization } = context.getHeaderData();
	if (!isSecret(authorization, stored.secret)) {
		return reject(context, 401, 'Unauthorized', whyUnauthorized(authorization));
	}
	const delivery = readDelivery(context.getBodyData());
	if (!delivery) {
		const why =
			'its body is not an event of Ryze. Check whether a proxy in front of n8n changes it.';
		return reject(context, 400, 'This is not an event of Ryze', why);
	}

	// Refused rather than accepted, so that Ryze shows that the event has started nothing.
	if (isOfAnotherInstance(delivery, stored.instance)) {
		const why = `it is for the instance ${shown(delivery.instance)}, but the workflow was published for ${shown(stored.instance)}. Disable this webhook at the other instance in Ryze.`;
		return reject(context, 403, 'This webhook belongs to another instance', why);
	}

	// A test event is what the user waits for in the editor; the published workflow passes it on.
	const passedOn = context.getMode() === 'manual' ? 'none' : await passOn(context, delivery);
	// A response without items starts nothing, and tells Ryze that the event has arrived.
	if (passedOn === 'taken') return {};

	const events = readList(context.getNodeParameter('events', []));
	const filters = (context.getNodeParameter('options', {}) ?? {}) as Filters;
	const isWanted = passes(events, filters, delivery);
	// Ryze delivers it again once at least. What starts the workflow must not get lost after that.
	if (passedOn === 'later' && (!isWanted || canBeDeferred(context, delivery))) {
		return reject(context, 503, 'The question is not ready for an answer');
	}
	if (!isWanted) return {};

	const now = await instanceNow(context, stored);
	if (now !== undefined) {
		const why = `the credential names the instance ${shown(now)} now, but the workflow was published for ${shown(stored.instance)}. Unpublish the workflow (n8n 1.x: deactivate it) and publish it again.`;
		return reject(context, 403, 'The credential of this trigger names another instance', why);
	}

	const seen = seenBefore(context, delivery);
	// n8n may still fail to take it, so Ryze has to deliver it again: a success could lose the event.
	if (seen === 'pending') return reject(context, 503, 'This event is still being handled');
	if (seen === 'handled') return {};

	const item: INodeExecutionData = { json: withoutLink(context, delivery) };
	return { workflowData: [[item]] };
}
