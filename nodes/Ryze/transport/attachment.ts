import type { IDataObject } from 'n8n-workflow';
import { type Reason, refuse, RyzeError, Stopped } from '../errors/RyzeError';
import { objectOf } from '../errors/values';

/** A readable stream of Node.js. */
export interface FileStream extends AsyncIterable<Buffer> {
	destroy(): unknown;
	on(event: 'error', listener: () => void): unknown;
}

/** A file that goes into the body of a request as base64. */
export interface Attachment {
	/** The key of the body that gets it. */
	key: string;
	/** @returns bytes of the file, as far as its store says */
	size(): Promise<unknown>;
	/** @returns the same for the same file, and for no other */
	identity(): string;
	/** @returns the file as base64, or piece by piece */
	open(): Promise<string | FileStream>;
}

/** An attachment that exists and whose size is known. */
export interface CheckedFile {
	/** Bytes. */
	size: number;
	/**
	 * The body as JSON, with the file in it. Written piece by piece into one buffer: the same body as
	 * an object would take several times the memory.
	 *
	 * @throws {RyzeError} when the file cannot be read, or not in time, or is another one by now
	 * @throws {Stopped}
	 */
	bodyWith(body: IDataObject): Promise<Buffer>;
}

interface Limits {
	/** Milliseconds. */
	timeout: number;
	signal?: AbortSignal;
}

/**
 * Bytes. No limit of Ryze is documented; n8n holds the whole body in memory, and base64 needs a
 * third more than the file.
 */
export const LARGEST_FILE = 64 * 1024 * 1024;

const inMegabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MB`;

function stop(): never {
	throw new Stopped();
}

const CHECK_THE_STORE =
	'This file was not sent. Run the workflow again, from the node that makes the file. If it happens again, check where n8n stores its files.';

const notSent = (message: string, reason: Reason = 'invalid-parameter'): RyzeError =>
	new RyzeError({
		message,
		description: CHECK_THE_STORE,
		reason,
		httpCode: null,
		uncertain: false,
	});

/** Why a file could not be read. The store's own error message may contain a path of the server. */
function unreadable(error: unknown): RyzeError {
	if (error instanceof RyzeError) return error;
	const { name, code, constructor } = objectOf(error);
	const className = typeof constructor === 'function' ? constructor.name : '';
	const isGone = /ENOENT|NoSuchKey|NotFound/.test([name, code, className].join(' '));
	return notSent(isGone ? "The file is no longer in n8n's store" : 'The file could not be read');
}

/**
 * Reads from n8n's store, which may be on the network and never respond.
 *
 * @param read gets a signal that is aborted when nobody waits for it any longer
 */
async function inTime<T>(
	{ timeout, signal }: Limits,
	read: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	if (signal?.aborted) throw new Stopped();
	const deadline = AbortSignal.timeout(timeout);
	// Each of 20 files at once would add a listener to the signal itself; Node.js warns from 11 on.
	const either = signal ? AbortSignal.any([signal, deadline]) : deadline;
	let end = () => {};
	const ended = new Promise<never>((_, reject) => {
		end = () => reject(new Stopped());
		either.addEventListener('abort', end);
	});
	try {
		return await Promise.race([read(either), ended]);
	} catch (error) {
		if (signal?.aborted) stop();
		throw deadline.aborted
			? notSent(`The file could not be read in ${timeout / 1000} s`, 'timeout')
			: unreadable(error);
	} finally {
		either.removeEventListener('abort', end);
	}
}

/** Writes the file into `target` as base64. @returns the index after the last character */
async function writeFile(
	attachment: Attachment,
	target: Buffer,
	begin: number,
	signal: AbortSignal,
): Promise<number> {
	const content = await attachment.open();
	if (typeof content === 'string') {
		target.write(content, begin, 'latin1');
		return begin + content.length;
	}
	// Without a listener, an error that comes after its end would end n8n.
	content.on('error', () => {});
	const destroy = () => content.destroy();
	signal.addEventListener('abort', destroy);
	try {
		if (signal.aborted) throw new Stopped();
		return await writeBase64(content, target, begin);
	} finally {
		signal.removeEventListener('abort', destroy);
		destroy();
	}
}

const EQUALS_SIGN = 61;

/** How many bytes the base64 from `begin` to `end` stands for. */
function bytesIn(text: Buffer, begin: number, end: number): number {
	const padding = [1, 2].filter((back) => text[end - back] === EQUALS_SIGN).length;
	return ((end - begin) / 4) * 3 - padding;
}

async function bodyOf(
	body: IDataObject,
	attachment: Attachment,
	size: number,
	signal: AbortSignal,
): Promise<Buffer> {
	const json = JSON.stringify({ ...body, [attachment.key]: '' });
	// The empty text of the file is the last value.
	const [before, after] = [json.slice(0, -2), json.slice(-2)];
	const begin = Buffer.byteLength(before);
	const longest = 4 * Math.ceil(size / 3);
	const whole = Buffer.allocUnsafe(begin + longest + after.length);
	whole.write(before);

	const end = await writeFile(attachment, whole, begin, signal);
	if (end > begin + longest || bytesIn(whole, begin, end) > size) {
		throw notSent('The file was changed while it was read');
	}
	const bytes = bytesIn(whole, begin, end);
	if (bytes < size) throw notSent(`The file ended after ${bytes} of ${size} bytes`);
	return whole.subarray(0, end + whole.write(after, end));
}

/**
 * Sees whether a file exists and can be sent, without reading it.
 *
 * @param limits for this, and again for reading it
 * @throws {RyzeError} when it cannot be sent, or n8n's store does not say so in time
 * @throws {Stopped}
 */
export async function checkFile(attachment: Attachment, limits: Limits): Promise<CheckedFile> {
	const size = await inTime(limits, async () => await attachment.size());
	if (size === 0) refuse('invalid-parameter', 'The file is empty', 'Send a file with content.');
	if (!Number.isSafeInteger(size) || Number(size) < 0) {
		throw notSent("The file has no size in n8n's store");
	}
	const bytes = Number(size);
	if (bytes > LARGEST_FILE) {
		refuse(
			'invalid-parameter',
			`The file is ${inMegabytes(bytes)}, but at most ${inMegabytes(LARGEST_FILE)} can be sent`,
			'Send a smaller file, or put it where Ryze can download it, and send its URL.',
		);
	}
	return {
		size: bytes,
		bodyWith: async (body) =>
			await inTime(limits, async (signal) => await bodyOf(body, attachment, bytes, signal)),
	};
}

/** RFC 4648, section 4. */
const ALPHABET = Buffer.from(
	'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
	'latin1',
);

/** Also in lines, without padding, and in the alphabet for URLs (RFC 4648, section 5), as n8n reads it. */
export const isBase64 = (text: string): boolean => !/[^A-Za-z0-9+/=_\-\s]/.test(text);

/**
 * What is no base64 must not become part of the JSON that is sent.
 *
 * @returns what n8n would read, in the usual notation
 */
export const plainBase64 = (text: string): string =>
	text.length % 4 === 0 && !/[^A-Za-z0-9+/=]|=[^=]|===/.test(text)
		? text
		: Buffer.from(text, 'base64').toString('base64');

/**
 * Writes a file as base64 into `target`. The texts that `toString('base64')` makes of the pieces
 * would take as much memory as the whole file, until Node.js clears them.
 *
 * @param end index of the first character
 * @returns the index after the last one; beyond `target` when there is no room for all of them
 */
export async function writeBase64(
	pieces: AsyncIterable<Uint8Array>,
	target: Buffer,
	end: number,
): Promise<number> {
	// Base64 has 4 characters for each 3 bytes, which may be of two pieces.
	let bits = 0;
	let bytes = 0;
	const write = (piece: Uint8Array) => {
		// An iterator would make an object for each byte.
		for (let i = 0; i < piece.length; i++) {
			bits = (bits << 8) | piece[i];
			if (++bytes < 3) continue;
			for (let shift = 18; shift >= 0; shift -= 6) {
				target[end++] = ALPHABET[(bits >> shift) & 63];
			}
			bits = 0;
			bytes = 0;
		}
	};
	for await (const piece of pieces) {
		write(piece);
		if (end > target.length) return end;
	}
	const missing = (3 - bytes) % 3;
	write(new Uint8Array(missing));
	if (end <= target.length) target.fill('=', end - missing, end);
	return end;
}
