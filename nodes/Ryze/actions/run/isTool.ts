import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether an AI agent has called the node as its tool.
 *
 * n8n makes its own node type for that, whose name ends in this word on every version. A human
 * review of another tool is none: a question that cannot be sent would look like a refusal there.
 */
export const isTool = (context: IExecuteFunctions): boolean =>
	/(?<!Hitl)Tool$/.test(context.getNode().type);
