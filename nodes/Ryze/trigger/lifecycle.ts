import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { toRyzeError } from '../errors/nodeErrors';
import { refuse } from '../errors/refuse';
import { shown } from '../errors/text';
import { openClient, type RyzeClient } from '../transport/client';
import { Delays } from '../transport/delays';
import { readEvents } from './events';
import { labelOf } from './label';
import { newSecret } from './secret';
import { toTriggerError } from './triggerErrors';
import { readWebhook, writeWebhook, type Webhook } from './webhooks';
import { isPublic, isThisMachine, isWebAddress } from './webhookUrl';

/** What n8n stores with the workflow between its activation and its deactivation. */
interface StoredData extends IDataObject {
	secret?: string;
}

interface Registration {
	client: RyzeClient;
	label: string;
	url: string;
	events: string[];
	stored: StoredData;
}

async function openRegistration(context: IHookFunctions): Promise<Registration> {
	const url = context.getNodeWebhookUrl('default') as string;
	return {
		client: await openClient(context, new Delays()),
		label: labelOf(context, url),
		url,
		events: readEvents(context.getNodeParameter('events', [])),
		stored: context.getWorkflowStaticData('node') as StoredData,
	};
}

const sorted = (events: unknown) => (Array.isArray(events) ? [...events].sort().join() : '');

/** Turns an error into what n8n shows when a trigger cannot be switched on or off. */
async function withTriggerErrors<T>(context: IHookFunctions, task: () => Promise<T>): Promise<T> {
	try {
		return await task();
	} catch (error) {
		throw toTriggerError(error, context.getNode());
	}
}

/** Whether Ryze has the webhook of this node, with the settings that it needs. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	return await withTriggerErrors(context, async () => {
		const { client, label, url, events, stored } = await openRegistration(context);
		if (stored.secret === undefined) return false;
		const webhook = await readWebhook(client, label);
		return (
			webhook?.enabled === true &&
			webhook.url === url &&
			webhook.authorization === stored.secret &&
			webhook.byEvents !== true &&
			sorted(webhook.events) === sorted(events)
		);
	});
}

/**
 * Tells Ryze where to deliver, and with which secret.
 *
 * This also repairs a webhook of this node whose settings have changed, as Ryze keeps one per label.
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await withTriggerErrors(context, async () => {
		const { client, label, url, events, stored } = await openRegistration(context);
		if (events.length === 0) {
			refuse(
				'invalid-parameter',
				"'Trigger On' is empty",
				"Choose at least one event in 'Trigger On'.",
			);
		}
		if (!isWebAddress(url)) {
			refuse(
				'invalid-parameter',
				`Ryze cannot deliver to ${shown(url)}, which is not a web address`,
				'Set the environment variable WEBHOOK_URL of n8n to the public address of n8n, with https:// in front, such as https://n8n.example.com/. Restart n8n, then try again.',
			);
		}
		if (!isPublic(url) && isPublic(client.credential.baseUrl)) {
			refuse(
				'invalid-parameter',
				`Ryze cannot deliver to ${new URL(url).host}: that address reaches n8n only from its own ${isThisMachine(url) ? 'machine' : 'network'}`,
				'Set the environment variable WEBHOOK_URL of n8n to the public address of n8n, such as https://n8n.example.com/. Restart n8n, then try again.',
			);
		}
		const webhook: Webhook = {
			label,
			enabled: true,
			url,
			// A secret in use is kept, so that deliveries that are under way are still accepted.
			authorization: stored.secret ?? newSecret(),
			byEvents: false,
			events,
			mediaBase64: false,
		};
		await writeWebhook(client, webhook);
		stored.secret = webhook.authorization;
		return true;
	});
}

/** Disables the webhook of this node and no other; Ryze has no way to delete one. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	return await withTriggerErrors(context, async () => {
		const { client, label, stored } = await openRegistration(context);
		try {
			const webhook = await readWebhook(client, label);
			if (webhook?.enabled) await writeWebhook(client, { label, enabled: false });
		} catch (error) {
			const ryzeError = toRyzeError(error, 'unexpected-response');
			// The webhook is gone together with its instance.
			if (ryzeError.failure.reason !== 'instance-not-found') throw ryzeError;
		}
		delete stored.secret;
		return true;
	});
}
