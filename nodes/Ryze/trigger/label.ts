import { createHash } from 'node:crypto';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/**
 * The label of the webhook that one trigger node has at Ryze. Ryze tells webhooks apart by it
 * (docs/ryze-api.md, "Webhooks").
 *
 * It is another one for each n8n, workflow and node, and for test and production, so that none of
 * them ever touches the webhook of another, or one that the user has made. It does not depend on the
 * host of n8n, so that the webhook can be found and mended after n8n has moved.
 */
export function labelOf(context: IHookFunctions | IWebhookFunctions, url: string): string {
	// Not read as a URL: a webhook must be found again even when the address of n8n is set wrong.
	const pathname = url.replace(/^([a-z]+:\/\/)?[^/]*|[?#].*$/gi, '');
	const workflow = context.getWorkflow().id ?? 'new';
	const own = createHash('sha256')
		.update(JSON.stringify([context.getInstanceId(), workflow, context.getNode().id, pathname]))
		.digest('hex')
		.slice(0, 8);
	return `n8n-${workflow}-${own}${pathname.includes('/webhook-test/') ? '-test' : ''}`;
}
