import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OperationRequest } from './operation';
import { type ReadParameter, readBoolean } from './readers';

/** The field 'Favorite' of both operations. */
export const favoriteField = (description: string): INodeProperties => ({
	displayName: 'Favorite',
	name: 'favorite',
	type: 'boolean',
	default: true,
	description,
});

/**
 * Messages and chats share one endpoint (docs/ryze-api.md, "Favorite").
 *
 * @param target what names the message or the chat
 * @throws {RyzeError} `invalid-parameter`
 */
export function favoriteRequest(
	read: ReadParameter,
	target: IDataObject,
	orderKey: string,
): OperationRequest {
	const favorite = readBoolean('Favorite', read('favorite'));
	return {
		method: 'POST',
		path: '/api/chat/favorite',
		body: { favorite, ...target },
		orderKey,
		idempotent: true,
		adviceIfUncertain: 'Whether it took effect is unknown; doing it again is safe.',
		finalState: { favorite },
	};
}
