import { createHash } from 'node:crypto';
import type { Delivery } from './delivery';

/**
 * Remembers which events have started a workflow, as the queue of Ryze delivers an event again when
 * it missed the answer (ryze-api.md 8.3).
 *
 * In memory only and per process: writing each event to the database of n8n would cost more than the
 * rare event that comes twice after a restart.
 */
export class Repeats {
	private readonly keys = new Set<string>();

	/** @param capacity how many events are remembered; the oldest is forgotten first */
	constructor(private readonly capacity: number) {}

	/** @returns whether it is new, and is remembered from now on */
	remember(key: string): boolean {
		if (this.keys.has(key)) return false;
		this.keys.add(key);
		if (this.keys.size > this.capacity) {
			const [oldest] = this.keys;
			this.keys.delete(oldest);
		}
		return true;
	}

	/** Lets the event in again, as it was answered with an error. */
	forget(key: string): void {
		this.keys.delete(key);
	}
}

/**
 * What tells one event from another. Not the message ID alone: an edit and a revocation of a message
 * are events of their own.
 *
 * @param label of the webhook, as each workflow gets its own delivery
 * @returns `undefined` for an event without an ID or a time: it may well happen twice, as when a label
 * is put on, taken off and put on again
 */
export function keyOf(label: string, { event, data, message }: Delivery): string | undefined {
	if (message.id === undefined && data.timestamp === undefined) return undefined;
	return createHash('sha256')
		.update(JSON.stringify([label, event, data]))
		.digest('base64');
}
