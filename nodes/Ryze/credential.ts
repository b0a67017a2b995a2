import { refuse, shown, trimmed } from './parameters';

export interface Credential {
	token: string;
	instance: string;
	/** http(s) address without trailing slashes. */
	baseUrl: string;
}

const readText = (value: unknown): string => String(trimmed(value) ?? '');

function readBaseUrl(value: unknown): string {
	const text = readText(value).replace(/\/+$/, '');
	const wrong = (what: string): never =>
		refuse(
			'invalid-credential',
			`'Base URL' of the Ryze API credential ${what}`,
			"Set 'Base URL' to https://ryzeapi.cloud, or to the address that Ryze gave you.",
		);
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		return wrong(`must be an address that starts with https://, but is ${shown(text)}`);
	}
	// A password in the address would show in errors; it has no place here, so it is refused unseen.
	if (url.username !== '' || url.password !== '') return wrong('must not hold a user or password');
	if (!/^https?:$/.test(url.protocol)) {
		return wrong(`must be an address that starts with https://, but is ${shown(text)}`);
	}
	if (url.search !== '' || url.hash !== '') return wrong("must not hold '?' or '#'");
	return text;
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
			"'Token' of the Ryze API credential holds a line break or a sign that no token has",
			copyAgain,
		);
	}

	const instance = readText(fields.instance);
	// A dot segment would lead the request to another path; half a character fits into none.
	if (/^\.{0,2}$|[\ud800-\udfff]/u.test(instance)) {
		refuse(
			'invalid-credential',
			`'Instance' of the Ryze API credential must be the name of an instance, but is ${shown(instance)}`,
			"Fill in 'Instance' with the name of your instance, exactly as the Ryze panel shows it.",
		);
	}
	return { token, instance, baseUrl: readBaseUrl(fields.baseUrl) };
}
