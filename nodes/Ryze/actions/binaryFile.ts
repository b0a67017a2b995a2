import type { IExecuteFunctions } from 'n8n-workflow';
import { toRyzeError } from '../errors/nodeErrors';
import type { Attachment } from '../transport/attachment';
import { plainBase64 } from '../transport/base64';

/** A file in the input of the node; nothing of it has been read yet. */
export interface BinaryFile extends Omit<Attachment, 'key'> {
	mimeType: string;
	fileName?: string;
}

/** Finds the file in the binary field `field` of one item. */
export type OpenFile = (field: string) => BinaryFile;

/**
 * n8n keeps a file either in a store, from which it is read piece by piece, or as base64 in the item.
 *
 * @throws {RyzeError} `invalid-parameter` when the item has no such field
 */
export function fileOf(context: IExecuteFunctions, index: number, field: string): BinaryFile {
	try {
		const { id, data, mimeType, fileName } = context.helpers.assertBinaryData(index, field);
		const { getBinaryMetadata, getBinaryStream } = context.helpers;
		const name = { mimeType, fileName };
		return id === undefined
			? {
					...name,
					size: async () => Buffer.byteLength(plainBase64(data), 'base64'),
					open: async () => plainBase64(data),
				}
			: {
					...name,
					size: async () => (await getBinaryMetadata(id)).fileSize,
					open: async () => await getBinaryStream(id),
				};
	} catch (error) {
		throw toRyzeError(error, 'invalid-parameter');
	}
}
