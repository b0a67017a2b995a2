import { type IHookFunctions, type INode, NodeOperationError } from 'n8n-workflow';
import { toRyzeError, withTitle } from '../../errors/nodeErrors';
import { type Reason, refuse } from '../../errors/RyzeError';
import { LONGEST_TITLE, oneLine } from '../../errors/text';
import { objectOf } from '../../errors/values';
import { refuseWrongIds } from '../../events/chosenIds';
import { refuseUnreachable } from '../../events/n8nAddress';
import { mayBeSecret, newSecret } from '../../events/secret';
import { withInstance } from '../../transport/client';
import { labelOf } from '../label';
import {
	isSamePlace,
	openRegistration,
	type Registration,
	sameEvents,
	type StoredData,
	storedDataOf,
	webhookUrlOf,
} from './registration';
import { readWebhook, STARTUP_LIMITS, type Webhook, writeWebhook } from './webhooks';

/** Turns an error into what n8n shows when a trigger cannot be switched on. */
async function withTriggerErrors<T>(context: IHookFunctions, task: () => Promise<T>): Promise<T> {
	try {
		return await task();
	} catch (error) {
		throw toTriggerError(error, context.getNode());
	}
}

/** With these reasons the check was not possible, so it says nothing about the webhook. */
const INCONCLUSIVE: Reason[] = [
	'not-connected',
	'rate-limited',
	'server-error',
	'timeout',
	'unexpected-response',
	'unreachable',
];

/**
 * Whether Ryze has the webhook of this node, with the settings that it needs.
 *
 * n8n calls this at its start, for one active workflow after the other, and disables the webhook if
 * the call fails. So when Ryze does not respond, the node waits a few seconds only, and trusts
 * what was registered.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	return await withTriggerErrors(context, async () => {
		const registration = await openRegistration(context);
		const { client, label, url, events, stored } = registration;
		if (!isSamePlace(registration) || !sameEvents(stored.events, events)) return false;
		let webhook: Webhook | undefined;
		try {
			webhook = await readWebhook(client, label, STARTUP_LIMITS);
		} catch (error) {
			const ryzeError = toRyzeError(error, 'unexpected-response');
			if (INCONCLUSIVE.includes(ryzeError.failure.reason)) return true;
			throw ryzeError;
		}
		return (
			webhook?.enabled === true &&
			webhook.url === url &&
			mayBeSecret(webhook.authorization, stored.secret) &&
			webhook.byEvents !== true &&
			sameEvents(webhook.events, events)
		);
	});
}

/** Disables the webhook at the instance that the credential named before it was changed. */
async function disablePrevious(
	context: IHookFunctions,
	registration: Registration,
	{ instance, baseUrl, url }: StoredData,
): Promise<void> {
	const { credential } = registration.client;
	// At another address, the webhook may belong to the n8n that this one is a copy of.
	if (instance === undefined || url !== registration.url) return;
	if (baseUrl !== credential.baseUrl) {
		const why =
			'the credential now has another Base URL, and its token must not be sent to the old one';
		warnLeftEnabled(context, { label: registration.label, instance }, why);
	} else if (instance !== credential.instance)
		await disableWebhook(context, registration, instance);
}

/**
 * Creates the webhook of this node in Ryze, with its secret.
 *
 * This also repairs a webhook of this node with changed settings, as Ryze keeps one per label.
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await withTriggerErrors(context, async () => {
		const registration = await openRegistration(context);
		const { client, label, url, events, stored } = registration;
		const { instance, baseUrl } = client.credential;
		if (events.length === 0) {
			refuse(
				'invalid-parameter',
				"'Trigger On' is empty",
				"Choose at least one event in 'Trigger On'.",
			);
		}
		const { chatIds, senders } = objectOf(context.getNodeParameter('options', {}));
		refuseWrongIds('Chats', chatIds);
		refuseWrongIds('Senders', senders);
		refuseUnreachable('Ryze cannot deliver to', url, baseUrl);
		const webhook = {
			label,
			enabled: true,
			url,
			// A secret in use is kept, so that deliveries that are under way are still accepted.
			authorization: (isSamePlace(registration) && stored.secret) || newSecret(),
			byEvents: false,
			events,
			mediaBase64: false,
		};
		await writeWebhook(client, webhook);
		const earlier = { ...stored };
		Object.assign(stored, { secret: webhook.authorization, instance, baseUrl, url, events });
		await disablePrevious(context, registration, earlier);
		return true;
	});
}

/**
 * Disables the webhook of this node wherever it may be, and deletes its secret so that no more
 * deliveries are accepted.
 *
 * Never fails: n8n would only log the error, and would leave the other triggers of the workflow
 * switched on.
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	const stored = storedDataOf(context);
	const earlier = { ...stored };
	for (const key of Object.keys(stored)) delete stored[key];
	try {
		const registration = await openRegistration(context);
		await disablePrevious(context, registration, earlier);
		await disableWebhook(context, registration, registration.client.credential.instance);
	} catch (error) {
		const { message } = toRyzeError(error, 'unexpected-response').failure;
		const label = labelOf(context, webhookUrlOf(context));
		warnLeftEnabled(context, { label, instance: earlier.instance }, message);
	}
	return true;
}

const IF_UNCERTAIN = 'It may or may not have taken effect. Trying again is safe.';

/**
 * What n8n shows when a trigger cannot be switched on or off. n8n shows one text only, the
 * description on 1.x and the title on 2.x, so the title contains both.
 */
export function toTriggerError(error: unknown, node: INode) {
	const { message, description, reason, uncertain } = toRyzeError(
		error,
		'unexpected-response',
	).failure;
	const title = /[.!?]$/.test(message) ? message : `${message}.`;
	const texts = [title, uncertain ? IF_UNCERTAIN : '', description].filter(Boolean);
	// A description of n8n's own may repeat a whole value.
	const text = oneLine(texts.join(' '), '', 2 * LONGEST_TITLE);
	const triggerError = new NodeOperationError(node, text);
	triggerError.context.reason = reason;
	return withTitle(triggerError, text);
}

/** Says in n8n's log which webhook is left behind in Ryze. */
function warnLeftEnabled(
	context: IHookFunctions,
	{ label, instance }: { label: string; instance?: string },
	why: string,
): void {
	const where = instance === undefined ? '' : ` of the instance "${instance}"`;
	context.logger?.warn(
		`The webhook "${label}"${where} could not be disabled (${why}). If it is still enabled in Ryze, disable it there: it uses one of the 3 webhooks of the instance.`,
	);
}

/**
 * Disables the webhook of this node in an instance, and no other. Ryze cannot delete a webhook.
 * Never fails: what could not be undone is logged.
 */
async function disableWebhook(
	context: IHookFunctions,
	{ client, label }: Registration,
	instance: string,
): Promise<void> {
	try {
		const there = withInstance(client, instance);
		const webhook = await readWebhook(there, label);
		if (webhook?.enabled) await writeWebhook(there, { label, enabled: false });
	} catch (error) {
		const { reason, message } = toRyzeError(error, 'unexpected-response').failure;
		// The webhook is gone together with its instance.
		if (reason === 'instance-not-found') return;
		warnLeftEnabled(context, { label, instance }, message);
	}
}
