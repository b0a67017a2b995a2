import { refuse } from '../errors/RyzeError';
import { shown } from '../errors/text';
import { isInstanceName } from '../errors/values';

export interface Credential {
	token: string;
	instance: string;
	/** http(s) address without trailing slashes. */
	baseUrl: string;
}

const textIn = (value: unknown): string => {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? value.trim() : '';
};

/** A host name without https://; the test of the credential has the same pattern. */
const BARE_HOST = /^(?=[\w-]+(\.[\w-]+)+(:\d+)?(\/|$))/;

/** @param token must not be shown, in case it was pasted into this field */
function readBaseUrl(value: unknown, token: string): string {
	const text = textIn(value).replace(/\/+$/, '').replace(BARE_HOST, 'https://');
	const wrong = (what: string): never =>
		refuse(
			'invalid-credential',
			`'Base URL' in the Ryze WhatsApp API credential ${what}`,
			"Set 'Base URL' to https://ryzeapi.cloud, or to the address that Ryze gave you.",
		);
	// A password in the address would show up in errors, so it is refused without being shown.
	if (text.includes('@')) return wrong('must not contain a user name or password');
	if (/[?#\s]/.test(text)) return wrong("must not contain '?', '#' or a space");
	const notHttp = () =>
		wrong(`must be an address that starts with https://, but is ${shown(text, token)}`);
	if (!/^https?:\/\//i.test(text)) return notHttp();
	try {
		const { origin, pathname } = new URL(text);
		// One spelling for an address, so that everything that uses it shares one rate limit.
		return `${origin}${pathname}`.replace(/\/+$/, '');
	} catch {
		return notHttp();
	}
}

/**
 * Reads the fields of the credential, without surrounding spaces and trailing slashes; a missing
 * https:// is added.
 *
 * @throws {RyzeError} `invalid-credential`, naming the field; never showing the token
 */
export function readCredential(fields: Record<string, unknown>): Credential {
	const token = textIn(fields.token);
	const copyAgain = "Copy the whole TokenInstance or TokenAccount again into 'Token'.";
	if (token === '') {
		refuse('invalid-credential', "'Token' in the Ryze WhatsApp API credential is empty", copyAgain);
	}
	// A header can only carry these; anything else comes from copying too much.
	if (!/^[\x20-\x7e]+$/.test(token)) {
		refuse(
			'invalid-credential',
			"'Token' in the Ryze WhatsApp API credential contains a line break or a character that is not allowed in a token",
			copyAgain,
		);
	}

	const instance = textIn(fields.instance);
	if (!isInstanceName(instance)) {
		refuse(
			'invalid-credential',
			`'Instance' in the Ryze WhatsApp API credential must be the name of an instance, but is ${shown(instance, token)}`,
			"Fill in 'Instance' with the name of your instance, exactly as it is in Ryze.",
		);
	}
	return { token, instance, baseUrl: readBaseUrl(fields.baseUrl, token) };
}
