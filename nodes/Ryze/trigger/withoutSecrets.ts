import { withoutSecret } from '../errors/text';
import { isObject } from '../errors/values';

const NAMED_LIKE_A_SECRET = /token|api[-_ ]?key|secret|passw|authorization/i;

/** All texts in a value, however deep; a number may be a token as well. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string' || typeof value === 'number') return [String(value)];
	if (Array.isArray(value)) return value.flatMap(textsIn);
	return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** The secrets in a value, recognized by their names. */
export function secretsIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(secretsIn);
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([name, each]) =>
		NAMED_LIKE_A_SECRET.test(name) ? textsIn(each) : secretsIn(each),
	);
}

/** Removes everything whose name suggests a secret, together with the name. */
export function withoutNamedSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutNamedSecrets);
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => !NAMED_LIKE_A_SECRET.test(name))
			.map(([name, each]) => [name, withoutNamedSecrets(each)]),
	);
}

/**
 * Replaces `secrets` by `***` wherever they occur in a value, including its names; those of fewer
 * than 8 characters stay.
 */
export function withoutSecrets(value: unknown, secrets: string[]): unknown {
	// The longest first: one secret may be a part of another.
	const ordered = [...new Set(secrets)].sort((one, other) => other.length - one.length);
	const inText = (text: string) => ordered.reduce(withoutSecret, text);
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
