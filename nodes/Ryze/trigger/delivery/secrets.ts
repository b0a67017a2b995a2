import { maskSecret } from '../../errors/secrets';
import { isObject } from '../../errors/values';

/** Names that tell of a secret. What Ryze says about the instance under one of them is removed. */
export const TELLS_OF_SECRET =
	/token|(api|access|private|auth)[-_ ]?key|secret|pass(w|phrase|$)|pwd|authorization|bearer|jwt|credential/i;

/** Names of a secret itself: `token` and `instanceToken`, but not `tokenType`. */
export const NAMES_SECRET =
	/(token|(api|access|private|secret)[-_ ]?key|secret|passw(or)?d|passphrase|pwd|authorization|jwt)s?$/i;

/** What people have written, such as an answer in a form: there a name tells nothing. */
const WRITTEN = /^(content|text|reply|edit|interactive)$|(response|reply)$/i;

/** Words, and the numbers and IDs of people and chats: no masking may destroy them. */
const WORD = /^(?=.{1,20}$)[a-z]+([._-][a-z]+)?$/i;
const NUMBER_OR_ID = /^\+?\d{1,18}(@[a-z.]+)?$/;

/** All texts in a value, however deep; a number may be a token as well. */
export function textsIn(value: unknown): string[] {
	if (typeof value === 'string' || typeof value === 'number') return [String(value)];
	if (Array.isArray(value)) return value.flatMap(textsIn);
	return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** The secrets in a value, recognized by their names. */
function secretsIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(secretsIn);
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([name, each]) => {
		if (NAMES_SECRET.test(name)) return textsIn(each);
		return WRITTEN.test(name) ? [] : secretsIn(each);
	});
}

/** Removes what has such a name, on every level, together with the name. */
export function withoutNamed(names: RegExp, value: unknown): unknown {
	if (Array.isArray(value)) return value.map((each) => withoutNamed(names, each));
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => !names.test(name))
			.map(([name, each]) => [name, WRITTEN.test(name) ? each : withoutNamed(names, each)]),
	);
}

/**
 * The secrets in a delivery that can be masked wherever they occur.
 *
 * A token can be chosen, so it may be the phone number, the ID of the message or a word that Ryze
 * uses itself: such a one is removed under its name only.
 */
export function tokensIn(body: unknown, ids: string[]): string[] {
	return secretsIn(body)
		.flatMap((secret) => [secret, secret.replace(/^(bearer|basic) +/i, '')])
		.filter((secret) => !WORD.test(secret) && !NUMBER_OR_ID.test(secret))
		.filter((secret) => !(ids.includes(secret) && /^[\dA-Z]+$/.test(secret)));
}

/**
 * Replaces `secrets` by `***` wherever they occur in a value, including its names; those of fewer
 * than 8 characters stay.
 */
export function maskAll(value: unknown, secrets: string[]): unknown {
	// The longest first: one secret may be a part of another.
	const ordered = [...new Set(secrets)].sort((one, other) => other.length - one.length);
	const inText = (text: string) => ordered.reduce(maskSecret, text);
	const inValue = (each: unknown): unknown => {
		if (typeof each === 'string') return inText(each);
		if (Array.isArray(each)) return each.map(inValue);
		if (!isObject(each)) return each;
		return Object.fromEntries(
			Object.entries(each).map(([name, inner]) => [inText(name), inValue(inner)]),
		);
	};
	return inValue(value);
}
