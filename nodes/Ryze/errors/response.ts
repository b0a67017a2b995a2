import { adviceFor } from './advice';
import type { Failure, Reason } from './RyzeError';
import { maskSecret } from './secrets';
import { hostOf, oneLine } from './text';
import { isObject } from './values';

/** A response as it came over the wire; `body` is parsed when it was JSON, else the raw text. */
export interface RyzeResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

const CHECK_THE_WAY =
	"Check 'Base URL' in the Ryze WhatsApp API credential (usually https://ryzeapi.cloud), and whether a proxy or firewall in between responded instead of Ryze. If both are right, try again in a minute.";

/**
 * Ryze says what is wrong in `error.message` (docs/ryze-api.md, "Responses"); gateways use `error`
 * or `message`.
 */
export function sentenceOf(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const { error, message } = body;
	return [isObject(error) ? error.message : error, message]
		.find((text): text is string => typeof text === 'string' && text.trim() !== '')
		?.trim();
}

const TOO_LARGE_ON_THE_WAY =
	'The file is too large for Ryze, or for something in front of it, such as a proxy. Send a smaller one, or its URL.';

const LIMITED_ON_THE_WAY =
	'Something in front of Ryze, such as a proxy or firewall, limits the requests. Send fewer at once, or increase the limit there.';

const GAVE_UP_ON_THE_WAY =
	'Something in front of Ryze, such as a proxy or firewall, stopped waiting for it. Ryze may be busy at the moment.';

/** A proxy responds with these when Ryze, or the client, was too slow. */
const TIMEOUTS_ON_THE_WAY = [408, 499];

/** What to do when it is not Ryze that explains what is wrong. */
function adviceOnTheWay(statusCode: number): string {
	if (statusCode === 413) return TOO_LARGE_ON_THE_WAY;
	if (statusCode === 429) return LIMITED_ON_THE_WAY;
	return TIMEOUTS_ON_THE_WAY.includes(statusCode) ? GAVE_UP_ON_THE_WAY : CHECK_THE_WAY;
}

/** What came instead of an error message; the body itself could be pages long. */
function describeBody(body: unknown): string {
	if (body === undefined || body === null || body === '') return 'no content';
	if (isObject(body)) return 'JSON that is not from Ryze';
	if (typeof body !== 'string') return 'JSON that is not an object';
	return /^\s*<[!?a-z]/i.test(body) ? 'a web page' : 'plain text';
}

const titleWithoutMessage = (httpCode: string, body: unknown): string =>
	isObject(body) && body.success === false
		? `Ryze responded with HTTP ${httpCode} and no explanation`
		: `Received HTTP ${httpCode} with ${describeBody(body)} instead of a response from Ryze`;

function reasonOfStatus(statusCode: number): Reason {
	if (statusCode === 429) return 'rate-limited';
	return statusCode >= 500 ? 'server-error' : 'unexpected-response';
}

function redirectFailure(httpCode: string, location: unknown, secret: string): Failure {
	const host = maskSecret(hostOf(location) ?? '', secret);
	return {
		message: `'Base URL' redirects${host ? ` to ${host}` : ''} (HTTP ${httpCode})`,
		description:
			"The redirect was not followed, because it would have sent the token to another address. Set 'Base URL' in the Ryze WhatsApp API credential to the final address, usually https://ryzeapi.cloud.",
		reason: 'unexpected-response',
		httpCode,
		uncertain: false,
	};
}

/**
 * Says what is wrong with a response.
 *
 * @param secret the token, which must not be shown
 * @returns `undefined` when it is a success that can be passed on
 */
export function failureOfResponse(
	{ statusCode, headers, body }: RyzeResponse,
	secret: string,
): Failure | undefined {
	const is2xx = statusCode >= 200 && statusCode < 300;
	// Ryze says so in every success; any other JSON comes from another server.
	if (is2xx && isObject(body) && body.success === true) return undefined;

	const httpCode = String(statusCode);
	if (statusCode >= 300 && statusCode < 400) {
		return redirectFailure(httpCode, headers.location, secret);
	}

	// Ryze may have carried out the request, and a gateway may have lost or replaced its response.
	const notOfRyze = is2xx && !(isObject(body) && body.success === false);
	const sentence = sentenceOf(body);
	const remaining = Number(headers['x-ratelimit-remaining'] ?? NaN);
	const { description, reason } =
		sentence === undefined || notOfRyze || TIMEOUTS_ON_THE_WAY.includes(statusCode)
			? { description: adviceOnTheWay(statusCode), reason: reasonOfStatus(statusCode) }
			: adviceFor(sentence, statusCode, remaining);
	return {
		message:
			sentence === undefined ? titleWithoutMessage(httpCode, body) : oneLine(sentence, secret),
		description,
		reason,
		httpCode,
		uncertain: notOfRyze || reason === 'server-error' || TIMEOUTS_ON_THE_WAY.includes(statusCode),
	};
}

/**
 * Says what is wrong with a success by which the opposite of what was asked for is the case. Ryze
 * responds with the final state (docs/ryze-api.md, "Pin a message"); a response that leaves it out
 * is accepted.
 *
 * @param asked the fields of the response that tell the final state, and what was asked for
 * @returns `undefined` when it is as asked
 */
export function failureOfFinalState(
	body: unknown,
	asked: Record<string, boolean> = {},
): Failure | undefined {
	if (!isObject(body)) return undefined;
	const wrong = Object.entries(asked).find(([name, value]) => body[name] === !value);
	if (!wrong) return undefined;
	const [name, value] = wrong;
	return {
		message: `Ryze accepted the request, but responded with '${name}: ${!value}'`,
		description:
			'Look at the chat in WhatsApp. If nothing has changed there, run again. If this happens again, send this error message to Ryze support.',
		reason: 'unexpected-response',
		httpCode: '200',
		uncertain: true,
	};
}
