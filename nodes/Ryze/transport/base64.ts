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
 * Writes a file as base64 into `target`. The texts that `toString('base64')` makes of the pieces would
 * take as much memory as the whole file, until Node.js clears them.
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
