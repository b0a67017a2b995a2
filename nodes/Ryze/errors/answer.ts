import { adviceFor } from './advice';
import type { Failure, Reason } from './RyzeError';

/** An answer as it came over the wire; `body` is parsed when it was JSON, else the raw text. */
export interface Answer {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

export const LONGEST_LINE = 500;

/** A shorter one is no token, and blotting it out would only spoil the text. */
const SHORTEST_SECRET = 8;

const CHECK_THE_WAY =
	"Check 'Base URL' of the Ryze API credential (usually https://ryzeapi.cloud), and whether a proxy or firewall in between answered instead of Ryze. If both are right, run again in a moment.";

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Blots `secret` out, should a server or a proxy have echoed it. */
export const withoutSecret = (text: string, secret: string): string =>
	secret.length < SHORTEST_SECRET ? text : text.split(secret).join('***');

/** Makes a text fit for a title. */
export function oneLine(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}

/** Ryze says what is wrong in `error.message` (ryze-api.md 2.2); gateways use flatter forms. */
function sentenceOf(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const { error, message } = body;
	return [isObject(error) ? error.message : error, message].find(
		(text): text is string => typeof text === 'string' && text.trim() !== '',
	);
}

/** Names what came when Ryze said nothing; the text itself could be pages long. */
function kindOf(body: unknown): string {
	if (body === undefined || body === null || body === '') return 'an empty answer';
	if (isObject(body)) return body.success === false ? 'no explanation' : 'JSON of something else';
	if (typeof body !== 'string') return 'JSON that is not an object';
	return /^\s*<[!?a-z]/i.test(body) ? 'a web page' : 'plain text';
}

/** Host and port of an address, if it is one. */
export function hostOf(address: unknown): string | undefined {
	try {
		return new URL(String(address)).host || undefined;
	} catch {
		return undefined;
	}
}

function reasonOfStatus(statusCode: number): Reason {
	if (statusCode === 429) return 'rate-limited';
	return statusCode >= 500 ? 'server-error' : 'unexpected-response';
}

/**
 * Judges an answer of the API.
 *
 * @param secret the token, which must not be shown
 * @param ifUncertain what the user has to know when Ryze may have done it all the same
 * @returns what is wrong with it, or `undefined` when it is a success that can be handed on
 */
export function failureOfAnswer(
	{ statusCode, headers, body }: Answer,
	secret: string,
	ifUncertain: string,
): Failure | undefined {
	const is2xx = statusCode >= 200 && statusCode < 300;
	// Every success of Ryze says so; other JSON comes from whatever answers in its place.
	if (is2xx && isObject(body) && body.success === true) return undefined;

	const httpCode = String(statusCode);
	if (statusCode >= 300 && statusCode < 400) {
		const host = hostOf(headers.location);
		return {
			message: `The address of Ryze redirects${host ? ` to ${host}` : ''} (HTTP ${httpCode})`,
			description:
				"The redirect was not followed, because the token would have gone along. Set 'Base URL' of the Ryze API credential to the final address, usually https://ryzeapi.cloud.",
			reason: 'unexpected-response',
			httpCode,
		};
	}

	// A gateway may have lost, or hidden, the answer of a Ryze that did it.
	const unclear = is2xx && !(isObject(body) && body.success === false);
	const sentence = sentenceOf(body);
	const remaining = Number(headers['x-ratelimit-remaining'] ?? NaN);
	const { description, reason } =
		sentence === undefined || unclear
			? { description: CHECK_THE_WAY, reason: reasonOfStatus(statusCode) }
			: adviceFor(sentence.trim(), statusCode, remaining);
	return {
		message:
			sentence === undefined
				? `Ryze answered HTTP ${httpCode} with ${kindOf(body)}`
				: oneLine(withoutSecret(sentence, secret)),
		description:
			unclear || reason === 'server-error' ? `${ifUncertain} ${description}` : description,
		reason,
		httpCode,
	};
}
