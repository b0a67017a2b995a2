import type { Resource } from '../shared/operation';
import { favorite } from './favorite.operation';
import { pinChat } from './pinChat.operation';

export const chat: Resource = {
	name: 'Chat',
	operations: [favorite, pinChat],
	default: 'pinChat',
};
