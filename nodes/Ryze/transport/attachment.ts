import type { IDataObject } from 'n8n-workflow';
import { refuse } from '../errors/RyzeError';
import { writeBase64 } from './base64';

/** A file that goes into the body of a request as base64. */
export interface Attachment {
	/** The key of the body that gets it. */
	key: string;
	/** @returns bytes of the file */
	size(): Promise<number>;
	/** @returns the file as base64, or piece by piece */
	open(): Promise<string | AsyncIterable<Buffer>>;
}

/**
 * Bytes. No limit of Ryze is documented; n8n holds the whole body in memory, and base64 needs a third
 * more than the file.
 */
export const LARGEST_FILE = 64 * 1024 * 1024;

const inMegabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MB`;

/**
 * The body as JSON, with the file in it. Written piece by piece into one buffer: the same body as an
 * object would take several times the memory.
 *
 * @throws {RyzeError} `invalid-parameter` before it is read when the file is empty or too large
 * @throws {Error} of n8n when the file cannot be read
 */
export async function bodyWith(body: IDataObject, attachment: Attachment): Promise<Buffer> {
	const size = await attachment.size();
	if (size === 0) refuse('invalid-parameter', 'The file is empty', 'Send a file with content.');
	if (size > LARGEST_FILE) {
		refuse(
			'invalid-parameter',
			`The file is ${inMegabytes(size)}, but at most ${inMegabytes(LARGEST_FILE)} can be sent`,
			'Send a smaller file, or put it where Ryze can download it, and send its URL.',
		);
	}
	const json = JSON.stringify({ ...body, [attachment.key]: '' });
	// The empty text of the file is the last value.
	const [before, after] = [json.slice(0, -2), json.slice(-2)];
	const begin = Buffer.byteLength(before);
	const longest = 4 * Math.ceil(size / 3);
	const whole = Buffer.allocUnsafe(begin + longest + after.length);
	whole.write(before);

	const content = await attachment.open();
	let end = begin;
	if (typeof content === 'string') {
		whole.write(content, begin, 'latin1');
		end += content.length;
	} else {
		end = await writeBase64(content, whole, begin);
	}
	if (end > begin + longest) {
		refuse(
			'invalid-parameter',
			'The file was changed while it was read',
			'This file was not sent. Try again.',
		);
	}
	end += whole.write(after, end);
	return whole.subarray(0, end);
}
