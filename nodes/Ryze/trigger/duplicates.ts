import { createHash } from 'node:crypto';
import type { Delivery } from './delivery';

/** The answer of n8n to a delivery; the response of Express is one. */
export interface AnswerOfN8n {
	statusCode: number;
	writableEnded: boolean;
	once(event: 'close', listener: () => void): unknown;
}

/** What is known about an event: nothing, that n8n has not answered it yet, or that n8n took it. */
export type Met = 'new' | 'under way' | 'taken';

const isSuccess = ({ statusCode }: AnswerOfN8n) => statusCode >= 200 && statusCode < 300;

/**
 * Remembers which events have started a workflow, because Ryze delivers an event again when the
 * answer did not reach it (docs/ryze-api.md, "Deliveries").
 *
 * An event counts as taken only once n8n has answered with 2xx. Ryze may give up before that, and
 * n8n may still fail afterwards, so the answer is kept and checked when the event arrives again.
 *
 * In memory and per process: writing each event to n8n's database would cost more than the rare
 * event that arrives twice after a restart.
 */
export class Duplicates {
	/** An event that was taken no longer has an answer here. */
	private readonly answers = new Map<string, AnswerOfN8n | undefined>();

	/** @param capacity how many events are remembered; the oldest is forgotten first */
	constructor(private readonly capacity: number) {}

	/** @param answer the answer that n8n will give; a new event is remembered with it */
	meet(key: string, answer: AnswerOfN8n): Met {
		if (this.answers.has(key)) {
			const earlier = this.answers.get(key);
			if (earlier && !earlier.writableEnded) return 'under way';
			if (!earlier || isSuccess(earlier)) return 'taken';
			this.answers.delete(key);
		}
		this.answers.set(key, answer);
		if (this.answers.size > this.capacity) {
			const [oldest] = this.answers.keys();
			this.answers.delete(oldest);
		}
		answer.once('close', () => this.letGo(key, answer));
		return 'new';
	}

	/** Keeps only whether the event was taken: the answer would hold the whole request in memory. */
	private letGo(key: string, answer: AnswerOfN8n): void {
		if (!answer.writableEnded || this.answers.get(key) !== answer) return;
		if (isSuccess(answer)) this.answers.set(key, undefined);
		else this.answers.delete(key);
	}
}

/**
 * What tells one event from another. Not only the message ID: editing or deleting a message is an
 * event of its own.
 *
 * @param label of the webhook, as each workflow gets a delivery of its own
 * @returns `undefined` for an event with neither an ID nor a time: it may really happen twice, for
 * example when a label is added, removed and added again
 */
export function keyOf(label: string, { event, data, message }: Delivery): string | undefined {
	if (message.id === undefined && data.timestamp === undefined) return undefined;
	return createHash('sha256')
		.update(JSON.stringify([label, event, data]))
		.digest('base64');
}
