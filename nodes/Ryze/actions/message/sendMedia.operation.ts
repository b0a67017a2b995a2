import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { refuse } from '../../errors/RyzeError';
import { shown } from '../../errors/text';
import { chatField } from '../shared/fields';
import {
	cleanName,
	type FileFacts,
	mimeTypeOf,
	nameInPath,
	withExtension,
} from '../shared/fileType';
import { MEDIA_TYPES, type MediaType, readMediaType } from '../shared/mediaType';
import type { Operation } from '../shared/operation';
import { optionsOf } from '../shared/options';
import {
	isGiven,
	readBoolean,
	readChoice,
	type ReadParameter,
	readText,
	trimmed,
} from '../shared/readers';
import { mentionAll, readMentionAll, sendOptions, sendRequestOf } from '../shared/send';

const properties: INodeProperties[] = [
	chatField,
	{
		displayName: 'Media Type',
		name: 'mediaType',
		type: 'options',
		options: [
			{ name: 'Audio', value: 'audio', description: 'A voice note, or an audio file' },
			{
				name: 'Automatic',
				value: 'auto',
				description:
					'By the type of the file. What WhatsApp does not show or play in the chat is sent as a document.',
			},
			{ name: 'Document', value: 'document', description: 'Any file, shown as a download' },
			{ name: 'Image', value: 'image' },
			{ name: 'Video', value: 'video' },
		],
		default: 'auto',
		description: 'How the file appears in the chat',
	},
	{
		displayName: 'Input Type',
		name: 'inputType',
		type: 'options',
		options: [
			{ name: 'Binary File', value: 'binary', description: 'A file in the input of this node' },
			{ name: 'URL', value: 'url', description: 'Ryze downloads the file itself' },
		],
		default: 'binary',
		description: 'Where the file comes from',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input field that contains the file',
		builderHint: {
			propertyHint:
				"The name of the field, such as 'data', never base64. For a file of an earlier node: an expression that returns its binary object.",
		},
		displayOptions: { hide: { inputType: ['url'] } },
		description:
			"The name of the binary field in the input, as its 'Binary' tab shows it. For a file of an earlier node, use an expression such as $('Download').item.binary.data.",
	},
	{
		displayName: 'URL',
		name: 'mediaUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/picture.jpg',
		builderHint: {
			propertyHint: 'A link that opens the file itself without a login. Never make one up.',
		},
		displayOptions: { hide: { inputType: ['binary'] } },
		description: 'The address of the file. Ryze must be able to open it without a login.',
	},
	{
		displayName: 'Caption',
		name: 'caption',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. The new opening hours',
		displayOptions: { hide: { mediaType: ['audio'] } },
		description: 'The text below the file',
	},
];

const options: INodeProperties[] = [
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. menu.pdf',
		description: 'The name of the file in the chat. By default, a binary file keeps its name.',
	},
	{
		displayName: 'Voice Note',
		name: 'voiceNote',
		type: 'boolean',
		default: true,
		displayOptions: { hide: { '/mediaType': ['document', 'image', 'video'] } },
		description: 'Whether audio appears as a voice note (on) or as an audio file (off)',
	},
];

function readUrl(value: unknown): string {
	const url = typeof value === 'string' ? value.trim() : value;
	if (typeof url === 'string' && /^https?:\/\/[^\s/]+.*$/i.test(url)) return url;
	return refuse(
		'invalid-parameter',
		`'URL' must start with https:// or http://, but is ${shown(value)}`,
		"Enter the whole address of the file in 'URL'. To send a file from the input of this node, set 'Input Type' to Binary File.",
	);
}

/** What the chat shows of any file of this type. */
function mediaFields(read: ReadParameter, choice: string, mediaType: MediaType): IDataObject {
	const given = optionsOf(read);
	const content: IDataObject = { mediaType, ...readMentionAll(given) };
	// The editor hides the caption where Audio was chosen; one that was left over is not meant.
	const caption = choice === 'audio' ? undefined : trimmed(read('caption'));
	if (isGiven(caption)) {
		if (mediaType === 'audio') {
			refuse(
				'invalid-parameter',
				'Audio has no caption in WhatsApp',
				"Leave 'Caption' empty and send the text with Send Text, or set 'Media Type' to Document.",
			);
		}
		content.message = readText('Caption', caption);
	}
	if (mediaType === 'audio' && isGiven(given.voiceNote)) {
		content.isVoice = readBoolean('Voice Note', given.voiceNote);
	}
	return content;
}

/** Of other media the chat shows no name. */
const shownName = (mediaType: MediaType, name: string, facts: FileFacts): string =>
	mediaType === 'document' ? withExtension(name, facts) : name;

/**
 * Sends an image, a video, an audio file or a document to a person, a group or a channel
 * (docs/ryze-api.md, "Send media").
 */
export const sendMedia: Operation = {
	entry: {
		name: 'Send Media',
		value: 'sendMedia',
		action: 'Send WhatsApp media message',
		description:
			'Send an image, video, audio or document to a person, group or channel; the output has the ID of the new message',
	},
	properties,
	options: [...options, mentionAll, ...sendOptions],
	// Ryze responds when it has downloaded the file and WhatsApp has it: a film takes a while.
	timeout: 120,
	request(read, openFile) {
		const choice = readChoice('Media Type', read('mediaType'), ['auto', ...MEDIA_TYPES]);
		const inputType = readChoice('Input Type', read('inputType'), ['binary', 'url']);
		const given = optionsOf(read);
		const name = isGiven(given.fileName)
			? cleanName(readText('File Name', given.fileName))
			: undefined;
		if (inputType === 'url') {
			const url = readUrl(read('mediaUrl'));
			const path = url.replace(/[?#].*$/s, '');
			const mediaType = readMediaType(choice, mimeTypeOf({}, name, path), true);
			const content = mediaFields(read, choice, mediaType);
			content.mediaUrl = url;
			if (name !== undefined) {
				content.fileName = shownName(mediaType, name, { fileName: path });
			}
			return sendRequestOf(read, '/api/message/media', content);
		}
		const source = read('binaryPropertyName');
		const isName = typeof source !== 'object' || source === null;
		const { identity, size, open, ...facts } = openFile(
			isName ? readText('Input Data Field Name', source).trim() : source,
		);
		const mimeType = mimeTypeOf(facts, facts.fileName, name);
		const mediaType = readMediaType(choice, mimeType, false);
		const content = mediaFields(read, choice, mediaType);
		if (mimeType !== undefined) content.mimeType = mimeType;
		const fileName = name ?? nameInPath(facts.fileName);
		if (fileName !== '') {
			content.fileName = shownName(mediaType, fileName, { ...facts, mimeType });
		}
		const request = sendRequestOf(read, '/api/message/media', content);
		return { ...request, attachment: { key: 'mediaBase64', identity, size, open } };
	},
};
