import type { Resource } from '../shared/operation';
import { deleteMessage } from './delete.operation';
import { downloadMedia } from './downloadMedia.operation';
import { edit } from './edit.operation';
import { favorite } from './favorite.operation';
import { get } from './get.operation';
import { pinMessage } from './pinMessage.operation';
import { react } from './react.operation';
import { sendAndWait } from './sendAndWait.operation';
import { sendMedia } from './sendMedia.operation';
import { sendPoll } from './sendPoll.operation';
import { sendText } from './sendText.operation';

export const message: Resource = {
	name: 'Message',
	operations: [
		deleteMessage,
		downloadMedia,
		edit,
		get,
		pinMessage,
		react,
		sendMedia,
		sendPoll,
		sendText,
		sendAndWait,
		favorite,
	],
	default: 'pinMessage',
};
