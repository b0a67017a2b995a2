import type { RyzeResponse } from '../errors/response';
import type { Failure } from '../errors/RyzeError';
import { isObject } from '../errors/values';
import { type FileStream, isBase64, LARGEST_FILE } from './attachment';

/** Bytes of JSON with the largest file in it as base64, and room for the other fields. */
const LARGEST_RESPONSE = Math.ceil(LARGEST_FILE / 3) * 4 + 1024 * 1024;

const TOO_LARGE: Failure = {
	message: `The file is larger than ${LARGEST_FILE / 1024 / 1024} MB, the most that can be downloaded`,
	description:
		'n8n would hold all of it in memory, so the download was ended. Open this file in WhatsApp.',
	reason: 'invalid-parameter',
	httpCode: null,
	uncertain: false,
};

/** @returns `undefined` when it is longer than it may be; the rest has then not been read */
async function readAll(stream: FileStream, signal: AbortSignal): Promise<Buffer | undefined> {
	const pieces: Buffer[] = [];
	let length = 0;
	// Without a listener, an error that comes after its end would end n8n.
	stream.on('error', () => {});
	const destroy = () => stream.destroy();
	signal.addEventListener('abort', destroy);
	try {
		for await (const piece of stream) {
			length += piece.length;
			if (length > LARGEST_RESPONSE) return undefined;
			pieces.push(piece);
		}
		signal.throwIfAborted();
		return Buffer.concat(pieces);
	} finally {
		signal.removeEventListener('abort', destroy);
		destroy();
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** Some programs put the type in front: `data:image/png;base64,…`. */
function fileFromBase64(text: unknown): Buffer | undefined {
	if (typeof text !== 'string') return undefined;
	const base64 = text.slice(/^data:[^,]{0,200},/.exec(text)?.[0].length ?? 0);
	return isBase64(base64) ? Buffer.from(base64, 'base64') : undefined;
}

/** A response, and the file that was in it. */
export interface ResponseWithFile {
	response: RyzeResponse;
	file?: Buffer;
	/** Why the file is not in memory. */
	failure?: Failure;
}

/**
 * Reads a response that has a file in it. Nobody says how large it will be, so it is read piece by
 * piece, and no further than memory allows.
 *
 * @param response its body is a stream
 * @param key of the body that holds the file as base64; it is taken out of the body
 * @throws {Error} when the connection breaks, or `signal` is aborted
 */
export async function readResponseFile(
	response: RyzeResponse,
	key: string,
	signal: AbortSignal,
): Promise<ResponseWithFile> {
	const bytes = await readAll(response.body as FileStream, signal);
	if (!bytes) return { response: { ...response, body: undefined }, failure: TOO_LARGE };
	const body = parsed(bytes.toString('utf8'));
	if (!isObject(body)) return { response: { ...response, body } };
	const { [key]: text, ...rest } = body;
	return { response: { ...response, body: rest }, file: fileFromBase64(text) };
}
