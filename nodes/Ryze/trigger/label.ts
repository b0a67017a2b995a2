import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { addressOfN8n } from '../events/n8nAddress';

/**
 * The label of the webhook that one trigger node has at Ryze. Ryze tells webhooks apart by it
 * (docs/ryze-api.md, "Webhooks").
 *
 * It is different for each n8n, address of n8n, workflow and node, and for test and production, so
 * that none of them ever changes the webhook of another, or one that the user has created. The
 * address counts because a copy of an n8n, such as a restored backup, has the same instance ID.
 */
export function labelOf(context: IHookFunctions | IWebhookFunctions, url: string): string {
	// Not read as a URL: a webhook must be found again even when the address of n8n is set wrong.
	const address = url.replace(/[?#].*$/, '');
	const pathname = address.replace(/^([a-z]+:\/\/)?[^/]*/i, '');
	const workflow = context.getWorkflow().id ?? 'new';
	const own = createHash('sha256')
		.update(JSON.stringify([context.getInstanceId(), workflow, context.getNode().id, address]))
		.digest('hex')
		.slice(0, 8);
	return `n8n-${workflow}-${own}${pathname.includes('/webhook-test/') ? '-test' : ''}`;
}

/** Whether a webhook was created by a trigger to listen for a test event. */
export const isOfTest = (label: string): boolean => /^n8n-.+-[0-9a-f]{8}-test$/.test(label);

/**
 * Whether a webhook in use was created for this workflow by an n8n at another address: by this n8n
 * before it was moved, or by a copy of it. These two cannot be told apart.
 */
export function isOfAnotherAddress(
	own: { label: string; url: string },
	other: { label: string; url: string },
): boolean {
	const workflowOf = (label: string) => /^(n8n-.+)-[0-9a-f]{8}(-test)?$/.exec(label)?.[1];
	return (
		workflowOf(other.label) === workflowOf(own.label) &&
		addressOfN8n(other.url) !== addressOfN8n(own.url)
	);
}

/** The label of the webhook that this delivery has come to. */
export const ownLabelOf = (context: IWebhookFunctions): string =>
	labelOf(context, context.getNodeWebhookUrl('default') as string);
