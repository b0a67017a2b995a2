import { createHash } from 'node:crypto';
import type { Delivery } from './delivery';

/** The answer of n8n to a delivery; the response of Express is one. */
export interface AnswerOfN8n {
	statusCode: number;
	writableEnded: boolean;
	once(event: 'close', listener: () => void): unknown;
}

/** What is known of an event: nothing yet, not yet answered, or taken by n8n. */
export type Met = 'new' | 'under way' | 'taken';

const isSuccess = ({ statusCode }: AnswerOfN8n) => statusCode >= 200 && statusCode < 300;

/**
 * Remembers which events have started a workflow, since Ryze delivers an event again when the answer
 * did not reach it (docs/ryze-api.md, "Deliveries").
 *
 * An event is taken only once n8n has answered with 2xx. Ryze may give up before that, and n8n may
 * still fail then, so the answer is kept and looked at when the event comes again.
 *
 * In memory and per process: writing each event to the database of n8n would cost more than the rare
 * event that comes twice after a restart.
 */
export class Duplicates {
	/** No answer any more for an event that was taken. */
	private readonly answers = new Map<string, AnswerOfN8n | undefined>();

	/** @param capacity how many events are remembered; the oldest is forgotten first */
	constructor(private readonly capacity: number) {}

	/** @param answer that n8n is going to give; the event is remembered with it if it is new */
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

	/** Keeps no more of an answer than whether the event was taken: the request hangs on it. */
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
 * @returns `undefined` for an event without an ID or a time: it may well happen twice, as when a label
 * is put on, taken off and put on again
 */
export function keyOf(label: string, { event, data, message }: Delivery): string | undefined {
	if (message.id === undefined && data.timestamp === undefined) return undefined;
	return createHash('sha256')
		.update(JSON.stringify([label, event, data]))
		.digest('base64');
}
