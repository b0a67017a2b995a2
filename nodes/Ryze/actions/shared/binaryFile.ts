import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { toRyzeError } from '../../errors/nodeErrors';
import { refuse } from '../../errors/RyzeError';
import { shown } from '../../errors/text';
import { isObject } from '../../errors/values';
import { type Attachment, isBase64, plainBase64 } from '../../transport/attachment';
import { isTool } from '../run/isTool';

/** A file of n8n; nothing of its content has been read yet. */
export interface BinaryFile extends Omit<Attachment, 'key'> {
	mimeType?: string;
	fileName?: string;
	/** As n8n knows it, without the dot. */
	fileExtension?: string;
}

/**
 * Finds a file: by the name of a binary field of one item, or the file itself, as the expression
 * `{{ $('Download').item.binary.data }}` gives it.
 */
export type OpenFile = (source: unknown) => BinaryFile;

const FIELD = "'Input Data Field Name'";

const NAME_OR_FILE =
	"Enter the name of the binary field, as the 'Binary' tab of the input panel shows it, such as data. For a file of an earlier node, use an expression such as {{ $('Download').item.binary.data }}.";

/** No name of a field is that long. */
const LONGEST_NAME = 200;

/** What n8n takes for a file, and also one that a Code node has made without a type. */
const isFile = (value: unknown): value is Partial<IBinaryData> =>
	isObject(value) && [value.id, value.data].some((text) => typeof text === 'string');

/** A file in place of its name: its content as base64 or a data URI, or an object written as text. */
const looksLikeContent = (name: string): boolean =>
	/^(data:|\{|\[object)/i.test(name) ||
	(name.length > LONGEST_NAME && !name.includes(' ') && isBase64(name));

/** n8n's own file, or its own error when the item has none. */
function inputFile(context: IExecuteFunctions, index: number, field: string): unknown {
	try {
		return context.helpers.assertBinaryData(index, field);
	} catch (error) {
		if (isTool(context)) {
			refuse(
				'invalid-parameter',
				'As a tool of an AI agent, the node gets no files in its input',
				"Set 'Input Type' to URL. To send a file of an earlier node, set 'Input Data Field Name' to the file itself with an expression, such as {{ $('Download').first().binary.data }}.",
			);
		}
		throw toRyzeError(error, 'invalid-parameter');
	}
}

/**
 * `{{ $binary.data }}` gives a file of the input without its content, unless that is in a store.
 *
 * @returns the file of which all else is the same; `undefined` when that is not exactly one
 */
function inputFileLike(
	context: IExecuteFunctions,
	index: number,
	facts: Record<string, unknown>,
): Partial<IBinaryData> | undefined {
	const files = Object.values(context.getInputData()[index]?.binary ?? {}).filter((file) => {
		const known: Record<string, unknown> = { ...file, data: undefined };
		const names = [...Object.keys(known), ...Object.keys(facts)];
		return isFile(file) && names.every((name) => known[name] === facts[name]);
	});
	const contents = new Set(files.map(({ data }) => data));
	return contents.size === 1 ? files[0] : undefined;
}

function findFile(
	context: IExecuteFunctions,
	index: number,
	source: unknown,
): Partial<IBinaryData> {
	if (typeof source === 'string') {
		if (looksLikeContent(source)) {
			refuse(
				'invalid-parameter',
				`${FIELD} looks like the content of a file: ${shown(source)}`,
				NAME_OR_FILE,
			);
		}
		const file = inputFile(context, index, source);
		if (isFile(file)) return file;
		refuse(
			'invalid-parameter',
			`The binary field ${shown(source)} holds no file`,
			'Check the node that makes this field: a file has its content in data, as base64, or its place in id.',
		);
	}
	// JSON from anywhere may have a field 'data' or 'id'; n8n knows a file by its type.
	if (isObject(source) && 'mimeType' in source) {
		const file = isFile(source) ? source : inputFileLike(context, index, source);
		if (file) return file;
		refuse(
			'invalid-parameter',
			`The file in ${FIELD} has no content`,
			"n8n leaves the content out of what $binary and $node return. Use an expression such as {{ $('Download').item.binary.data }}.",
		);
	}
	return refuse(
		'invalid-parameter',
		`${FIELD} must be the name of a field or one file, but is ${shown(source)}`,
		NAME_OR_FILE,
	);
}

/**
 * n8n keeps a file either in a store, from which it is read piece by piece, or as base64 in the item.
 *
 * @param source see `OpenFile`
 * @throws {RyzeError} `invalid-parameter` when there is no such file
 */
export function fileOf(context: IExecuteFunctions, index: number, source: unknown): BinaryFile {
	const file = findFile(context, index, source);
	const { id, data = '', mimeType, fileName, fileExtension } = file;
	const known = { mimeType, fileName, fileExtension };
	const { getBinaryMetadata, getBinaryStream } = context.helpers;
	if (id) {
		return {
			...known,
			identity: () => id,
			size: async () => (await getBinaryMetadata(id)).fileSize,
			open: async () => await getBinaryStream(id),
		};
	}
	if (!isBase64(data)) {
		refuse(
			'invalid-parameter',
			`The file is not base64, but ${shown(data)}`,
			'n8n keeps the content of a file as base64, without a prefix such as data:image/png;base64. Make the file with a node such as Convert to File.',
		);
	}
	return {
		...known,
		identity: () => createHash('sha256').update(data).digest('base64'),
		size: async () => Buffer.byteLength(plainBase64(data), 'base64'),
		open: async () => plainBase64(data),
	};
}
