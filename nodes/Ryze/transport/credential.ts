import { refuse, shown } from '../actions/parameters';
import { withoutSecret } from '../errors/answer';

export interface Credential {
	token: string;
	instance: string;
	/** http(s) address without trailing slashes. */
	baseUrl: string;
}

const readText = (value: unknown): string => {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? value.trim() : '';
};

/** @param token must not be shown, should it have been pasted into this field */
function readBaseUrl(value: unknown, token: string): string {
	const text = readText(value).replace(/\/+$/, '');
	const wrong = (what: string): never =>
		refuse(
			'invalid-credential',
			`'Base URL' of the Ryze API credential ${what}`,
			"Set 'Base URL' to https://ryzeapi.cloud, or to the address that Ryze gave you.",
		);
	// A password in the address would show in errors; it has no place here, so it is refused unseen.
	if (text.includes('@')) return wrong('must not hold a user or password');
	if (/[?#\s]/.test(text)) return wrong("must not hold '?', '#' or a space");
	const notHttp = () =>
		wrong(
			`must be an address that starts with https://, but is ${withoutSecret(shown(text), token)}`,
		);
	if (!/^https?:\/\//i.test(text)) return notHttp();
	try {
		const { origin, pathname } = new URL(text);
		// The same address in any spelling, as its limit is one and the same.
		return `${origin}${pathname}`.replace(/\/+$/, '');
	} catch {
		return notHttp();
	}
}

/**
 * Reads what the user typed into the credential, untidy as it may be.
 *
 * @throws {RyzeError} `invalid-credential`, naming the field; never showing the token
 */
export function readCredential(fields: Record<string, unknown>): Credential {
	const token = readText(fields.token);
	const copyAgain = "Copy the token again from the Ryze panel into 'Token', the whole of it.";
	if (token === '') {
		refuse('invalid-credential', "'Token' of the Ryze API credential is empty", copyAgain);
	}
	// Only these can be sent in a header; anything else comes from copying too much.
	if (!/^[\x20-\x7e]+$/.test(token)) {
		refuse(
			'invalid-credential',
			"'Token' of the Ryze API credential holds a line break or a character that no token has",
			copyAgain,
		);
	}

	const instance = readText(fields.instance);
	// A dot segment would lead the request to another path; half a character fits into none.
	if (/^\.{0,2}$|[\ud800-\udfff]/u.test(instance)) {
		refuse(
			'invalid-credential',
			`'Instance' of the Ryze API credential must be the name of an instance, but is ${withoutSecret(shown(instance), token)}`,
			"Fill in 'Instance' with the name of your instance, exactly as the Ryze panel shows it.",
		);
	}
	return { token, instance, baseUrl: readBaseUrl(fields.baseUrl, token) };
}
