import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { RyzeError } from '../../errors/RyzeError';
import type { Output, OutputFile } from '../shared/operation';
import { isTool } from './isTool';

const NO_FILES_FOR_AGENTS =
	'An AI agent gets no files from n8n, so the agent cannot read this one. To use it, add Download Media to the workflow itself, before or after the agent.';

/** The store's own error message may contain a path of the server, so it is only the cause. */
const notStored = (cause: unknown): RyzeError =>
	new RyzeError(
		{
			message: 'n8n could not store the file',
			description:
				'Check where n8n stores its files, and that there is room for them. Then run again.',
			reason: 'unexpected-response',
			httpCode: null,
			uncertain: false,
		},
		cause,
	);

async function stored(context: IExecuteFunctions, { content, fileName, mimeType }: OutputFile) {
	try {
		return await context.helpers.prepareBinaryData(content, fileName, mimeType);
	} catch (error) {
		throw notStored(error);
	}
}

/**
 * The item of n8n for an output. An AI agent gets the name, type and size of a file, as a model
 * would read its content as text.
 *
 * @throws {RyzeError} when n8n cannot store the file
 */
export async function toItem(
	context: IExecuteFunctions,
	{ json, file }: Output,
	item: number,
): Promise<INodeExecutionData> {
	const pairedItem = { item };
	if (!file) return { json, pairedItem };
	if (isTool(context)) {
		const { fileName, mimeType, content } = file;
		const told = { fileName, mimeType, fileSize: content.length, note: NO_FILES_FOR_AGENTS };
		return { json: { ...json, file: told }, pairedItem };
	}
	return { json, binary: { [file.field]: await stored(context, file) }, pairedItem };
}
