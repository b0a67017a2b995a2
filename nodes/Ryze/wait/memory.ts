import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Question } from '../events/question';
import { isObject } from '../errors/values';

/** What an execution remembers of its question while it waits; n8n stores it with the execution. */
export interface Asked {
	question: Question;
	/** The link in the message. In a loop, all questions of a node have one address; this tells them apart. */
	link: string;
	/** The ID of the message that asks. */
	messageId?: string;
	/** The IDs of its chat, in the form of `chatKeyOf`. */
	chatKeys: string[];
	/** How to write into that chat. */
	reply: { instance: string; number: string; source: string };
	/** Whether an agent waits for it before it may use a tool. */
	isReview: boolean;
}

const KEY = 'ryzeQuestion';

export function remember(context: IExecuteFunctions, asked: Asked): void {
	context.getContext('node')[KEY] = JSON.stringify(asked);
}

/** @returns `undefined` when the execution waits for no answer of this node */
export function recall(context: IWebhookFunctions): Asked | undefined {
	// A webhook has no other way to the context of its node. A brace would end the expression.
	const name = JSON.stringify(context.getNode().name).replace(
		/[{}]/g,
		(brace) => `\\u00${brace.charCodeAt(0).toString(16)}`,
	);
	try {
		const stored = context.evaluateExpression(`{{ $node[${name}].context["${KEY}"] }}`);
		const asked: unknown = typeof stored === 'string' ? JSON.parse(stored) : undefined;
		return isObject(asked) ? (asked as unknown as Asked) : undefined;
	} catch {
		return undefined;
	}
}
