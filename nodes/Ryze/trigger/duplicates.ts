import { createHash } from 'node:crypto';
import type { Delivery } from './delivery';

/**
 * Remembers which events have started a workflow, since Ryze delivers an event again when the answer
 * did not reach it (docs/ryze-api.md, "Deliveries").
 *
 * In memory and per process: writing each event to the database of n8n would cost more than the rare
 * event that comes twice after a restart.
 */
export class Duplicates {
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

	/** Accepts the event again, as it was answered with an error. */
	forget(key: string): void {
		this.keys.delete(key);
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
