import type { IDataObject } from 'n8n-workflow';
import { isObject, objectOf, textOf } from '../../errors/values';
import { type Message, ownIdOf, readMessage } from './message';
import { maskAll, NAMES_SECRET, TELLS_OF_SECRET, tokensIn, withoutNamed } from './secrets';
import { readable } from '../../events/text';

export interface Delivery {
	event: string;
	/** The name of the instance, if the delivery has it. */
	instance?: string;
	data: Record<string, unknown>;
	/** The output of the node: the body of Ryze without the token, and what is known on top. */
	json: IDataObject;
	message: Message;
}

/** What a workflow needs, at the same place for both layouts; only what is known. */
function onTopOf({ id, repliedId, chatIds, senderIds, text, type }: Message): IDataObject {
	const facts = {
		messageId: id,
		repliedMessageId: repliedId,
		chatId: chatIds[0],
		senderId: senderIds[0],
		text: readable(text),
		messageType: type,
	};
	return Object.fromEntries(Object.entries(facts).filter(([, value]) => value));
}

/**
 * Reads the body of a delivery (docs/ryze-api.md, "Deliveries").
 *
 * Each delivery contains the token of its instance, with which anyone could send messages. It
 * never becomes part of an item.
 *
 * @returns `undefined` for anything but an event of Ryze
 */
export function readDelivery(body: unknown): Delivery | undefined {
	if (!isObject(body) || !isObject(body.data)) return undefined;
	const { event, data, instanceData, ...others } = body;
	if (typeof event !== 'string' || event === '') return undefined;

	const message = readMessage(data);
	const onTop = event === 'message.exchange' ? onTopOf(message) : {};
	const ids = [message.id, message.repliedId, ownIdOf(data)].filter((id) => id !== undefined);
	const json = maskAll(
		{
			...onTop,
			event,
			data: withoutNamed(NAMES_SECRET, data),
			...(instanceData !== undefined && {
				instanceData: withoutNamed(TELLS_OF_SECRET, objectOf(instanceData)),
			}),
			...objectOf(withoutNamed(TELLS_OF_SECRET, others)),
			...onTop,
		},
		tokensIn(body, ids),
	) as IDataObject;
	const instance = textOf(objectOf(instanceData).instance);
	return { event, instance, data, json, message };
}
