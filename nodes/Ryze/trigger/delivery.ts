import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../errors/text';
import { factsOf, objectOf, textOf, type MessageFacts } from './messageFacts';
import { secretsIn, withoutNamedSecrets, withoutSecrets } from './withoutSecrets';

export interface Delivery {
	event: string;
	/** The name of the instance, if the delivery has it. */
	instance?: string;
	data: Record<string, unknown>;
	/** The output of the node: the body of Ryze without the token, and the message ID on top. */
	json: IDataObject;
	message: MessageFacts;
}

/**
 * Reads the body of a delivery (docs/ryze-api.md, "Deliveries").
 *
 * Each delivery contains the token of its instance, with which anybody could send messages. It
 * never becomes part of an item.
 *
 * @returns `undefined` for anything but an event of Ryze
 */
export function readDelivery(body: unknown): Delivery | undefined {
	if (!isObject(body) || !isObject(body.data)) return undefined;
	const { event, data, instanceData, ...others } = body;
	if (typeof event !== 'string' || event === '') return undefined;

	const message = factsOf(data);
	const onTop = event === 'message.exchange' && message.id ? { messageId: message.id } : {};
	const json = withoutSecrets(
		{
			...onTop,
			event,
			data,
			...(instanceData !== undefined && {
				instanceData: withoutNamedSecrets(objectOf(instanceData)),
			}),
			...others,
			...onTop,
		},
		secretsIn(instanceData),
	) as IDataObject;
	const instance = textOf(objectOf(instanceData).instance);
	return { event, instance, data, json, message };
}
