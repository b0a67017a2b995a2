import { maskSecret } from './secrets';

export const LONGEST_TITLE = 500;

/** Descriptions of n8n may repeat a value, too. */
const LONGEST_DESCRIPTION = 2000;

const LONGEST_VALUE = 60;

/**
 * Removes user name and password from the web addresses in a text. Bounded, because a text from
 * outside may be very long.
 */
export const withoutUserInfo = (text: string): string =>
	text.replace(/:\/\/[^\s"<>]{0,300}@/g, '://');

/**
 * Prepares a text from outside to be shown: without secrets, on one line, not too long. In this
 * order, because a secret that was cut in two could no longer be found.
 *
 * @param secret the token
 */
export function oneLine(text: string, secret: string, longest = LONGEST_TITLE): string {
	const line = withoutUserInfo(maskSecret(text, secret)).replace(/\s+/g, ' ').trim();
	return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** Bounds what an error says, whoever wrote it: a value that a text repeats may be a whole file. */
export const boundedTexts = <T extends { message: string; description: string }>(texts: T): T => {
	const { message, description } = texts;
	const isLong = description.length > LONGEST_DESCRIPTION;
	return {
		...texts,
		message: oneLine(message, ''),
		description: isLong ? `${description.slice(0, LONGEST_DESCRIPTION)}…` : description,
	};
};

/**
 * How a value is shown to the user who typed it, or whose expression gave it.
 *
 * @param secret the token, where the value stands beside it in the credential
 */
export function shown(value: unknown, secret = ''): string {
	if (value === undefined || value === null) return 'empty';
	if (typeof value === 'string') {
		return value.trim() === '' ? 'empty' : `"${oneLine(value, secret, LONGEST_VALUE)}"`;
	}
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : String(value);
}

/** Host and port of an address, if it is one. */
export function hostOf(address: unknown): string | undefined {
	try {
		return new URL(String(address)).host || undefined;
	} catch {
		return undefined;
	}
}
