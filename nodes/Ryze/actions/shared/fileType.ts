/** What people send as documents, and WhatsApp's media, by the usual extension first. */
const TYPES: Record<string, string[]> = {
	'application/epub+zip': ['epub'],
	'application/json': ['json'],
	'application/msword': ['doc'],
	'application/pdf': ['pdf'],
	'application/pkcs7-mime': ['p7m'],
	'application/rtf': ['rtf'],
	'application/vnd.android.package-archive': ['apk'],
	'application/vnd.ms-excel': ['xls'],
	'application/vnd.ms-powerpoint': ['ppt'],
	'application/vnd.oasis.opendocument.presentation': ['odp'],
	'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
	'application/vnd.oasis.opendocument.text': ['odt'],
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
	'application/vnd.rar': ['rar'],
	'application/x-7z-compressed': ['7z'],
	'application/gzip': ['gz', 'tgz'],
	'application/xml': ['xml'],
	'application/zip': ['zip'],
	'audio/aac': ['aac'],
	'audio/amr': ['amr'],
	'audio/flac': ['flac'],
	'audio/mp4': ['m4a'],
	'audio/mpeg': ['mp3', 'mpga'],
	'audio/ogg': ['ogg', 'oga', 'opus'],
	'audio/wav': ['wav'],
	'image/bmp': ['bmp'],
	'image/gif': ['gif'],
	'image/heic': ['heic'],
	'image/jpeg': ['jpg', 'jpeg', 'jpe'],
	'image/png': ['png'],
	'image/svg+xml': ['svg'],
	'image/tiff': ['tif', 'tiff'],
	'image/webp': ['webp'],
	'text/calendar': ['ics'],
	'text/csv': ['csv'],
	'text/html': ['html', 'htm'],
	'text/markdown': ['md'],
	'text/plain': ['txt', 'log'],
	'text/vcard': ['vcf'],
	'text/xml': ['xml'],
	'video/3gpp': ['3gp'],
	'video/mp4': ['mp4', 'm4v'],
	'video/mpeg': ['mpeg', 'mpg'],
	'video/quicktime': ['mov', 'qt'],
	'video/webm': ['webm'],
	'video/x-matroska': ['mkv'],
	'video/x-msvideo': ['avi'],
};

/** The first type counts where two have the same extension. */
const typeOf = (extension: string | undefined): string | undefined =>
	Object.keys(TYPES).find((type) => TYPES[type].some((each) => each === extension));

/** A type that says nothing, under any of its names: octet-stream, x-binary, unknown, download. */
const SAYS_NOTHING = /\/(\*|(x-)?(octet-stream|binary|unknown|(force-)?download))$/;

/** `type/subtype`, with or without parameters (RFC 9110, section 8.3.1). */
const MIME_TYPE = /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+(?=\s*(;|$))/;

/** The type without parameters; `undefined` for one that says nothing. */
export function bareType(mimeType: unknown): string | undefined {
	const type = MIME_TYPE.exec(String(mimeType ?? '').trim())?.[0].toLowerCase();
	return type === undefined || SAYS_NOTHING.test(type) ? undefined : type;
}

/** Whether a type is one of a document for certain. */
export const isDocument = (type: string): boolean =>
	/^text\//.test(type) || (type in TYPES && type.startsWith('application/'));

/**
 * What n8n calls a file of unknown content, or what many formats of other names are inside: with
 * these, any extension is believed.
 */
const FITS_MANY = /^text\/|[/+](json|xml|zip|gzip|x-cfb)$/;

/** What stands behind the last dot, in lower case. */
const endingOf = (name: string): string => /\.([^.]*)$/.exec(name)?.[1].toLowerCase() ?? '';

/** n8n says 'bin' when it knows nothing, and 'mpga' for an MP3. */
function extensionOfN8n(extension: unknown): string | undefined {
	const text = String(extension ?? '')
		.toLowerCase()
		.replace(/^\./, '');
	if (!/^[a-z0-9]{1,10}$/.test(text) || text === 'bin') return undefined;
	return text === 'mpga' ? 'mp3' : text;
}

/** A file as far as it is known; each of these may be missing, or say nothing. */
export interface FileFacts {
	mimeType?: unknown;
	fileName?: unknown;
	/** As n8n knows it. */
	fileExtension?: unknown;
}

/**
 * The type of a file. Ryze finds it itself when it is left out, but believes what it is told, and a
 * file of the type application/octet-stream arrives as .bin.
 *
 * @param names of the file, the most reliable one first
 * @returns `undefined` when nothing tells
 */
export function mimeTypeOf({ mimeType, fileExtension }: FileFacts, ...names: unknown[]) {
	if (bareType(mimeType) !== undefined) return String(mimeType).trim();
	return [
		...names.map((name) => endingOf(String(name ?? '').trim())),
		extensionOfN8n(fileExtension),
	]
		.map(typeOf)
		.find((type) => type !== undefined);
}

/** The extension that a file should have; `undefined` when nothing tells. */
function extensionOf({ mimeType, fileName, fileExtension }: FileFacts): string | undefined {
	const ending = endingOf(String(fileName ?? '').trim());
	if (typeOf(ending)) return ending;
	return extensionOfN8n(fileExtension) ?? TYPES[bareType(mimeType) ?? '']?.[0];
}

/** Whether a name has an extension already: "menu.pdf", but not "Report 1.2" or "Dr.Smith". */
function hasExtension(name: string, extension: string, mimeType: unknown): boolean {
	const ending = endingOf(name);
	if (ending === extension || typeOf(ending)) return true;
	const fitsMany = FITS_MANY.test(bareType(mimeType) ?? 'application/json');
	return fitsMany && /^[a-z][a-z0-9]{0,9}$/.test(ending) && !/^v\d+$/.test(ending);
}

/** A name on one line, without what no system allows in the name of a file. */
export const cleanName = (name: string): string =>
	name
		.replace(/[\p{Cc}\s]+/gu, ' ')
		.replace(/[/\\]+/g, '-')
		.trim();

/** The last part of a path, as some nodes give it in place of a name. */
export const nameInPath = (path: unknown): string =>
	cleanName((typeof path === 'string' ? path : '').replace(/^.*[/\\](?=[^/\\])/s, ''));

/**
 * The name of a document with the extension that it lacks: a phone opens a document by that alone.
 */
export function withExtension(name: string, facts: FileFacts): string {
	const extension = extensionOf(facts);
	if (extension === undefined || hasExtension(name, extension, facts.mimeType)) return name;
	return `${name.replace(/[.\s]+$/, '')}.${extension}`;
}
