import type { Failure } from './RyzeError';

/** The reason of a failure and what to do about it, once Ryze's own error message is known. */
export type Advice = Pick<Failure, 'reason' | 'description'>;

interface KnownSentence extends Advice {
	/** The whole error message, in any case; or a pattern, where Ryze puts a detail into it. */
	sentences: string[] | RegExp;
	/** The only status with which the error message has this meaning; without it, any status. */
	statusCode?: number;
}

/**
 * What each error message of Ryze means (docs/ryze-api.md, "Responses"). The first row that fits
 * counts. A new error message is one row here, and one in docs/errors.md.
 *
 * A row decides more than texts: a 502, 503 or 504 with an error message of this table is not
 * retried, and only the reason `server-error` leaves open whether Ryze carried the request out. The
 * test of the credential uses the rows that list whole error messages; n8n compares those exactly,
 * whatever the status.
 *
 * Ryze responds with HTTP 500 for a user's mistakes and three different statuses for a phone that
 * is not connected, so the error message counts before the status.
 */
export const KNOWN_SENTENCES: KnownSentence[] = [
	{
		sentences: [
			'Invalid token',
			'Invalid instance token',
			'Invalid account token',
			'Unauthenticated',
			'Missing token',
			'Missing token in header',
			'Missing token in header, Authorization header, or query parameter',
		],
		reason: 'unauthorized',
		description:
			"Ryze does not know this token. Copy the whole TokenInstance or TokenAccount again into 'Token' in the Ryze WhatsApp API credential.",
	},
	{
		sentences: ['Instance not found'],
		reason: 'instance-not-found',
		description:
			"Check 'Instance' in the Ryze WhatsApp API credential. It must match the name of the instance exactly, including upper and lower case.",
	},
	{
		sentences: ['Instance name is required'],
		reason: 'invalid-credential',
		description: "Fill in 'Instance' in the Ryze WhatsApp API credential.",
	},
	{
		sentences: ['Rate limit exceeded. Try again later.'],
		reason: 'rate-limited',
		description:
			'Ryze limits the requests per minute for each token, and everything that uses the token shares that limit. Wait a minute, or send fewer at once.',
	},
	{
		sentences: ['Failed to get settings configuration', 'Failed to get instance'],
		reason: 'server-error',
		description:
			'Ryze could not handle the request. If this lasts for more than a few minutes, contact Ryze support.',
	},
	{
		sentences: /^message not found or no media available/i,
		reason: 'message-not-found',
		description:
			'Check that the message has a file, and that this instance has sent or received it. Right after it has arrived, its file may not be stored yet: wait a moment, then run again.',
	},
	{
		sentences: /^message (with id .* )?not found/is,
		reason: 'message-not-found',
		description:
			'An instance only knows the messages that it has sent or received itself. Check the message ID, and that the instance is the one that sent or received the message.',
	},
	{
		sentences: /^invalid duration/i,
		reason: 'invalid-parameter',
		description: 'The duration must be 24h, 7d or 30d.',
	},
	{
		sentences: /(whatsapp|client|instance|websocket).* not connected/i,
		reason: 'not-connected',
		description:
			'Connect the phone of this instance again (https://docs.ryzeapi.cloud/en/api/instance/connect).',
	},
	{
		sentences: /^message ?id is required/i,
		reason: 'invalid-parameter',
		description: 'Enter the ID of a message.',
	},
	{
		// Only parts of these two error messages are documented.
		sentences: /too old to edit/i,
		reason: 'invalid-parameter',
		description:
			'WhatsApp allows edits for about 15 minutes after a message was sent. Send a new one instead.',
	},
	{
		sentences: /can only edit/i,
		reason: 'invalid-parameter',
		description:
			"Only a text can be edited, and only one that this instance has sent. Send Text outputs its ID as 'messageId'.",
	},
	{
		sentences: /^content is required/i,
		reason: 'invalid-parameter',
		description: 'Enter the new text of the message.',
	},
	{
		sentences: /missing_participant/i,
		reason: 'invalid-parameter',
		description:
			"In a group, Ryze needs the sender of the message. The Ryze WhatsApp Trigger outputs it as 'senderId'.",
	},
	{
		sentences: /^invalid request body/i,
		reason: 'invalid-parameter',
		description: 'Ryze could not read one of the values. The text after the colon says which one.',
	},
	{
		// Not all error messages about a recipient or a chat are documented; the known ones begin so.
		sentences: /^(either )?number\b/i,
		statusCode: 400,
		reason: 'invalid-parameter',
		description:
			'Ryze needs a phone number with its country code, or the ID of a chat as Ryze writes it, such as 120363406289005073@g.us for a group.',
	},
];

const rowWith = (sentence: string): KnownSentence =>
	KNOWN_SENTENCES.find(
		({ sentences }) => Array.isArray(sentences) && sentences.includes(sentence),
	) as KnownSentence;

/** What a status means when Ryze's error message is not in the table. */
const BY_STATUS: Record<number, Advice> = {
	400: {
		reason: 'invalid-parameter',
		description: 'Ryze does not accept one of the values. The error message says which one.',
	},
	401: rowWith('Invalid token'),
	403: {
		reason: 'forbidden',
		description:
			"'Token' and 'Instance' in the Ryze WhatsApp API credential do not match. Use the TokenInstance of this instance, or your TokenAccount.",
	},
	429: rowWith('Rate limit exceeded. Try again later.'),
};

const SERVER_ERROR: Advice = {
	reason: 'server-error',
	description:
		'Ryze could not complete the request. If this happens again, send this error message to Ryze support.',
};

const OTHER: Advice = {
	reason: 'unexpected-response',
	description:
		"Ryze did not carry this out. If the error message does not say why, check 'Base URL' in the Ryze WhatsApp API credential (usually https://ryzeapi.cloud).",
};

/**
 * Ryze responds with 429 when WhatsApp throttles, too (docs/ryze-api.md, "Rate limit"). The only
 * sign of it is that the limit of the token still has room.
 */
const WHATSAPP_THROTTLES: Advice = {
	reason: 'rate-limited',
	description:
		'The limit of the token still has room, so WhatsApp is probably slowing this number down. Send fewer messages for a while.',
};

/**
 * The row about an error message of Ryze.
 *
 * @returns `undefined` when the error message is not known
 */
export const knownSentence = (sentence: string, statusCode: number): Advice | undefined =>
	KNOWN_SENTENCES.find(
		({ sentences, statusCode: only = statusCode }) =>
			only === statusCode &&
			(Array.isArray(sentences)
				? sentences.some((known) => known.toLowerCase() === sentence.toLowerCase())
				: sentences.test(sentence)),
	);

/**
 * What an error message of Ryze means.
 *
 * @param remaining requests left in the token's window, `NaN` when Ryze did not say
 */
export function adviceFor(sentence: string, statusCode: number, remaining: number): Advice {
	const known = knownSentence(sentence, statusCode);
	if (known && known.reason !== 'rate-limited') return known;
	if (statusCode === 429 && remaining > 0) return WHATSAPP_THROTTLES;
	return known ?? BY_STATUS[statusCode] ?? (statusCode >= 500 ? SERVER_ERROR : OTHER);
}
