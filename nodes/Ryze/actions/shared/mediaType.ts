import { refuse } from '../../errors/RyzeError';
import { bareType, isDocument } from './fileType';

/** What Ryze takes (docs/ryze-api.md, "Send media"). */
export const MEDIA_TYPES = ['audio', 'document', 'image', 'video'] as const;

export type MediaType = (typeof MEDIA_TYPES)[number];

const NAMES: Record<MediaType, string> = {
	audio: 'Audio',
	document: 'Document',
	image: 'Image',
	video: 'Video',
};

/** What WhatsApp shows or plays in the chat (docs/ryze-api.md, "Send media"). */
const IN_THE_CHAT: Record<string, MediaType> = {
	'audio/aac': 'audio',
	'audio/amr': 'audio',
	'audio/m4a': 'audio',
	'audio/mp3': 'audio',
	'audio/mp4': 'audio',
	'audio/mpeg': 'audio',
	'audio/ogg': 'audio',
	'audio/opus': 'audio',
	'audio/x-m4a': 'audio',
	'image/jpeg': 'image',
	'image/jpg': 'image',
	'image/png': 'image',
	'video/3gp': 'video',
	'video/3gpp': 'video',
	'video/mp4': 'video',
};

/** Files of these types may have sound only; browsers record such ones. */
const MAY_BE_SOUND = ['video/ogg', 'video/webm'];

/** What a file of this type is; `undefined` when the type does not tell. */
function kindOf(type: string): MediaType | undefined {
	const kind = MEDIA_TYPES.find((each) => type.startsWith(`${each}/`));
	return kind ?? (isDocument(type) ? 'document' : undefined);
}

function fits(choice: MediaType, type: string, kind: MediaType): boolean {
	return choice === kind || (choice === 'audio' && MAY_BE_SOUND.includes(type));
}

/**
 * How a file appears in the chat.
 *
 * @param choice of the user; `auto`: by the type of the file
 * @param mimeType `undefined` when nothing tells
 * @param isUrl whether the type is known by the address only
 * @throws {RyzeError} `invalid-parameter` when the choice does not fit the file: Ryze would report
 * success, and the chat would show nothing
 */
export function readMediaType(
	choice: MediaType | 'auto',
	mimeType: string | undefined,
	isUrl: boolean,
): MediaType {
	const type = bareType(mimeType);
	if (choice === 'auto') {
		if (isUrl && type === undefined) {
			refuse(
				'invalid-parameter',
				"'Media Type' is Automatic, but the URL has no known extension",
				"Set 'Media Type' to what the file is, or enter a name with its extension in the option 'File Name', such as picture.jpg.",
			);
		}
		return IN_THE_CHAT[type ?? ''] ?? 'document';
	}
	const kind = type === undefined ? undefined : kindOf(type);
	if (type === undefined || kind === undefined || choice === 'document') return choice;
	if (fits(choice, type, kind)) return choice;
	return refuse(
		'invalid-parameter',
		`'Media Type' is ${NAMES[choice]}, but the type of the file is ${type}`,
		`Set 'Media Type' to Automatic or ${NAMES[kind]}.` +
			(isUrl
				? " If the URL is misleading, enter a name with the right extension in the option 'File Name'."
				: ''),
	);
}
