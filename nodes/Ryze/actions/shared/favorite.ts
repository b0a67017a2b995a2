import type { IDataObject } from 'n8n-workflow';
import type { OperationRequest } from './operation';
import { readBoolean, type ReadParameter } from './readers';

/**
 * Messages and chats share one endpoint (docs/ryze-api.md, "Favorite").
 *
 * @param name of the switch, as the user sees it
 * @param target what names the message or the chat
 * @throws {RyzeError} `invalid-parameter`
 */
export function favoriteRequest(
	name: string,
	read: ReadParameter,
	target: IDataObject,
	orderKey: string,
): OperationRequest {
	const favorite = readBoolean(name, read('favorite'));
	return {
		method: 'POST',
		path: '/api/chat/favorite',
		body: { favorite, ...target },
		orderKey,
		idempotent: true,
		adviceIfUncertain: 'It may or may not have taken effect. Trying again is safe.',
		finalState: { favorite },
	};
}
