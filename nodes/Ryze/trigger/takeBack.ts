import type { IHookFunctions } from 'n8n-workflow';
import { toRyzeError } from '../errors/nodeErrors';
import { withInstance } from '../transport/client';
import type { Registration } from './registration';
import { readWebhook, writeWebhook } from './webhooks';

/** Says in n8n's log which webhook is left behind in Ryze. */
export function warnOfLeftBehind(
	context: IHookFunctions,
	{ label, instance }: { label: string; instance?: string },
	why: string,
): void {
	const where = instance === undefined ? '' : ` of the instance "${instance}"`;
	context.logger?.warn(
		`The webhook "${label}"${where} could not be disabled (${why}), so if it is still enabled in the Ryze panel, disable it there, as it takes up one of the 3 that an instance has.`,
	);
}

/**
 * Disables the webhook of this node in an instance, and no other. Ryze cannot delete a webhook.
 * Never fails: what could not be undone is logged.
 */
export async function takeBack(
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
		warnOfLeftBehind(context, { label, instance }, message);
	}
}
