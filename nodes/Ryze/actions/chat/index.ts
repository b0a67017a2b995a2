import type { Resource } from '../shared/operation';
import { favorite } from './favorite.operation';
import { markRead } from './markRead.operation';
import { pinChat } from './pinChat.operation';

export const chat: Resource = {
	name: 'Chat',
	operations: [favorite, markRead, pinChat],
	default: 'pinChat',
};
