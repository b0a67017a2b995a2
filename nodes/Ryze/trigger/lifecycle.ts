import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { toRyzeError, toTriggerError } from '../errors/nodeErrors';
import { refuse, shown } from '../actions/parameters';
import { openSessionOf } from '../transport/session';
import { Delays } from '../transport/delays';
import type { Session } from '../transport/request';
import { readEvents } from './events';
import { labelOf } from './label';
import { isPublic, isThisMachine, isWebAddress } from './webhookUrl';
import { newSecret } from './secret';
import { readWebhook, writeWebhook, type Webhook } from './webhooks';

/** What is kept with the workflow between its activation and its deactivation. */
interface Kept extends IDataObject {
	secret?: string;
}

interface Registration {
	session: Session;
	label: string;
	url: string;
	events: string[];
	kept: Kept;
}

async function openRegistration(context: IHookFunctions): Promise<Registration> {
	const url = context.getNodeWebhookUrl('default') as string;
	return {
		session: await openSessionOf(context, new Delays()),
		label: labelOf(context, url),
		url,
		events: readEvents(context.getNodeParameter('events', [])),
		kept: context.getWorkflowStaticData('node') as Kept,
	};
}

const sorted = (events: unknown) => (Array.isArray(events) ? [...events].sort().join() : '');

/** Turns what goes wrong into what n8n shows. */
async function telling<T>(context: IHookFunctions, task: () => Promise<T>): Promise<T> {
	try {
		return await task();
	} catch (error) {
		throw toTriggerError(error, context.getNode());
	}
}

/** Whether Ryze has the webhook of this node, just as this node needs it. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	return await telling(context, async () => {
		const { session, label, url, events, kept } = await openRegistration(context);
		if (kept.secret === undefined) return false;
		const webhook = await readWebhook(session, label);
		return (
			webhook?.enabled === true &&
			webhook.url === url &&
			webhook.authorization === kept.secret &&
			webhook.byEvents !== true &&
			sorted(webhook.events) === sorted(events)
		);
	});
}

/**
 * Tells Ryze where to deliver, and with which secret.
 *
 * A webhook of this node that has gone wrong is mended by this, as Ryze keeps one for each label.
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await telling(context, async () => {
		const { session, label, url, events, kept } = await openRegistration(context);
		if (events.length === 0) {
			refuse(
				'invalid-parameter',
				"'Trigger On' names no event",
				"Choose at least one event in 'Trigger On'.",
			);
		}
		if (!isWebAddress(url)) {
			refuse(
				'invalid-parameter',
				`Ryze cannot deliver to ${shown(url)}, which is no web address`,
				'Set the environment variable WEBHOOK_URL of n8n to the address under which the internet reaches it, with https:// in front, such as https://n8n.example.com/; start n8n again, then try again.',
			);
		}
		if (isThisMachine(url) && isPublic(session.credential.baseUrl)) {
			refuse(
				'invalid-parameter',
				`Ryze cannot deliver to ${new URL(url).host}: that address leads to n8n only from its own machine`,
				'Set the environment variable WEBHOOK_URL of n8n to the address under which the internet reaches it, such as https://n8n.example.com/, start n8n again, then try again.',
			);
		}
		const webhook: Webhook = {
			label,
			enabled: true,
			url,
			// One that is still in use stays, for what is under way to arrive.
			authorization: kept.secret ?? newSecret(),
			byEvents: false,
			events,
			mediaBase64: false,
		};
		await writeWebhook(session, webhook);
		kept.secret = webhook.authorization;
		return true;
	});
}

/** Disables the webhook of this node and no other; Ryze has no way to delete one. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	return await telling(context, async () => {
		const { session, label, kept } = await openRegistration(context);
		try {
			const webhook = await readWebhook(session, label);
			if (webhook?.enabled) await writeWebhook(session, { label, enabled: false });
		} catch (error) {
			const told = toRyzeError(error, 'unexpected-response');
			// Together with its instance the webhook has gone as well.
			if (told.failure.reason !== 'instance-not-found') throw told;
		}
		delete kept.secret;
		return true;
	});
}
