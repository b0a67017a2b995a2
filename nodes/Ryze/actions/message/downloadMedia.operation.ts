import type { INodeProperties } from 'n8n-workflow';
import { type Failure, RyzeError } from '../../errors/RyzeError';
import { textOf } from '../../errors/values';
import { messageIdField } from '../shared/fields';
import { cleanName, mimeTypeOf, withExtension } from '../shared/fileType';
import type { Operation } from '../shared/operation';
import { optionsOf } from '../shared/options';
import { isGiven, readMessageId, readText } from '../shared/readers';

const outputField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'outputField',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	builderHint: {
		propertyHint:
			"A plain name such as 'data'. Use the same name in the node that takes the file, such as 'Input Data Field Name' of Send Media.",
	},
	hint: 'The name of the output binary field to put the file in',
	description: 'The name of the output binary field. Later nodes find the file under this name.',
};

const fileNameOption: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice.pdf',
	description:
		'The name of the file in the output. By default it is the ID of the message, as Ryze does not return the name with the file.',
};

/** Ryze does not have a file yet when its message has just arrived (docs/ryze-api.md, "Download media"). */
const NOT_YET = 'Message not found or no media available';

const NO_FILE: Failure = {
	message: "Ryze's response contains no file",
	description:
		'Look at the message in WhatsApp. If its file opens there, send this error message to Ryze support.',
	reason: 'unexpected-response',
	httpCode: '200',
	uncertain: false,
};

/** Downloads the file of a message that the instance has stored (docs/ryze-api.md, "Download media"). */
export const downloadMedia: Operation = {
	entry: {
		name: 'Download Media',
		value: 'downloadMedia',
		action: 'Download WhatsApp media file',
		description: 'Get the image, video, audio or document of a message as a file',
	},
	properties: [messageIdField, outputField],
	options: [fileNameOption],
	// The whole file comes in the response.
	timeout: 120,
	request(read) {
		const messageId = readMessageId(read('messageId'));
		const field = readText('Put Output File in Field', read('outputField')).trim();
		const wanted = optionsOf(read).fileName;
		const name = cleanName(isGiven(wanted) ? readText('File Name', wanted) : messageId);
		return {
			method: 'GET',
			path: '/api/chat/base64',
			query: { messageId },
			responseFile: 'base64',
			notYet: NOT_YET,
			orderKey: messageId,
			idempotent: true,
			adviceIfUncertain: 'Nothing was changed. You can try again.',
			toOutput({ base64: content, ...json }) {
				if (!Buffer.isBuffer(content) || content.length === 0) {
					throw new RyzeError(NO_FILE);
				}
				// As n8n's own nodes have it, without parameters such as codecs=opus.
				const given = textOf(json.mime_type);
				const mimeType = (mimeTypeOf({ mimeType: given }, name) ?? given)?.split(';')[0].trim();
				const fileName = withExtension(name, { mimeType });
				return { json, file: { field, content, fileName, mimeType } };
			},
		};
	},
};
