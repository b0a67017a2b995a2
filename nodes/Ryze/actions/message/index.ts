import type { Resource } from '../shared/operation';
import { favorite } from './favorite.operation';
import { get } from './get.operation';
import { pinMessage } from './pinMessage.operation';
import { sendMedia } from './sendMedia.operation';
import { sendPoll } from './sendPoll.operation';
import { sendText } from './sendText.operation';

export const message: Resource = {
	name: 'Message',
	operations: [get, pinMessage, sendMedia, sendPoll, sendText, favorite],
	default: 'pinMessage',
};
