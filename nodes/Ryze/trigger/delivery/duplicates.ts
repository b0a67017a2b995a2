import { createHash } from 'node:crypto';
import { isFilled, isObject, objectOf } from '../../errors/values';
import { Recent } from '../../events/recent';
import { chatKeyOf } from '../../whatsapp/chatId';
import type { Delivery } from './delivery';
import { ownIdOf } from './message';

/** The response of n8n to a delivery; that of Express is one. */
export interface AnswerOfN8n {
	statusCode: number;
	writableEnded: boolean;
	once(event: 'close', listener: () => void): unknown;
}

/** What is known about an event: nothing, that n8n has not responded yet, or that n8n took it. */
export type Seen = 'new' | 'pending' | 'handled';

const isSuccess = ({ statusCode }: AnswerOfN8n) => statusCode >= 200 && statusCode < 300;

/**
 * Remembers which events have started a workflow, because Ryze delivers an event again when the
 * response did not reach it (docs/ryze-api.md, "Deliveries").
 *
 * An event counts as taken only once n8n has responded with 2xx. Ryze may give up before that, and
 * n8n may still fail afterwards, so the response is kept and checked when the event arrives again.
 *
 * In memory and per process: writing each event to n8n's database would cost more than the rare
 * event that arrives twice after a restart.
 */
export class Duplicates {
	/** An event that was taken no longer has a response here. */
	private readonly answers: Recent<AnswerOfN8n | undefined>;

	/** @param capacity how many events are remembered */
	constructor(capacity: number) {
		this.answers = new Recent(capacity);
	}

	/** @param answer the response that n8n will give; a new event is remembered with it */
	seen(key: string, answer: AnswerOfN8n): Seen {
		if (this.answers.has(key)) {
			const earlier = this.answers.get(key);
			if (earlier && !earlier.writableEnded) return 'pending';
			if (!earlier || isSuccess(earlier)) return 'handled';
			this.answers.delete(key);
		}
		this.answers.set(key, answer);
		answer.once('close', () => this.settle(key, answer));
		return 'new';
	}

	/** Keeps only whether the event was taken: the response would hold the whole request in memory. */
	private settle(key: string, answer: AnswerOfN8n): void {
		if (!answer.writableEnded || this.answers.get(key) !== answer) return;
		if (isSuccess(answer)) this.answers.set(key, undefined);
		else this.answers.delete(key);
	}
}

/** When it happened; the same time may be written with another offset. */
function momentOf(data: Delivery['data']): unknown {
	const given = data.timestamp ?? objectOf(data.message).timestamp;
	const moment = typeof given === 'string' ? Date.parse(given) : NaN;
	return Number.isNaN(moment) ? given : moment;
}

/** What an event says, without what is often known only later: the names of people. */
function essence(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(essence);
	if (!isObject(value)) return value;
	const isPerson = 'jid' in value || 'lid' in value;
	return Object.entries(value)
		.filter(([name, each]) => isFilled(each) && !(isPerson && name === 'name'))
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([name, each]) => [name, essence(each)]);
}

/** @returns `undefined` for a message without an ID */
function identityOfMessage({ data, message }: Delivery): unknown[] | undefined {
	const own = ownIdOf(data);
	if (own === undefined) return undefined;
	const { changes, id, senderIds, text } = message;
	if (!changes.some((change) => change === 'edits' || change === 'reactions')) {
		// Whatever else differs. But what could not be read may come again as what it is.
		return [changes, own];
	}
	if (id !== undefined && id !== own) return [changes, own, text];
	// With the ID of the message that it changes, only these tell it from the next change. The hidden
	// ID comes last, and is the same however the sender is named.
	const sender = chatKeyOf(senderIds[senderIds.length - 1] ?? '');
	return [changes, own, text, momentOf(data), sender];
}

function identityOf(delivery: Delivery): unknown {
	const { event, data, message } = delivery;
	const known = event === 'message.exchange' ? identityOfMessage(delivery) : undefined;
	if (known) return known;
	const moment = momentOf(data);
	if (message.id === undefined && moment === undefined) return undefined;
	const { chat, sender, recipient, ...others } = data;
	// In a private chat the messages say who is meant, whichever of the two IDs a person gets.
	const isReceipt = event === 'message.status' && message.chatKind === 'private';
	const who = isReceipt && isFilled(data.messageIds) ? {} : { chat, sender, recipient };
	return essence({ ...others, ...who, timestamp: moment });
}

/**
 * What tells one event from another. A message is known by its ID; editing it, deleting it and
 * reacting to it are events of their own.
 *
 * @param label of the webhook, as each workflow gets its own delivery
 * @returns `undefined` for an event with neither an ID nor a time: it may really happen twice, for
 * example when a label is added, removed and added again
 */
export function eventId(label: string, delivery: Delivery): string | undefined {
	const identity = identityOf(delivery);
	if (identity === undefined) return undefined;
	return createHash('sha256')
		.update(JSON.stringify([label, delivery.event, identity]))
		.digest('base64');
}
