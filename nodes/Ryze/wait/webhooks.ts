import type { IWebhookDescription } from 'n8n-workflow';

/** Where n8n listens while an execution waits for an answer: the link shows, and takes, the answer. */
export const webhooks: IWebhookDescription[] = (['GET', 'POST'] as const).map((httpMethod) => ({
	name: 'default',
	httpMethod,
	responseMode: 'onReceived',
	responseData: '',
	path: '={{ $nodeId }}',
	restartWebhook: true,
	isFullPath: true,
}));
